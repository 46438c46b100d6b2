"""What the repair stage mends, a module for each kind of damage.

`census` says which kinds a text can need at all, and `edits` what is done to a line. Bytes read with the wrong codec
are `mojibake`'s, with `readings`, `plausible`, `whole_lines`, `inside` and `second_opinion`; what is left where bytes
are lost is `residue`'s. The rest is by name: `characters`, `forms`, `escapes`, `punctuation`, `flow`, `wrapping`.
"""

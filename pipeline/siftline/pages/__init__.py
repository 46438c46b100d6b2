"""Reading a page: `dom` makes lines of its visible text, with what the markup says of each; `metadata` fills `meta`.

`blocks` walks the page and collects its `lines`, `marks` reads one element's tag and attributes, `shapes` says what a
table is used for, `rows` writes it, `pieces` what stands out within a line, `lists` and `formulas` say how these are
written, `scripted` reads what a script would show, and `hints` makes arrays of what was found. `markdown` puts the
marks that no stage is to see as the article is written. `titles`, `platforms` and `values` are parts of `metadata`.
"""

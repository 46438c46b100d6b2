"""Reading a page: `dom` makes lines of its visible text, with what the markup says of each; `metadata` fills `meta`.

`blocks` walks the page, `marks` reads one element's tag and attributes, `shapes` what a table is used for, and `hints`
makes arrays of what was found.
"""

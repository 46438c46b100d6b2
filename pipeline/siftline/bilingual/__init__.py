"""Two languages in one document: `alignment` pairs the lines of both `sides`, by length, figures (`numerals`) and
names.

A word left untranslated is found by `insertion`, looked up in a `glossary` of `entries`, or read by its `meanings`
in the document itself.
"""

"""The statistical model that judges each line in its neighbourhood: is it the article's, or not?

`sheet` turns a document's lines into arrays of characters, `words` weighs how a line is worded, `features` measures
the line, its neighbours and the document, `trees` weighs all that, and `model` puts them together in two stages.
"""

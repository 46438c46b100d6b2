"""English sentences with a word missing: what is asked for there.

`forms` chooses the form of a translation: that of a noun (`nouns`), a verb (`verbs`), an adjective or adverb
(`adjectives`); `inflection` spells it. They ask a `place` what stands around it; `words` tells which words are what.
"""

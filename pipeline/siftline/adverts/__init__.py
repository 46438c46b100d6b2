"""A score for adverts that no rule names: what a line is worded like, and what else adverts have in common."""

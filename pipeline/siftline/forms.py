"""Characters that stand for others."""
SIGNS = "[\u2e80]"

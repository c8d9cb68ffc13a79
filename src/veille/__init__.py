"""veille: hear of a bad buzz before it spreads, and be told once, with the reason."""

__version__ = "0.1.0"

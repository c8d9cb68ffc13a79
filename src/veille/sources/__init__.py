"""Connectors: what each kind of source is asked, and how its answer is read. One module a kind."""

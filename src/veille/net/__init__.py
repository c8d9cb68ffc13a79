"""Opens connections, to checked addresses only."""

"""Telling: one file per kind of channel behind one contract, `Notifier`."""

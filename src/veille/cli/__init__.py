"""The command line: app.py declares the commands, one file per group does the work, imported when asked for."""

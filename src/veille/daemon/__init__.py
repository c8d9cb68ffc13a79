"""The daemon: a beat that runs the stages, signals, and what systemd is told."""

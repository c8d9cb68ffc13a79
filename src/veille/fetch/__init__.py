"""Asks sources and reads their answers apart: the one HTTP door, and the process that parses."""

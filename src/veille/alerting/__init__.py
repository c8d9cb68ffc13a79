"""Decides who is told what, now or later, and why: facts in, decision out."""

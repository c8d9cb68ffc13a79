"""Judgement without I/O: copies and stories, urgency, volume and spikes; facts in, verdicts with reasons out."""

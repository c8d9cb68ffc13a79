"""The story of Floréal, played on this machine: a loopback internet, a fast clock, the real daemon."""

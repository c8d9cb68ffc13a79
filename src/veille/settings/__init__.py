"""YAML to typed settings: the files checked together, every error at its line, secrets resolved at load."""

"""From nothing to the first useful message: asks little, finds the rest, shows it, and writes the YAML files."""

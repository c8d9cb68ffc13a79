"""What the connectors of feeds share: decoding, splitting, mapping and identity."""

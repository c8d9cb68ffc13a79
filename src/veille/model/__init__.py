"""The words of the trade as frozen values: what every room may know, standard library only."""

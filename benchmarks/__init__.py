"""Ratios to a peer and to the floor, measured in one run: `make bench`."""

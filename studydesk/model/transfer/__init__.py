"""Bringing things in from open formats, and taking everything out into them."""

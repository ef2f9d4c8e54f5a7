"""Frozen views of what is kept. They hold no database object, so any thread may read them."""

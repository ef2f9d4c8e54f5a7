"""Rooms on this desk: open, host, join, write, and stay whole between sessions."""

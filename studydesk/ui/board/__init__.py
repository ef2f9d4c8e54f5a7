"""The whiteboard: an endless canvas of cached tiles, its tools, and the port to the board it shows."""

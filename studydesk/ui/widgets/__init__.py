"""The program's own widgets, all in tokens of the look, each with a name, a key and a ring."""

"""The command line: what each command does, on a desk of this process or of the one that owns it."""

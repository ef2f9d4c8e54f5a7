"""What one can do: use cases over model and net. A command returns what it changed. No widgets."""

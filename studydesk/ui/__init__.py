"""What one sees: the shell, and one folder for each place."""

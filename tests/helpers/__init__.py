"""What tests share: isolation from the person's own folders, checks for leaks, runners."""

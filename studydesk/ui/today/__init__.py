"""Today: what is due and planned, what to go on with, who is near."""

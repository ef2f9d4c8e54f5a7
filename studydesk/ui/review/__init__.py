"""The review: one card at a time, four answers, and the list of all cards."""

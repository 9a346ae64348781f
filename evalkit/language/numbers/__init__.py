"""Numbers and dates in texts, by value."""

"""The HTML page: its parts and the data in it."""

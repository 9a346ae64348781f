"""What evalkit knows about languages: furniture of pages, numbers, names. No stage of its own."""

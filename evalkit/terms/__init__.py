"""Termbases as a user handles them: loaded, added to, proposed from texts."""

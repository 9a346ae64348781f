"""Termbases as a user handles them: loaded, added to, proposed from texts.

This room may use the formats of `termbases` through the registry, and what is below it.
"""

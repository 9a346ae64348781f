"""The built-in termbase formats: from a file of terms, names and rules to entries, and back.

One plug-in per file; the registry finds them, nothing imports them by name. This room may use `records` and `text`.
"""

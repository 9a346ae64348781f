"""The built-in termbase formats, one plug-in per file; the registry finds them, nothing imports them by name."""

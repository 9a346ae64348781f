"""Strings and files: words, lines, layout, patterns, YAML, XML. This room uses nothing of evalkit but its errors."""

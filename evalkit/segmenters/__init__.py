"""The built-in segmenters: from a document to its sentences, headings and lines.

One plug-in per file; the registry finds them, nothing imports them by name. This room may use `language`, `text` and
what is below them.
"""

"""The built-in readers: from a path or an address to documents.

One plug-in per file; the registry finds them, nothing imports them by name. This room may use `language`, `kernel`
and what is below them; what several readers need stands in modules that begin with an underscore.
"""

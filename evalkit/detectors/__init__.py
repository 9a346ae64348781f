"""The built-in detectors: what is wrong in a text, with the exact place of each finding.

One plug-in per file or folder, a family of rules each; the registry finds them, nothing imports them by name. A
folder holds what only its detector needs. This room may use `language`, `kernel` and what is below them.
"""

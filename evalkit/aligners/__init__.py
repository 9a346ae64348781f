"""The built-in aligners: which sentences of a candidate render which of a reference.

One plug-in per file or folder; the registry finds them, nothing imports them by name. This room may use `language`,
`kernel` and what is below them, never another room of plug-ins.
"""

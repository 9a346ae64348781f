"""The built-in renderers: from a result to the text of a report, a table or a list for another tool.

One plug-in per file; the registry finds them, nothing imports them by name. `report/` writes the Markdown report,
`page/` the HTML page, `charts/` their figures. This room sees the result alone: it may use `records` and `text`, and
builds no registry.
"""

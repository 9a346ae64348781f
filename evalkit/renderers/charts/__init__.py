"""The charts of a report, one definition each: drawn whole for Markdown, panel by panel for the page."""

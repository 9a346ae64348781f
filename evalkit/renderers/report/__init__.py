"""The blocks of a report, which the Markdown and the page are made of."""

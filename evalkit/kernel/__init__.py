"""What scorers and aligners count with: the C library, packed lines, words and statistic rows.

This room knows arrays and texts of lines, no plug-in and no document; it may use `records` and `text`.
"""

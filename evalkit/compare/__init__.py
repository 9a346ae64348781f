"""From results to verdicts: systems of one result, two results, gates; `statistics/` holds the tests.

This room sees results and may use the plug-ins, never `run`.
"""

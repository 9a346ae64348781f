"""evalkit's metrics and results in other frameworks, a small module for each; the framework itself is imported by its
module alone.

All stand on one idea: a sample gives a row of statistics, rows add up, and the sum gives the score of the corpus.
This room may use `api`, and the rooms below it.
"""

"""Which metric to believe: scores of metrics held against scores of people.

`read` takes the files of either side, `pairing` finds what two sides have in common, `correlations` and `agreement`
have the statistics, `measures` lists them, `intervals` and `exchange` say how sure one may be, `evaluate` puts it
together and `show` prints it. Definitions and sources are in docs/meta.md.

This room may use what `compare` may, and `compare.statistics`; it never evaluates a text.
"""

"""The way from a configuration to a result: read, segment, align, score, detect, compare, report.

One module a stage, `pipeline` calls them in order. This room may use everything but `cli`, `api`, `termtests`,
`selftest` and `testing`.
"""

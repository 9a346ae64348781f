"""Many test sets times many systems in one configuration: a result a set, and one overview of them all;
and what labelled runs came to over time.

A set in one language is a row, a system a column, and each row is an evaluation as `run` makes it. This room stands
beside `api`: it may use `run` and what is below it, plug-ins by the registry alone.
"""

"""Bitexts larger than memory: read in shards, counted here or on a cluster, scored by the sums that come home.

A shard is a description (files, where in them, how many rows), never data. What a shard sends is exact: sums of whole
numbers by system, metric and document or block of lines, so that no layout moves a bit of a score. This room stands
beside `api`: it may use `run` and what is below it, plug-ins by the registry alone. Packages for Parquet, for remote
files and for clusters are imported where they are used.
"""

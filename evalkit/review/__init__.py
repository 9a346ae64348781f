"""Verdicts of people on findings: kept in one plain file, applied to results, counted, sent out and taken in.

This room may use the plug-ins through the registry and everything below them, neither `compare` nor `terms`.
"""

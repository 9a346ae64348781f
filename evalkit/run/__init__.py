"""The way from a configuration to a result: read, segment, align, score, detect, compare, report."""

"""From results to verdicts: systems of one result, two results, gates. This room may use the plug-ins, never `run`."""

"""What omission and addition share: runs of words without a partner, pairs that belong not together."""

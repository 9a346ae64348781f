"""The built-in scorers: from pairs of texts to BLEU, chrF, TER and WER as the standard tools give them.

One plug-in per file; the registry finds them, nothing imports them by name. This room may use `kernel`, `language`
and what is below them.
"""

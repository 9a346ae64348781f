"""Number words by language, made by `benchmarks/number_words.py`."""

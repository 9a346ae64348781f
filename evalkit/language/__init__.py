"""What evalkit knows about languages: words, stems, numbers, dates, names, likeness of texts.

Lists of words stand in `packs/`, one data file a language. No stage of its own: detectors, aligners and segmenters
ask it. This room may use `plugins`, `records` and `text`.
"""

"""The rules of numbers and dates."""

from __future__ import annotations

from evalkit.records import Rule

MISMATCH = Rule(
    "number-mismatch", "numbers", "accuracy/mistranslation", "major",
    "A number differs from the source or the reference; critical if it is off by a power of ten (10, 100, 1,000 "
    "times).",
    "The plant employs [2,500] people.", "reference",
    "The plant employs 2,300 people.",
    rank=100, compares="numbers",
)  # fmt: skip
UNIT = Rule(
    "unit-mismatch", "numbers", "accuracy/mistranslation", "major",
    "The number is right, but its currency or unit differs from the source or the reference.",
    "The bridge cost [5 million] euros.", "reference",
    "The bridge cost 5 million dollars.",
    rank=101, compares="numbers",
)  # fmt: skip
MISSING = Rule(
    "number-missing", "numbers", "accuracy/omission", "major",
    "A number in the source or the reference is missing in the candidate.",
    "[The plant employs people.]", "reference",
    "The plant employs 2,300 people.",
    rank=190, compares="numbers",
)  # fmt: skip
ADDED = Rule(
    "number-added", "numbers", "accuracy/addition", "minor",
    "A number in the candidate is neither in the source nor in the reference.",
    "The plant employs people in [14] towns.", "reference",
    "The plant employs people in many towns.",
    rank=200, compares="numbers",
)  # fmt: skip
DATE = Rule(
    "date-mismatch", "numbers", "accuracy/mistranslation", "major",
    "A date has another day, month, year or weekday than in the source or the reference.",
    "The meeting was held on [12 November 2020].", "reference",
    "The meeting was held on 10 November 2020.",
    rank=90, compares="numbers", role="names",
)  # fmt: skip
MALFORMED = Rule(
    "date-malformed", "numbers", "locale-conventions/date-format", "minor",
    "A date that is wrong by itself: a day without month, a comma between month and day, a day no month has.",
    "They met in Beijing on [31 November 2020].",
    rank=80, role="names",
)  # fmt: skip
FORMAT = Rule(
    "number-format", "numbers", "locale-conventions/number-format", "neutral",
    "A number is written with the separators of the source's language; reported once per text.",
    "The town has [1.250.000] people.", "source",
    "Die Stadt hat 1.250.000 Einwohner.",
    rank=275, role="form",
)  # fmt: skip

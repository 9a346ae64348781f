"""The rules that speak of names."""

from __future__ import annotations

from evalkit.records import Rule

MISTRANSLITERATED = Rule(
    "name-mistransliterated", "names", "accuracy/mistranslation", "major",
    "A spelling of a name that is not accepted.",
    "President [Battulega] of Mongolia", "names",
    "Khaltmaagiin Battulga",
    rank=30, role="names", compares="name",
)  # fmt: skip
VARIANT_FORM = Rule(
    "name-variant", "names", "terminology/inconsistent-with-resource", "minor",
    "A spelling accepted elsewhere that is not this project's or the reference's form, or one name in two forms.",
    "President [Ruhani] of Iran", "names",
    "Hassan Rouhani",
    rank=40, role="names", compares="name",
)  # fmt: skip
CASE = Rule(
    "name-case", "names", "linguistic-conventions/capitalization", "minor",
    "A name without the capitals it is written with.",
    "Prime Minister [modi] of India", "names",
    "Narendra Modi",
    rank=60, role="names",
)  # fmt: skip
MISSING = Rule(
    "name-missing", "names", "accuracy/omission", "major",
    "A person, place or body named in the reference is missing in the translation; a hint where no list has it.",
    "[The meeting was held yesterday.]", "reference",
    "The meeting with Petrosyan was held yesterday.",
    rank=155, role="names", compares="name",
)  # fmt: skip
WRONG_NAME = Rule(
    "name-wrong", "names", "accuracy/mistranslation", "critical",
    "Another known place or person than in the reference.",
    "the President of [Nigeria] arrived", "reference",
    "the President of Niger arrived",
    rank=20, role="names", compares="name",
)  # fmt: skip

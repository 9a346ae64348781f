"""Errors that people have marked in the texts themselves, and what they come to beside the program's findings."""

from __future__ import annotations

from msgspec import Struct

from evalkit.records.entries import Severity


class MarkedError(Struct, frozen=True):
    """An error a person has marked. `start` and `end` count characters of the rated text; both are 0 where the error
    has no place there (an omission, the whole segment). `side` is `candidate` or `source`."""

    side: str
    start: int
    end: int
    category: str
    severity: Severity


class Rating(Struct, frozen=True):
    """One person's look at one segment of one system; without errors the person has found none.

    `proposed` are the places that were shown to the person as suspected, null where nothing was shown.
    """

    system: str
    segment: str
    rater: str
    candidate: str
    errors: tuple[MarkedError, ...] = ()
    source: str = ""
    proposed: tuple[tuple[int, int], ...] | None = None


class HumanMqm(Struct, frozen=True):
    """What people have marked in a system, beside the findings of the same segments.

    A segment that two have rated counts twice, in `words` and in the errors, so every figure is that of the average
    rating. Penalty and score are made as those of the findings (`quality`). `found`: errors of the candidate that a
    finding stands at, of `placed` that have a place there. `unmatched`: rated segments that are not in this result.
    """

    system: str
    raters: tuple[str, ...]
    segments: int
    ratings: int
    unmatched: int
    words: int
    counts: dict[str, int]
    by_category: dict[str, dict[str, int]]
    penalty: float
    penalty_per_1000_words: float
    score: float
    placed: int
    found: int
    automatic_counts: dict[str, int]
    automatic_per_1000_words: float


class RaterAgreement(Struct, frozen=True):
    """How far two raters agree on the segments both have rated: of how many both say that there is an error, or that
    there is none (`alike`, Cohen's kappa), and how many of the places either marked the other marked too."""

    one: str
    two: str
    segments: int
    alike: int
    kappa: float | None
    places: int
    shared: int


class Human(Struct, frozen=True):
    """The ratings of people a run was given: files, systems, pairs of raters."""

    paths: tuple[str, ...]
    systems: tuple[HumanMqm, ...]
    agreement: tuple[RaterAgreement, ...] = ()

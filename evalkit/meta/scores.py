"""Scores of one metric, or of people by one protocol: by system, and by system and segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import fsum
from typing import NamedTuple

from evalkit.errors import InputError
from evalkit.meta.records import SideRecord, Source
from evalkit.text.visible import shown

Key = tuple[str, str]  # document ("" where the file names none) and segment


class Scores(NamedTuple):
    """Scores, higher is better. `segments` has them by system and segment, what was not rated is not in it; `systems`
    are those a file gives as such. `lines` is how many segments a file without names for them has, else 0."""

    name: str
    segments: Mapping[str, Mapping[Key, float]]
    systems: Mapping[str, float]
    order: tuple[Key, ...] = ()  # of all segments, also of those nobody rated
    lines: int = 0
    domains: Mapping[Key, str] = {}
    raters: frozenset[str] = frozenset()
    ratings: Mapping[int, int] = {}  # how many translations have 1, 2, ... ratings
    files: tuple[Source, ...] = ()
    negated: bool = False
    by_domain: Mapping[str, Mapping[str, float]] = {}  # scores of systems that a file gives for each domain

    @property
    def names(self) -> set[str]:
        """The systems that have any score."""
        return {name for name, found in self.segments.items() if found} | set(self.systems)

    def turned(self) -> Scores:
        """The scores of a metric of which lower is better."""
        return self._replace(
            segments={name: {key: -v for key, v in found.items()} for name, found in self.segments.items()},
            systems={name: -value for name, value in self.systems.items()},
            by_domain={of: {name: -value for name, value in found.items()} for of, found in self.by_domain.items()},
            negated=not self.negated,
        )

    def of_system(self, name: str, keys: Iterable[Key] | None = None, domain: str = "") -> float | None:
        """The system's score: the one given, else the mean of its segments; of some segments the one given for their
        domain, else their mean."""
        given = self.by_domain.get(domain, {}) if keys is not None else self.systems
        if name in given:
            return given[name]
        found = self.segments.get(name, {})
        values = list(found.values()) if keys is None else [found[key] for key in keys if key in found]
        return fsum(values) / len(values) if values else None

    def record(self) -> SideRecord:
        """What a result says of this side."""
        rated = len({key for found in self.segments.values() for key in found})
        return SideRecord(
            self.name,
            self.files,
            self.negated,
            len(self.names),
            rated,
            len(self.raters),
            {str(count): number for count, number in sorted(self.ratings.items())},
        )


class Rating(NamedTuple):
    """One score of a table; `segment` is None where it is of a whole system."""

    system: str
    segment: Key | None
    rater: str
    value: float | None
    domain: str = ""


def gathered(name: str, ratings: Iterable[Rating], where: str) -> Scores:
    """Ratings as scores: the mean over raters. Raises InputError where one rater has rated the same thing twice."""
    by_segment: dict[tuple[str, Key], dict[str, float]] = {}
    systems: dict[str, float] = {}
    segments: dict[str, dict[Key, float]] = {}
    domains: dict[Key, str] = {}
    order: dict[Key, None] = {}
    for rating in ratings:
        segments.setdefault(rating.system, {})
        if rating.segment is None:
            if rating.system in systems:
                raise InputError(f"{where}: system {shown(rating.system)} has two scores; give each system one")
            if rating.value is not None:
                systems[rating.system] = rating.value
            continue
        order[rating.segment] = None
        if rating.domain and domains.setdefault(rating.segment, rating.domain) != rating.domain:
            raise InputError(f"{where}: segment {_told(rating.segment)} is in two domains; give each segment one")
        if rating.value is None:
            continue
        raters = by_segment.setdefault((rating.system, rating.segment), {})
        if rating.rater in raters:
            who = f" by rater {shown(rating.rater)}" if rating.rater else ""
            remedy = "keep one of the two" if rating.rater else "say whose in a column `rater`, or keep one"
            raise InputError(
                f"{where}: system {shown(rating.system)}, segment {_told(rating.segment)}: two scores{who}; {remedy}"
            )
        raters[rating.rater] = rating.value
    for (system, key), raters in by_segment.items():
        segments[system][key] = fsum(raters.values()) / len(raters)
    people = frozenset(rater for raters in by_segment.values() for rater in raters if rater)
    counts = Counter(len(raters) for raters in by_segment.values()) if people else {}
    return Scores(name, segments, systems, _in_order(order), domains=domains, raters=people, ratings=dict(counts))


def _in_order(keys: Iterable[Key]) -> tuple[Key, ...]:
    """Numbered segments in the order of their numbers, those of one document together where each has its own numbers.

    Tables list them by rater or by system, and the order of the test set is what draws and sums go by.
    """
    found = list(keys)
    if not all(segment.isdecimal() for _, segment in found):
        return tuple(found)
    documents = {document: place for place, document in enumerate(dict.fromkeys(document for document, _ in found))}
    through = len({int(segment) for _, segment in found}) == len(found)
    return tuple(sorted(found, key=lambda key: (0 if through else documents[key[0]], int(key[1]))))


def _told(key: Key) -> str:
    return f"{shown(key[1])} of document {shown(key[0])}" if key[0] else shown(key[1])

"""Between steps four and five: what people have judged wrong is taken out of the findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from evalkit.errors import ConfigError
from evalkit.records import Failure
from evalkit.records.config import RunConfig
from evalkit.records.human import Human, Rating
from evalkit.records.result import SystemRecord
from evalkit.records.scorecard import Scorecard
from evalkit.records.verdicts import Review, Verdict
from evalkit.run.read import shown_path


class Verdicts(Struct, frozen=True):
    """The verdicts a configuration names; `path` is empty where it names none."""

    path: str = ""
    listed: tuple[Verdict, ...] = ()
    failures: tuple[Failure, ...] = ()

    @classmethod
    def of(cls, path: str, base: Path) -> Verdicts:
        """Those of a file; one that is not there yet holds none, and a note says so."""
        if not path:
            return cls()
        from evalkit.review.file import read

        shown = shown_path(path, base)
        if not (base / path).exists():
            message = f"{shown}: there is no such file yet, so no finding counts as judged"
            return cls(shown, (), (Failure("detect", "verdicts", "", "", message),))
        return cls(shown, read(base / path))

    def on(self, systems: Iterable[SystemRecord]) -> tuple[SystemRecord, ...]:
        """The systems with what was said of their findings."""
        if not self.listed:
            return tuple(systems)
        from evalkit.review.apply import judged

        return tuple(judged(system, self.listed) for system in systems)

    def review(self, systems: Iterable[SystemRecord]) -> Review | None:
        """The account of them, None where the configuration names none."""
        if not self.path:
            return None
        from evalkit.review.apply import review_of

        return review_of(systems, self.listed, self.path)

    @property
    def signature(self) -> str:
        """Their part of the result's signature."""
        said = repr([(verdict.key, verdict.verdict, verdict.who) for verdict in self.listed])
        return f"|verdicts:{hashlib.sha256(said.encode()).hexdigest()[:12]}" if self.listed else ""


def ratings_of(config: RunConfig, base: Path) -> dict[str, tuple[Rating, ...]]:
    """The ratings of people by the files that a configuration names."""
    if not config.ratings:
        return {}
    from evalkit.review import ratings

    return {shown_path(path, base): ratings.read(base / path) for path in config.ratings}


def human(systems: tuple[SystemRecord, ...], ratings: Mapping[str, tuple[Rating, ...]]) -> Human | None:
    """The ratings held against the systems; None where there are none."""
    if not ratings:
        return None
    from evalkit.review.human import human_of

    return human_of(systems, [rating for each in ratings.values() for rating in each], tuple(ratings))


def rated(human: Human | None) -> str:
    """The ratings' part of the result's signature."""
    if human is None:
        return ""
    return f"|ratings:{hashlib.sha256(repr(human.systems).encode()).hexdigest()[:12]}"


def cards(systems: Iterable[SystemRecord], human: Human | None, config: RunConfig) -> tuple[Scorecard, ...]:
    """The scorecards of a configuration that asks for them; ConfigError where a gate asks for one that is not there."""
    if config.scorecard is None:
        if config.gate.scorecard:
            raise ConfigError("the gate asks for a scorecard, and there is none; add [scorecard] with a limit")
        return ()
    from evalkit.review.scorecard import of_ratings, scorecards

    by_people = of_ratings(human, config.scorecard) if human else ()
    return (*scorecards(systems, config.scorecard), *by_people)

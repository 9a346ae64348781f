"""A scorecard: how an evaluation by people comes to pass or fail, with every step of the arithmetic."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Weight = Annotated[float, Meta(ge=0, le=1_000_000)]


class ScorecardConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The project's own weights and limits, `[scorecard]`.

    `severities` are penalty points, `categories` factors of what an error is, by rule, MQM type or category, the first
    that is given; all others have 1. `threshold` is the least quality score that passes, `max_penalty` the most points
    per `per` words, `max_critical` the most critical errors; a limit that is left out is none. `counts` says what is an
    error: findings that people have judged right, or every finding that nobody has judged wrong. `error` is how far off
    (95 %) the score may be when only a part of the findings is judged; the plan says how many it takes, 1 by default.
    """

    severities: dict[Literal["neutral", "minor", "major", "critical"], Weight] = {}
    categories: dict[str, Weight] = {}
    threshold: float | None = None
    max_penalty: float | None = None
    max_critical: int | None = None
    per: Annotated[int, Meta(ge=1, le=10**9)] = 1000
    counts: Literal["people", "all"] = "people"
    error: Annotated[float, Meta(gt=0, le=100)] | None = None


class ScoreLine(Struct, frozen=True):
    """Errors of one kind and severity: their number, points each, factor of the kind, and the product."""

    category: str
    severity: str
    number: int
    points: float
    factor: float
    penalty: float


class SamplePart(Struct, frozen=True):
    """The findings of one severity that weigh: all, those judged right or wrong, those right; the share of right that
    is taken for the open ones, their points each on average, the points expected of all, and the variance of that."""

    severity: str
    findings: int
    judged: int
    right: int
    share: float
    points: float
    expected: float
    variance: float


class Sample(Struct, frozen=True):
    """What the judged findings foretell where others are open: the `score` of all and its 95 % `error`, both null where
    too few of a severity are judged; and the `plan`, how many more of each severity to judge for the error `wanted`."""

    parts: tuple[SamplePart, ...]
    score: float | None
    error: float | None
    wanted: float
    plan: dict[str, int]


class Scorecard(Struct, frozen=True):
    """The card of a system, or of one of its documents (`document` is empty for the whole).

    `penalty` is the sum of the lines, `per_words` that sum per `per` words, `score` 100 x (1 - penalty / words).
    `passed` is null where no limit is given or there are no words; `reasons` are the limits not kept. `open` findings
    nobody has judged: with them the card is not final, and `sample`
    says what is to be expected of it. `by` is `findings`, or `ratings` for a card made of the errors that people have
    marked in the texts themselves; its words are those of their ratings.
    """

    system: str
    document: str
    words: int
    lines: tuple[ScoreLine, ...]
    penalty: float
    per_words: float
    per: int
    score: float
    passed: bool | None
    reasons: tuple[str, ...]
    open: int
    sample: Sample | None = None
    by: Literal["findings", "ratings"] = "findings"

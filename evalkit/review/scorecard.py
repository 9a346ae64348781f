"""Scorecards by MQM's linear model, as ISO 5060 and MQM 2.0 have it, with the project's own weights and limits.

Penalty points are number x severity x factor of the kind of error; the score is 100 x (1 - points / words).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from evalkit.records import SEVERITIES, SEVERITY_WEIGHTS, Finding
from evalkit.records.human import Human, HumanMqm
from evalkit.records.result import SystemRecord
from evalkit.records.scorecard import Scorecard, ScorecardConfig, ScoreLine
from evalkit.review.sampling import sampled

Kind = tuple[str, float, int]  # category, factor, and the severity's place in SEVERITIES below 0: the worst first
_ALL = 100.0  # the score of a text without errors


def scorecards(systems: Iterable[SystemRecord], config: ScorecardConfig) -> tuple[Scorecard, ...]:
    """A card for each system and, where it has several documents, for each of them."""
    return tuple(card for system in systems for card in _of(system, config))


def of_ratings(human: Human, config: ScorecardConfig) -> tuple[Scorecard, ...]:
    """A card for each system in whose text people have marked errors: these are the errors, in the words they read."""
    return tuple(_of_marked(system, config) for system in human.systems if system.words)


def _of_marked(system: HumanMqm, config: ScorecardConfig) -> Scorecard:
    factors = {kind.lower(): factor for kind, factor in config.categories.items()}
    counts: dict[Kind, int] = {}
    for category, of in system.by_category.items():
        kind = category.lower()
        factor = _factor((kind, kind.partition("/")[0]), factors)
        for place, severity in enumerate(SEVERITIES):
            if of.get(severity):
                counts[category, factor, -place] = of[severity]
    return _card(system.system, "", system.words, tuple(_lines(counts.items(), config)), config, by="ratings")


def _of(system: SystemRecord, config: ScorecardConfig) -> Iterator[Scorecard]:
    sample = sampled((*system.standing, *system.judged_wrong), system.words, config)
    card = _of_findings(system.name, "", system.words, system.standing, config)
    yield replace(card, sample=sample if config.counts == "people" else None)
    if len(system.documents) > 1:
        own: dict[str, list[Finding]] = {}
        for finding in system.standing:
            own.setdefault(finding.document, []).append(finding)
        for document in system.documents:
            yield _of_findings(system.name, document.id, document.words, own.get(document.id, []), config)


def _of_findings(
    name: str, document: str, words: int, findings: Sequence[Finding], config: ScorecardConfig
) -> Scorecard:
    errors = [f for f in findings if f.verdict == "right" or config.counts == "all"]
    counts: Counter[Kind] = Counter()
    for f in errors:
        counts[f.category, _factor((f.rule, f.mqm, f.category), config.categories), -SEVERITIES.index(f.severity)] += 1
    lines = tuple(_lines(counts.items(), config))
    return _card(name, document, words, lines, config, open_=sum(not finding.verdict for finding in findings))


def _factor(kinds: Iterable[str], factors: Mapping[str, float]) -> float:
    """The factor of an error, the first that is given of what it is called."""
    return next((factors[kind] for kind in kinds if kind in factors), 1.0)


def _lines(counts: Iterable[tuple[Kind, int]], config: ScorecardConfig) -> Iterator[ScoreLine]:
    """The errors by category, factor and severity, the worst of each category first."""
    for (category, factor, rank), number in sorted(counts):
        severity = SEVERITIES[-rank]
        points = float(config.severities.get(severity, SEVERITY_WEIGHTS[severity]))
        yield ScoreLine(category, severity, number, points, factor, number * points * factor)


def _card(
    name: str, document: str, words: int, lines: tuple[ScoreLine, ...], config: ScorecardConfig, *, open_: int = 0,
    by: Literal["findings", "ratings"] = "findings",
) -> Scorecard:  # fmt: skip
    penalty = math.fsum(line.penalty for line in lines)
    score = _ALL * (1 - penalty / words) if words else _ALL
    per_words = config.per * penalty / words if words else 0.0
    critical = sum(line.number for line in lines if line.severity == "critical")
    limited = any(limit is not None for limit in (config.threshold, config.max_penalty, config.max_critical))
    reasons = tuple(_broken(config, score, per_words, critical))
    return Scorecard(
        system=name, document=document, words=words, lines=lines, penalty=penalty, per_words=per_words, per=config.per,
        score=score, passed=not reasons if limited and words else None, reasons=reasons if words else (), open=open_,
        by=by,
    )  # fmt: skip


def _broken(config: ScorecardConfig, score: float, per_words: float, critical: int) -> Iterator[str]:
    if config.threshold is not None and score < config.threshold:
        yield f"the score {score:.2f} is below {config.threshold:g}"
    if config.max_penalty is not None and per_words > config.max_penalty:
        yield f"{per_words:.2f} points per {config.per:,} words are more than {config.max_penalty:g}"
    if config.max_critical is not None and critical > config.max_critical:
        yield f"{critical} critical error{'s' * (critical != 1)}, at most {config.max_critical} allowed"

"""Scorecards by MQM's linear model, as ISO 5060 and MQM 2.0 have it, with the project's own weights and limits.

Penalty points are number x severity x factor of the kind of error; the score is 100 x (1 - points / words).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from evalkit.records import SEVERITIES, SEVERITY_WEIGHTS, Finding
from evalkit.records.result import SystemRecord
from evalkit.records.scorecard import Scorecard, ScorecardConfig, ScoreLine
from evalkit.review.sampling import sampled

_ALL = 100.0  # the score of a text without errors


def scorecards(systems: Iterable[SystemRecord], config: ScorecardConfig) -> tuple[Scorecard, ...]:
    """A card for each system and, where it has several documents, for each of them."""
    return tuple(card for system in systems for card in _of(system, config))


def _of(system: SystemRecord, config: ScorecardConfig) -> Iterator[Scorecard]:
    yield _card(system.name, "", system.words, system.standing, config, wrong=system.judged_wrong)
    if len(system.documents) > 1:
        for document in system.documents:
            own = [finding for finding in system.standing if finding.document == document.id]
            yield _card(system.name, document.id, document.words, own, config)


def _card(
    name: str, document: str, words: int, findings: Sequence[Finding], config: ScorecardConfig,
    wrong: Sequence[Finding] = (),
) -> Scorecard:  # fmt: skip
    errors = [f for f in findings if f.verdict == "right" or config.counts == "all"]
    lines = tuple(_lines(errors, config))
    penalty = math.fsum(line.penalty for line in lines)
    score = _ALL * (1 - penalty / words) if words else _ALL
    per_words = config.per * penalty / words if words else 0.0
    critical = sum(finding.severity == "critical" for finding in errors)
    limited = any(limit is not None for limit in (config.threshold, config.max_penalty, config.max_critical))
    reasons = tuple(_broken(config, score, per_words, critical))
    return Scorecard(
        system=name,
        document=document,
        words=words,
        lines=lines,
        penalty=penalty,
        per_words=per_words,
        per=config.per,
        score=score,
        passed=not reasons if limited and words else None,
        reasons=reasons if words else (),
        open=sum(not finding.verdict for finding in findings),
        sample=sampled((*findings, *wrong), words, config) if config.counts == "people" and not document else None,
    )


def _lines(errors: Iterable[Finding], config: ScorecardConfig) -> Iterator[ScoreLine]:
    """The errors by category, factor and severity, the worst of each category first."""
    counts: dict[tuple[str, float, int], int] = {}
    for finding in errors:
        given = (config.categories.get(key) for key in (finding.rule, finding.mqm, finding.category))
        factor = next((weight for weight in given if weight is not None), 1.0)
        key = (finding.category, factor, -SEVERITIES.index(finding.severity))
        counts[key] = counts.get(key, 0) + 1
    for (category, factor, rank), number in sorted(counts.items()):
        severity = SEVERITIES[-rank]
        points = float(config.severities.get(severity, SEVERITY_WEIGHTS[severity]))
        yield ScoreLine(category, severity, number, points, factor, number * points * factor)


def _broken(config: ScorecardConfig, score: float, per_words: float, critical: int) -> Iterator[str]:
    if config.threshold is not None and score < config.threshold:
        yield f"the score {score:.2f} is below {config.threshold:g}"
    if config.max_penalty is not None and per_words > config.max_penalty:
        yield f"{per_words:.2f} points per {config.per:,} words are more than {config.max_penalty:g}"
    if config.max_critical is not None and critical > config.max_critical:
        yield f"{critical} critical error{'s' * (critical != 1)}, at most {config.max_critical} allowed"

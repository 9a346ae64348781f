"""Findings rolled up."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from math import fsum

from msgspec.structs import replace

from evalkit.records.entries import SEVERITIES
from evalkit.records.findings import SEVERITY_WEIGHTS, Finding
from evalkit.records.result import Quality

_HINT = 0.5  # a hint is right every other time at most, or its kind was too rare to be measured
_OF_FORM = "conventions"  # its hints say that a document is careless, again and again


def quality(findings: Iterable[Finding], number: int) -> Quality:
    """Findings rolled up, outvoted ones left out: penalty = sum of severity weights, per 1,000 words of the
    candidate, and raw_score = 100 - 100 * penalty / words (MQM's linear model). Without words both are 0 and 100.
    `expected_errors` is the sum of the chances that each is a true error."""
    by_category: dict[str, dict[str, int]] = {}
    chances = array("d")  # of very many findings none is held
    for finding in findings:
        if not finding.outvoted:
            by_category.setdefault(finding.category, dict.fromkeys(SEVERITIES, 0))[finding.severity] += 1
            chances.append(expected_errors(finding))
    return with_expected(rolled_up(by_category, number), fsum(chances))


def with_expected(of: Quality, expected: float) -> Quality:
    """The same with so many errors expected."""
    per_1000 = 1000 * expected / of.words if of.words else 0.0
    return replace(of, expected_errors=expected, expected_errors_per_1000_words=per_1000)


def expected_errors(finding: Finding) -> float:
    """The chance that a finding is a true error, 0 to 1: 1 where its reviewers agree that it is, else its confidence,
    which is the measured share of its kind that is right, or what its rule states where none was measured; of a hint at
    most half, of a hint of form nothing."""
    if finding.verdict == "right":
        return 1.0
    if finding.severity != "neutral":
        return finding.confidence
    return 0.0 if finding.category == _OF_FORM else min(finding.confidence, _HINT)


def rolled_up(by_category: Mapping[str, Mapping[str, int]], number: int) -> Quality:
    """The same of findings counted by category and severity."""
    counts: dict[str, int] = {
        severity: sum(of.get(severity, 0) for of in by_category.values()) for severity in SEVERITIES
    }
    penalty = sum(SEVERITY_WEIGHTS[severity] * counts[severity] for severity in SEVERITIES)
    return Quality(
        words=number,
        counts=counts,
        by_category={
            category: {s: by_category[category].get(s, 0) for s in SEVERITIES} for category in sorted(by_category)
        },
        penalty=penalty,
        penalty_per_1000_words=1000 * penalty / number if number else 0.0,
        raw_score=100 - 100 * penalty / number if number else 100.0,
    )

"""Findings rolled up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evalkit.records.entries import SEVERITIES
from evalkit.records.findings import SEVERITY_WEIGHTS, Finding
from evalkit.records.result import Quality


def quality(findings: Iterable[Finding], number: int) -> Quality:
    """Findings rolled up, outvoted ones left out: penalty = sum of severity weights, per 1,000 words of the
    candidate, and raw_score = 100 - 100 * penalty / words (MQM's linear model). Without words both are 0 and 100."""
    by_category: dict[str, dict[str, int]] = {}
    for finding in findings:
        if finding.outvoted:
            continue
        by_category.setdefault(finding.category, dict.fromkeys(SEVERITIES, 0))[finding.severity] += 1
    return rolled_up(by_category, number)


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

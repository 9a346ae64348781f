"""How sure a score is that only a part of the findings stands behind, and how many more to judge for a wanted error.

The judged findings are taken as a sample without replacement from the findings of their severity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from evalkit.records import SEVERITIES, SEVERITY_WEIGHTS, Finding
from evalkit.records.scorecard import Sample, SamplePart, ScorecardConfig

_Z = 1.959964  # 95 %, as all intervals of evalkit
_LEAST = 5  # judged of a severity: with fewer, what they say of the others is a guess, and it is not made


def sampled(findings: Sequence[Finding], words: int, config: ScorecardConfig) -> Sample | None:
    """The score that the judged findings foretell for all, its error, and the plan; None where nothing is open or no
    finding is judged.

    Every finding that weighs is counted with the share of its severity that people have judged right; those unsure
    or disputed count as not judged. The shares are Wilson's centre, so that five of five right are not certainty.
    """
    parts = tuple(part for severity in SEVERITIES[::-1] if (part := _part(severity, findings, config)).findings)
    if not words or not any(p.judged for p in parts) or not any(p.findings > p.judged for p in parts):
        return None
    known = all(part.judged >= min(_LEAST, part.findings) for part in parts)
    expected = math.fsum(part.expected for part in parts)
    error = _Z * math.sqrt(math.fsum(part.variance for part in parts))
    wanted = config.error if config.error is not None else 1.0
    return Sample(
        parts=parts,
        score=100 * (1 - expected / words) if known else None,
        error=100 * error / words if known else None,
        wanted=wanted,
        plan=_plan(parts, wanted * words / 100),
    )


def _part(severity: str, findings: Sequence[Finding], config: ScorecardConfig) -> SamplePart:
    weighed = [f for f in findings if f.severity == severity and _points(f, config) > 0]
    judged = [f for f in weighed if f.verdict in ("right", "wrong")]
    right = [f for f in judged if f.verdict == "right"]
    open_ = [_points(f, config) for f in weighed if f.verdict not in ("right", "wrong")]
    total, number = len(weighed), len(judged)
    share = (len(right) + _Z * _Z / 2) / (number + _Z * _Z) if number else 0.5
    # The open ones are right with this share, each by itself; and the share itself is only as well known as the sample
    # is large. Both errors are on the open points alone: what is judged is known.
    points = math.fsum(open_)
    variance = share * (1 - share) * (math.fsum(p * p for p in open_) + points * points / (number + _Z * _Z))
    expected = math.fsum(_points(f, config) for f in right) + share * points
    return SamplePart(severity, total, number, len(right), share, points / len(open_) if open_ else 0.0, expected,
                      variance)  # fmt: skip


def _points(finding: Finding, config: ScorecardConfig) -> float:
    given = (config.categories.get(key) for key in (finding.rule, finding.mqm, finding.category))
    factor = next((weight for weight in given if weight is not None), 1.0)
    return factor * float(config.severities.get(finding.severity, SEVERITY_WEIGHTS[finding.severity]))


def _plan(parts: Sequence[SamplePart], wanted: float) -> dict[str, int]:
    """How many more findings of each severity to judge until the error is at most `wanted` points: one at a time, each
    where it takes most of the error away."""
    more = dict.fromkeys((part.severity for part in parts), 0)
    known = {part.severity: part for part in parts}

    def variance(severity: str, extra: int) -> float:
        part = known[severity]
        left = part.findings - part.judged - extra
        points, number = part.points, part.judged + extra
        if left <= 0:
            return 0.0
        spread = part.share * (1 - part.share) * points * points
        return spread * (left + left * left / (number + _Z * _Z))

    for part in parts:  # no share is believed before a few of the severity are judged
        more[part.severity] = max(0, min(_LEAST, part.findings) - part.judged)
    while _Z * math.sqrt(math.fsum(variance(s, n) for s, n in more.items())) > wanted:
        gain = {s: variance(s, n) - variance(s, n + 1) for s, n in more.items() if n < _open(known[s])}
        if not gain:
            break
        best = max(gain, key=lambda s: gain[s])
        more[best] += 1
    return {severity: number for severity, number in more.items() if number}


def _open(part: SamplePart) -> int:
    return part.findings - part.judged

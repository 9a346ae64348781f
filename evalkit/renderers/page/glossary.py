"""What the numbers of a report's tables mean, by the head of their column; shown where a reader points at one."""

from __future__ import annotations

from evalkit.records import LINK_KINDS, SEVERITY_WEIGHTS
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts

_SEVERITIES: dict[str, str] = {
    severity.capitalize(): f"Findings of severity {severity}; each adds {weight} to the penalty. Found by programs, "
    "not confirmed by a human."
    for severity, weight in SEVERITY_WEIGHTS.items()
}
_LINKS = {
    "1-1": "units of one segment on each side",
    "1-n": "units of one segment of the candidate for several of the reference",
    "n-1": "units of several segments of the candidate for one of the reference",
    "n-m": "units of several segments on both sides",
    "omitted": "segments of the reference without a counterpart in the candidate",
    "added": "segments of the candidate without a counterpart in the reference",
    "moved": "units in another place than in the reference",
}
_HEADS: dict[str, str] = {
    "Reference covered": "Share of the reference's words in paired units.",
    "Candidate paired": "Share of the candidate's words in paired units.",
    "Covered": "Share of the reference's words in paired units.",
    "Penalty per 1,000 words": "Sum of the findings' weights (critical 25, major 5, minor 1, neutral 0), per 1,000 "
    "words of the candidate. Lower is better.",
    "All": "Findings of all severities.",
    "Difference": "Score of the system minus score of the baseline.",
    "Interval": "Confidence interval of the difference, by resampling.",
    "p": "How often chance alone would give a difference this large, if there were none.",
    "p corrected": "p corrected for the number of comparisons made.",
    "Wins / ties / losses": "Units in which the system is better, equal and worse than the baseline.",
    "Better on": "Share of units on which the system is better than the baseline, ties half, and its interval.",
    "Detectable": "The true difference that this test set shows with a chance of about 80%, before correction.",
    "Cluster": "A new cluster begins where every system above is significantly better than every system below.",
    "Ranks": "The places a system may have, from the best to the worst the tests allow.",
    "No.": "The system's number in the head of this table.",
    "It adds": "Points of the score that this unit adds to the difference of the two systems.",
    "Expected": "Units whose reference or source has the term.",
    "Found": "Those of the expected units that render the term by an accepted form.",
    "Rejected": "Places with a form that the list rejects.",
    "Score": "The unit's score before and now.",
    "Now": "The score of this result.",
    "Baseline": "The score of the baseline.",
    "penalty per 1,000 words ↓": "Sum of the findings' weights per 1,000 words of the candidate; lower is better.",
    "findings per 1,000 words ↓": "Number of findings per 1,000 words of the candidate; lower is better.",
    "expected errors per 1,000 words ↓": "True errors to expect among the findings, including hints about "
    "content: each finding counts with the share of its kind that was right (1 where not measured). Lower is better.",
    "Success": "Found divided by expected.",
    "moved blocks": "Runs of consecutive units that were moved together.",
    "Line": "Line of the file, counted from 1.",
    "Findings": "Number of findings.",
    **_SEVERITIES,
    **{kind: f"Number of {_LINKS[kind]}." for kind in LINK_KINDS},
}


def explained(result: Result, head: str) -> str:
    """What the numbers below a column's head mean; empty for a head nobody has explained."""
    if head in _HEADS:
        return _HEADS[head]
    for metric in result.metrics:
        if head in (facts.headline(result, metric), facts.title(result, metric)):
            way = facts.better(result, metric)
            return f"{facts.title(result, metric)}, {way} is better: {facts.meaning(result, metric)}."
    return ""

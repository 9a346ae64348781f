"""Severity after the evidence: how often findings of a kind were right when they were measured.

`precision.toml` holds the shares; `python benchmarks/findings.py precision` measures them and writes it. What a list
or the source states is proof and keeps its severity, as do the rules of plug-ins, of the user, and of form: whether a
space is doubled is seen, not inferred.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from msgspec.structs import replace

from evalkit.records import SEVERITIES, Finding, Rule, Severity
from evalkit.records.findings import PROOF, VERBATIM
from evalkit.text.arithmetic import running_sum

# A major finding sends a reader to the place and fails builds: more than two of three must be right. A minor one costs
# a point: more than every other one. Else it is a hint, which costs none.
MAJOR, MINOR = 0.7, 0.5
_BORROWED = 0.69  # what was measured in other languages alone is no proof of a finding that fails builds
_OF_FORM = "conventions"  # what needs nothing but the text; a final mark is inferred from the reference


_PROVED = ("source", "terms", "limit", "rows")  # what a rule holds the candidate against, exactly


class Measured(NamedTuple):
    """The share of findings of one kind that are right, None where there were too few; `of` says of how many."""

    right: float | None
    of: int


@cache
def _table() -> Mapping[str, Mapping[str, Measured]]:
    read = tomllib.loads(files("evalkit.run").joinpath("precision.toml").read_text("utf-8"))
    return {
        lang: {kind: Measured(row.get("right"), row["of"]) for kind, row in rows.items()} for lang, rows in read.items()
    }


def measured(rule: str, evidence: str, lang: str) -> Measured | None:
    """The share for a language; for one that was not measured, or has too few of the kind, the mean of those that have
    it, else that of all together, and never what makes a finding major. None for a rule never measured."""
    table, code, kind = _table(), lang.replace("_", "-").partition("-")[0].lower(), f"{rule} {evidence}"
    own = table.get(code, {}).get(kind)
    if own is not None and own.right is not None:
        return own
    others = [rows[kind] for name, rows in table.items() if name != "*" and kind in rows]
    known = [(row.right, row.of) for row in others if row.right is not None]
    if known:
        many = sum(of for _, of in known)
        mean = running_sum(right * of for right, of in known) / many
        return Measured(min(int(100 * mean) / 100, _BORROWED), many)  # never rounded up, as the table's are
    row = table["*"].get(kind)
    if row is not None:
        return row if row.right is None else Measured(min(row.right, _BORROWED), row.of)
    return Measured(None, 0) if f"{rule} *" in table["*"] else None


def precision(rule: str) -> float | None:
    """The share of a rule's findings that are right, whatever the evidence and language; None where unmeasured."""
    row = _table()["*"].get(f"{rule} *")
    return row.right if row else None


def by_language(rule: str) -> dict[str, Measured]:
    """What is known of a rule, by language and evidence: `en`, `en exchanged`; languages in order. All evidence
    together is left out: its share depends on how many findings there are of each."""
    found = {}
    for lang, rows in sorted(_table().items()):
        for kind, row in sorted(rows.items()):
            name, _, evidence = kind.partition(" ")
            if name == rule and "*" not in (lang, evidence) and row.right is not None:
                found[f"{lang} {evidence}".strip()] = row
    return found


def is_weighed(rule: Rule, category: str = "") -> bool:
    """Whether the severity of a rule's findings, or of those of a category of its, depends on the evidence."""
    by_form = (category or rule.category) == _OF_FORM and not rule.needs
    return rule.needs not in _PROVED and not by_form


def weighed(finding: Finding, rule: Rule, lang: str) -> Finding:
    """The finding with the severity and confidence that its kind of evidence deserves, never more than it states."""
    if finding.evidence in PROOF or not is_weighed(rule, finding.category):
        return finding
    if finding.evidence == VERBATIM:  # a contradiction in the same words is seen, but one of the two may be at fault
        return _with(finding, min(finding.severity, "major", key=SEVERITIES.index), finding.confidence)
    known = measured(finding.rule, finding.evidence, lang) or Measured(None, 0)
    most: Severity = "minor"  # of too few to tell nothing is believed that fails a build
    if known.right is not None:
        most = "major" if known.right >= MAJOR else "minor" if known.right > MINOR else "neutral"
    severity = min(finding.severity, most, key=SEVERITIES.index)
    confidence = finding.confidence if known.right is None else known.right
    return _with(finding, severity, confidence)


def _with(finding: Finding, severity: Severity, confidence: float) -> Finding:
    if (finding.severity, finding.confidence) == (severity, confidence):
        return finding
    return replace(finding, severity=severity, confidence=confidence)

"""By what a verdict knows its finding again, in a later version of the text too."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from evalkit.records.findings import Finding
from evalkit.records.result import SystemRecord, UnitRecord
from evalkit.text.visible import visible


def keys_of(system: SystemRecord) -> dict[str, str]:
    """The key of every finding of a system, by the finding's id; those that are silent have one too.

    A finding in the candidate is known by its fingerprint. One in the reference or source says something of a
    candidate that its fingerprint does not hold (an omission), so the key also has the candidate's text beside it:
    where that text is edited, the verdict no longer holds.
    """
    findings = (*system.findings, *system.judged_wrong)
    if all(finding.side == "candidate" for finding in findings):
        return {finding.id: finding.fingerprint for finding in findings}
    beside = _Beside(system.units, {finding.unit for finding in findings if finding.side != "candidate"})
    return {f.id: f.fingerprint if f.side == "candidate" else _with_text(f, beside) for f in findings}


def in_system(key: str, system: str) -> str:
    """The key of a finding in one system alone: who has rated several may say otherwise of the same words in each."""
    return f"{key}@{_short(system)}"


def of_all(key: str) -> str:
    """The key without its system: the finding's in all that have the same words."""
    return key.partition("@")[0]


def mark_of(word: str, comment: str) -> str:
    """What a sheet says of a row's verdict and comment as they were at its export, empty where there was neither: by it
    the import knows what its reviewer has not said. It lasts through white space and marks that a tool takes away."""
    bare = " ".join(visible(comment).split()).lstrip(" :;,.–—-")
    return f"{word or 'open'} {_short(bare)}" if word or bare else ""


def _short(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]


class _Beside:
    """The candidate's text in each unit, and where the next are before and after the units asked for."""

    def __init__(self, units: Sequence[UnitRecord], asked: Collection[str]) -> None:
        self._asked: dict[str, tuple[int, bool]] = {}  # how many texts stand before the unit, and whether it has one
        self._texts: list[str] = []
        for unit in units:
            if unit.id in asked:
                self._asked[unit.id] = len(self._texts), unit.candidate is not None
            if unit.candidate is not None:
                self._texts.append(unit.candidate.text)

    def text(self, unit: str) -> str:
        """The unit's own text, else that of the units before and after it."""
        if unit not in self._asked:
            return ""
        at, own = self._asked[unit]
        if own:
            return self._texts[at]
        before, after = self._texts[max(0, at - 1) : at], self._texts[at : at + 1]
        return f"{''.join(before)}\n{''.join(after)}"


def _with_text(finding: Finding, beside: _Beside) -> str:
    """The fingerprint and the candidate's text in the finding's unit, else in the units before and after it."""
    text = beside.text(finding.unit)
    return f"{finding.fingerprint}~{hashlib.sha256(' '.join(text.split()).encode()).hexdigest()[:8]}"

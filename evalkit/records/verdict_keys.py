"""By what a verdict knows its finding again, in a later version of the text too."""

from __future__ import annotations

import hashlib

from evalkit.records.findings import Finding
from evalkit.records.result import SystemRecord


def keys_of(system: SystemRecord) -> dict[str, str]:
    """The key of every finding of a system, by the finding's id; those that are silent have one too.

    A finding in the candidate is known by its fingerprint. One in the reference or source says something of a
    candidate that its fingerprint does not hold (an omission), so the key also has the candidate's text beside it:
    where that text is edited, the verdict no longer holds.
    """
    findings = (*system.findings, *system.judged_wrong)
    if all(finding.side == "candidate" for finding in findings):
        return {finding.id: finding.fingerprint for finding in findings}
    places = {unit.id: number for number, unit in enumerate(system.units)}
    return {f.id: f.fingerprint if f.side == "candidate" else _with_text(f, system, places) for f in findings}


def _with_text(finding: Finding, system: SystemRecord, places: dict[str, int]) -> str:
    """The fingerprint and the candidate's text in the finding's unit, else in the units before and after it."""
    units, place = system.units, places.get(finding.unit)
    text = ""
    if place is not None and (own := units[place].candidate) is not None:
        text = own.text
    elif place is not None:
        before = next((u.candidate.text for u in reversed(units[:place]) if u.candidate), "")
        after = next((u.candidate.text for u in units[place + 1 :] if u.candidate), "")
        text = f"{before}\n{after}"
    return f"{finding.fingerprint}~{hashlib.sha256(' '.join(text.split()).encode()).hexdigest()[:8]}"

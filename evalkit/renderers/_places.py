"""Where a finding stands in the passages of its unit."""

from __future__ import annotations

from evalkit.records import Finding
from evalkit.records.result import PassageRecord, ReferencePassageRecord, UnitRecord

Passage = PassageRecord | ReferencePassageRecord


def passage_of(unit: UnitRecord, side: str) -> Passage | None:
    """The passage of a side; of several references the first."""
    if side == "reference":
        return (unit.references or (None,))[0]
    return unit.candidate if side == "candidate" else unit.source


def place_in(passage: Passage | None, finding: Finding) -> tuple[int, int] | None:
    """The characters of a passage that a finding marks, end exclusive; None where it marks nothing that is there.

    A passage of several segments is put together, so its text is searched from where the finding must stand.
    """
    if passage is None or not finding.text:
        return None
    start = passage.text.find(finding.text, max(0, finding.start - passage.start))
    if start < 0:
        start = passage.text.find(finding.text)
    return None if start < 0 else (start, start + len(finding.text))


def texts_of(unit: UnitRecord) -> tuple[str, str, str]:
    """Candidate, reference and source of a unit, empty where there is none."""
    candidate, reference, source = (passage_of(unit, side) for side in ("candidate", "reference", "source"))
    return (
        candidate.text if candidate else "",
        reference.text if reference else "",
        source.text if source else "",
    )

"""The `pearmut` renderer: a campaign for Pearmut, with the findings as error spans to confirm or change."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar, Literal

from evalkit.errors import ConfigError
from evalkit.records import Finding
from evalkit.records.result import Result, UnitRecord
from evalkit.renderers._places import place_in, texts_of

# What Pearmut counts as one place is a UTF-16 unit; line ends and these tags are none.
_NO_PLACE = re.compile(r"</?(?:br|strong|b|i|p|em|h1|h2|h3)>|\n")
_WIDE = "\uffff"  # characters above take two UTF-16 units
_NUMBERED = re.compile(r"(?:system )*\d+")  # what Pearmut takes for a number, and what such a name is written as
Key = tuple[str, object]


@dataclass(frozen=True)
class PearmutRenderer:
    """Each document is one of the campaign's, each unit an item, with the systems whose units are the same together.

    Spans are counted as Pearmut counts: UTF-16 units, the end inclusive, no place for line ends and simple tags.
    Findings at the reference or source have no span there and are left out. `protocol` is ESA, MQM or cESA; `users`
    how many annotators draw from the documents.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "pearmut"
    suffix: ClassVar[str] = ".json"
    claims: ClassVar[bool] = False

    protocol: Literal["ESA", "cESA", "MQM"] = "ESA"
    users: int = 1

    def __post_init__(self) -> None:
        if self.protocol not in ("ESA", "cESA", "MQM") or self.users < 1:
            raise ConfigError("renderer 'pearmut': protocol is ESA, cESA or MQM, and users a number from 1")

    def render(self, result: Result) -> str:
        """The campaign as JSON, for `pearmut add`."""
        documents: dict[str, dict[Key, dict[str, Any]]] = {}
        for system in result.systems:
            found: dict[str, list[Finding]] = {}
            for finding in system.standing:
                found.setdefault(finding.unit, []).append(finding)
            name = f"system {system.name}" if _NUMBERED.fullmatch(system.name) else system.name
            for number, unit in enumerate(system.units):
                if unit.candidate is not None:
                    items = documents.setdefault(unit.document, {})
                    item = items.setdefault(_key(unit, number), _item(unit, len(items) + 1))
                    item["tgt"][name] = unit.candidate.text
                    item["error_spans"][name] = _spans(unit, found.get(unit.id, ()), category=self.protocol == "MQM")
        info: dict[str, Any] = {"assignment": "single-stream", "protocol": self.protocol, "users": self.users}
        made = [list(items.values()) for items in documents.values()]
        if any(len({tuple(item["tgt"]) for item in items}) > 1 for items in made):
            info["shuffle"] = False  # Pearmut refuses to shuffle systems that are not in every item of a document
        if self.protocol == "MQM":
            info["mqm_severities"] = ["Neutral", "Minor", "Major", "Critical"]
        campaign = {"campaign_id": result.name, "info": info, "data": made}
        return json.dumps(campaign, indent=1) + "\n"


def _key(unit: UnitRecord, number: int) -> Key:
    """What units of two systems have in common: their place in the reference or source, else in the order."""
    there = unit.references[0] if unit.references else unit.source
    return (unit.document, (there.start, there.end) if there else number)


def _item(unit: UnitRecord, number: int) -> dict[str, Any]:
    _, reference, source = texts_of(unit)
    given = {"src": source, "ref": reference}
    sides = {side: text for side, text in given.items() if text}
    return {"item_id": f"{unit.document}/{number}", **sides, "tgt": {}, "error_spans": {}}


def _spans(unit: UnitRecord, findings: Sequence[Finding], *, category: bool) -> list[dict[str, object]]:
    spans: list[dict[str, object]] = []
    if unit.candidate is None or not findings:
        return spans
    index = pearmut_index(unit.candidate.text)
    for finding in findings:
        place = place_in(unit.candidate, finding) if finding.side == "candidate" else None
        if place is None:
            continue
        start, end = map(index, place)
        if end > start:
            severity = finding.severity if category or finding.severity != "critical" else "major"
            mqm = finding.mqm or finding.category
            spans.append(
                {"start_i": start, "end_i": end - 1, "severity": severity, "category": mqm if category else None}
            )
    return spans


def pearmut_index(text: str) -> Callable[[int], int]:
    """Tells how many of Pearmut's places stand before a character of the text; the text is gone through once."""
    wide = [place for place, char in enumerate(text) if char > _WIDE] if not text.isascii() else []
    none = [match.span() for match in _NO_PLACE.finditer(text)]
    ends, left_out = [end for _, end in none], [0, *accumulate(end - start for start, end in none)]
    return lambda offset: offset + bisect_left(wide, offset) - left_out[bisect_right(ends, offset)]

"""The `google-mqm` renderer: findings in the table that Google's MQM tools and the metrics tasks of WMT use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from evalkit.errors import ConfigError
from evalkit.records import Finding, Severity
from evalkit.records.result import Result, UnitRecord
from evalkit.renderers._places import place_in
from evalkit.text.visible import visible

_HEAD = ("system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity")
_MOST = 200_000_000  # characters: hundreds of megabytes, for texts of one megabyte or two
_TOO_LONG = (
    "renderer 'google-mqm': its table repeats the whole text of a unit in the row of each of its findings, and would "
    f"have more than {_MOST:,} characters; cut the texts into sentences (--segment sentences), or take another format"
)
# Critical does not exist there.
_SEVERITIES: dict[Severity, str] = {"neutral": "Neutral", "minor": "Minor", "major": "Major", "critical": "Major"}


@dataclass(frozen=True)
class GoogleMqmRenderer:
    """One row an error, the span in <v>...</v>; a unit without one has a row `No-error`. The rater is evalkit.

    A critical finding is written as Major, the scale having none. A `<v>` that stands in a text is written `&lt;v&gt;`.
    Findings at the side of the reference are left out: the table has no column for it.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "google-mqm"
    suffix: ClassVar[str] = ".tsv"
    claims: ClassVar[bool] = False

    def render(self, result: Result) -> str:
        """Head line and rows, without quoting; tabs and line ends of a text are shown as signs."""
        lines = ["\t".join(_HEAD)]
        number = length = 0
        for system in result.systems:
            found: dict[str, list[Finding]] = {}
            for finding in system.standing:
                found.setdefault(finding.unit, []).append(finding)
            places: dict[str, int] = {}
            for unit in system.units:
                number += 1
                places[unit.document] = places.get(unit.document, 0) + 1
                begin = (_cell(system.name), _cell(unit.document), str(places[unit.document]), str(number), "evalkit")
                for row in _rows(unit, found.get(unit.id, [])):
                    lines.append("\t".join((*begin, *row)))
                    length += len(lines[-1])
                    if length > _MOST:
                        raise ConfigError(_TOO_LONG)
        return "\n".join(lines) + "\n"


def _rows(unit: UnitRecord, findings: list[Finding]) -> Iterator[tuple[str, str, str, str]]:
    source = unit.source.text if unit.source else ""
    target = unit.candidate.text if unit.candidate else ""
    said = False
    for finding in findings:
        passage = {"candidate": unit.candidate, "source": unit.source}.get(finding.side)
        if passage is None:
            continue
        said = True
        marked = _marked(passage.text, *(place_in(passage, finding) or (0, 0)))
        sides = (_cell(source), marked) if finding.side == "candidate" else (marked, _cell(target))
        yield *sides, _cell(finding.mqm or finding.category), _SEVERITIES[finding.severity]
    if not said:
        yield _cell(source), _cell(target), "No-error", "No-error"


def _marked(text: str, start: int, end: int) -> str:
    return f"{_cell(text[:start])}<v>{_cell(text[start:end])}</v>{_cell(text[end:])}"


def _cell(text: str) -> str:
    return re.sub(r"<(/?v)>", r"&lt;\1&gt;", visible(text))

"""The `label-studio` renderer: tasks for Label Studio with the findings as predictions, and the labelling interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from evalkit.records import SEVERITIES, Finding
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.renderers._places import place_in, texts_of

_COLOURS = {"neutral": "#8a8a8a", "minor": "#b58900", "major": "#d33682", "critical": "#dc322f"}
_SIDES = ("candidate", "reference", "source")


@dataclass(frozen=True)
class LabelStudioRenderer:
    """A task for each unit: its texts, the score of a unit where there is one, and a label of its severity for each
    finding. A report has the labelling interface beside it as `label-studio.xml`; `interface=yes` gives that one alone.

    Places are UTF-16 units, end exclusive, as JavaScript counts.
    """

    kind: ClassVar[str] = "renderer"
    name: ClassVar[str] = "label-studio"
    suffix: ClassVar[str] = ".json"
    claims: ClassVar[bool] = False

    interface: bool = False

    def render(self, result: Result) -> str:
        """The list of tasks, as Label Studio imports them; or the labelling interface."""
        if self.interface:
            return self.companions(result)["label-studio.xml"]
        tasks = [task for system in result.systems for task in _tasks(result, system)]
        return json.dumps(tasks, indent=1) + "\n"

    def companions(self, result: Result) -> dict[str, str]:  # noqa: ARG002 - the same for every result
        """The labelling interface by the name of its file."""
        labels = "".join(f'\n    <Label value="{name}" background="{_COLOURS[name]}"/>' for name in SEVERITIES)
        texts = "".join(
            f'\n  <Header value="{side}"/>\n  <Text name="{side}" value="${side}"/>' for side in reversed(_SIDES)
        )
        controls = "".join(
            f'\n  <Labels name="error-{side}" toName="{side}">{labels}\n  </Labels>' for side in reversed(_SIDES)
        )
        return {"label-studio.xml": f"<View>{controls}{texts}\n</View>\n"}


def _tasks(result: Result, system: SystemRecord) -> Iterator[dict[str, Any]]:
    found: dict[str, list[Finding]] = {}
    for finding in system.standing:
        found.setdefault(finding.unit, []).append(finding)
    for unit in system.units:
        texts = dict(zip(_SIDES, texts_of(unit), strict=True))
        about = {"system": system.name, "document": unit.document, "unit": unit.id}
        marked = [_label(unit, finding, texts) for finding in found.get(unit.id, ())]
        yield {
            "data": {**about, **texts},
            "predictions": [
                {"model_version": f"evalkit {result.evalkit}", "result": [label for label in marked if label]}
            ],
        }


def _label(unit: UnitRecord, finding: Finding, texts: dict[str, str]) -> dict[str, Any] | None:
    passages = {"candidate": unit.candidate, "reference": (unit.references or (None,))[0], "source": unit.source}
    place = place_in(passages[finding.side], finding)
    if place is None:
        return None
    text = texts[finding.side]
    start, end = (_utf16(text, offset) for offset in place)
    return {
        "id": finding.fingerprint,
        "from_name": f"error-{finding.side}",
        "to_name": finding.side,
        "type": "labels",
        "value": {"start": start, "end": end, "text": text[place[0] : place[1]], "labels": [finding.severity]},
        "meta": {"text": [f"{finding.rule}: {finding.message}"]},
    }


def _utf16(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2

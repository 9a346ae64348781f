"""The rows of XLIFF 2.0, 2.1 and 2.2: one for each `segment` of a `unit`."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.readers._inline import cell
from evalkit.readers._sides import NOTHING, Entry
from evalkit.text.xml_stream import Node

UNITS = ("unit",)


def entries(unit: Node) -> Iterator[Entry]:
    """The segments of a unit. What is `ignorable` (space between sentences) is none, and no match is read."""
    identity = unit.attributes.get("id", "?")
    said = _metadata(unit)
    segments = list(unit.elements("segment"))
    for number, segment in enumerate(segments, 1):
        own = segment.attributes.get("id") or ("" if len(segments) == 1 else str(number))
        source, target = segment.first("source"), segment.first("target")
        states = {
            new: segment.attributes[old]
            for old, new in (("state", "state"), ("subState", "sub-state"))
            if old in segment.attributes
        }
        yield Entry(
            f"{identity}/{own}" if own else identity,
            {
                "source": cell(source.children) if source is not None else NOTHING,
                "candidate": cell(target.children) if target is not None else NOTHING,
            },
            {**said, **states},
        )


def _metadata(unit: Node) -> dict[str, str]:
    said = {"name": unit.attributes["name"]} if unit.attributes.get("name") else {}
    if unit.inherited("translate") == "no":
        said["translate"] = "no"
    limit = next((v for k, v in unit.attributes.items() if k.endswith("}sizeRestriction")), "")
    if limit.isdecimal():
        said["max-length"] = limit
    notes = [note.text.strip() for holder in unit.elements("notes") for note in holder.elements("note")]
    if any(notes):
        said["note"] = "\n".join(filter(None, notes))
    return said

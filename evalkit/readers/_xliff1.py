"""The rows of XLIFF 1.2 and its dialects (SDLXLIFF, MQXLIFF): one for each segment of a `trans-unit`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.readers._inline import cell, sub_flows
from evalkit.readers._sides import NOTHING, Cell, Entry
from evalkit.text.xml_stream import Node

UNITS = ("trans-unit",)
_SDL = "{http://sdl.com/FileTypes/SdlXliff/1.0}"
_MQ = "{MQXliff}"
_KEPT = ("resname", "approved")
_NOTES = frozenset({"note", "comment", "comments"})
_STATES = {"conf": "state", "percent": "match", "origin": "origin"}


def entries(unit: Node, comments: Mapping[str, str]) -> Iterator[Entry]:
    """The rows of a unit: segments by their `mid` where both sides are segmented, else the whole. Never `alt-trans`.

    `comments` are SDL's by id.
    """
    parts: dict[str, Node] = {}
    for child in unit.children:
        if isinstance(child, Node):
            parts.setdefault(child.name, child)
    source, target, segmented = parts.get("source"), parts.get("target"), parts.get("seg-source")
    if source is None:
        return
    identity = unit.attributes.get("id") or unit.attributes.get("resname") or "?"
    said = _metadata(unit, parts)
    mine = _segments(segmented) if segmented is not None else {}
    theirs = _segments(target) if mine and target is not None else {}
    if mine and (theirs or target is None or not target.text.strip()):
        sdl = _sdl_segments(unit)
        for mid in dict.fromkeys((*mine, *theirs)):
            sides = mine.get(mid), theirs.get(mid)
            yield from _rows(f"{identity}/{mid}", *sides, {**said, **sdl.get(mid, {}), **_comment(sides[1], comments)})
        return
    yield from _rows(identity, segmented if mine else source, target, {**said, **_comment(target, comments)})


def _rows(identity: str, source: Node | None, target: Node | None, said: Mapping[str, str]) -> Iterator[Entry]:
    yield Entry(identity, {"source": _cell(source), "candidate": _cell(target)}, said)
    inner = [sub_flows(node) if node is not None else [] for node in (source, target)]
    for number in range(max(map(len, inner))):
        mine, theirs = (flows[number] if number < len(flows) else None for flows in inner)
        yield Entry(f"{identity}/sub{number + 1}", {"source": _cell(mine), "candidate": _cell(theirs)}, said)


def _cell(node: Node | None) -> Cell:
    return cell(node.children) if node is not None else NOTHING


def _segments(node: Node) -> dict[str, Node]:
    return {
        mrk.attributes["mid"]: mrk
        for mrk in node.below("mrk")
        if mrk.attributes.get("mtype") == "seg" and "mid" in mrk.attributes
    }


def _metadata(unit: Node, parts: Mapping[str, Node]) -> dict[str, str]:
    said: dict[str, str] = {name: unit.attributes[name] for name in _KEPT if name in unit.attributes}
    target = parts.get("target")
    if target is not None and "state" in target.attributes:
        said["state"] = target.attributes["state"]
    if unit.inherited("translate") == "no":
        said["translate"] = "no"
    if "maxwidth" in unit.attributes and unit.inherited("size-unit") == "char":
        said["max-length"] = unit.attributes["maxwidth"]
    for name, value in unit.attributes.items():
        if name.startswith(_MQ):
            name = name.removeprefix(_MQ)
            said.setdefault({"status": "state"}.get(name, name), value)
    if parts.keys() & _NOTES:
        holders = [*unit.elements("comments"), unit]
        notes = [note.text.strip() for holder in holders for note in holder.elements("note", "comment")]
        said["note"] = "\n".join(filter(None, notes))
    return said


def _sdl_segments(unit: Node) -> dict[str, dict[str, str]]:
    """What SDL Trados says of each segment of the unit."""
    found: dict[str, dict[str, str]] = {}
    for definitions in unit.elements("seg-defs"):
        for segment in definitions.elements("seg"):
            said = {new: segment.attributes[old] for old, new in _STATES.items() if segment.attributes.get(old)}
            if segment.attributes.get("locked") == "true":
                said["locked"] = "yes"
            found[segment.attributes.get("id", "")] = said
    return found


def _comment(target: Node | None, comments: Mapping[str, str]) -> dict[str, str]:
    """SDL's comments on a segment."""
    if target is None or not comments:
        return {}
    marks = [mrk.attributes.get(f"{_SDL}cid", "") for mrk in target.below("mrk")]
    said = [comments[mark] for mark in marks if comments.get(mark)]
    return {"note": "\n".join(said)} if said else {}

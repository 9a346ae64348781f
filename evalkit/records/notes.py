"""Notes of a result in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evalkit.records import Failure, Segment
from evalkit.records.result import Result

_DOCUMENT = re.compile(
    r"\bdocument '([^']*)'(?: of (candidate|reference|source) '([^']*)')?(?! is (?:missing|empty) in)"
)

PARTLY = "these rules were not checked, or only in part"  # of a language, in every run in it
_FEW = 3  # rules that a language leaves out: a detail for the report, no news for each run


def for_report(result: Result, failure: Failure) -> bool:
    """Whether a note says the same in every run in a language, of a few rules alone: the report has it."""
    rules = {item.rule for system in result.systems for item in system.unjudged if item.rule in failure.message}
    return PARTLY in failure.message and len(rules) <= _FEW


def noted(result: Result, failure: Failure) -> str:
    """A note's message, with the file instead of the document where that is the whole of the text."""
    return _DOCUMENT.sub(lambda found: _file(result, failure, *found.groups()) or found[0], failure.message)


def _file(result: Result, failure: Failure, document: str, side: str | None, name: str | None) -> str:
    """The path of the side that a note speaks of, if it is a file of that document alone; of no side named, that of the
    system or reference the note is on, or the only system."""
    name = name or failure.system or (result.systems[0].name if len(result.systems) == 1 else "")
    for system in result.systems:
        if side in (None, "candidate") and system.name == name and [d.id for d in system.documents] == [document]:
            return system.path
    for reference in result.references:
        if side in (None, "reference") and reference.name == name and _holds(reference.segments, document):
            return reference.path
    return result.source.path if result.source and side == "source" and _holds(result.source.segments, document) else ""


def _holds(segments: Iterable[Segment], document: str) -> bool:
    return {segment.document for segment in segments} == {document}

"""What plug-ins of strangers give to the steps of a run: refused where a later step would stumble over it.

evalkit's own plug-ins pass unlooked at; the tests hold them to the same promises.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from evalkit.errors import ConfigError
from evalkit.plugins.guests import hosted
from evalkit.plugins.protocols import Aligner, Detector, Reader, Scorer, Segmenter
from evalkit.plugins.vetted import is_strange, refused, vetted
from evalkit.records import Bitext, Context, Document, Finding, Link, Segment
from evalkit.run.bitexts import as_bitext
from evalkit.text.visible import shown


def documents(reader: Reader, read: object, path: str) -> Bitext:
    """What a reader has read, as sides."""
    found = as_bitext(read, reader.name)
    for each in (found, *found.more):
        if not each.target:
            raise refused(reader, f"no document of {path}")
        for document in (*each.target, *each.source, *each.reference) if is_strange(reader) else ():
            if not (isinstance(document.id, str) and isinstance(document.text, str)):
                raise refused(reader, f"the document {shown(document.id)}, whose id or text is no text")
    return found


def segments(segmenter: Segmenter, document: Document) -> tuple[Segment, ...]:
    """The segments of a document."""
    found = hosted(segmenter, lambda: _listed(segmenter, segmenter.split(document), "segments"))
    items: tuple[Segment, ...] = tuple(found)
    if not is_strange(segmenter):
        return items
    vetted(segmenter, items, tuple[Segment, ...], "as segments")
    for item in items:
        if document.text[max(item.start, 0) : item.end] != item.text or item.start < 0:
            raise refused(segmenter, f"the segment {shown(item.id)}, which is not the text from {item.start}")
    if len({item.id for item in items}) < len(items):
        raise refused(segmenter, "two segments of one id")
    return items


def links(aligner: Aligner, mine: Sequence[Segment], theirs: Sequence[Segment]) -> Sequence[Link]:
    """The links between two lists of segments, each of which stands in one link."""
    if not is_strange(aligner):
        return aligner.align(mine, theirs)
    found = hosted(aligner, lambda: _listed(aligner, aligner.align(mine, theirs), "links"), fails_alone=True)
    items: tuple[Link, ...] = tuple(found)
    vetted(aligner, items, tuple[Link, ...], "as links")
    for side, number, indices in (
        ("candidate", len(mine), [i for link in items for i in link.candidate]),
        ("reference", len(theirs), [i for link in items for i in link.reference]),
    ):
        if sorted(indices) != list(range(number)):
            raise refused(aligner, f"links that do not hold each of the {number} segments of the {side} once")
    if not all(0 <= link.confidence <= 1 for link in items):
        raise refused(aligner, "a confidence that is no number from 0 to 1")
    return items


def are_links(items: Sequence[Link], candidate: int, reference: int) -> bool:
    """Whether links hold each of so many segments of both sides once, with confidences from 0 to 1."""
    mine = sorted(i for link in items for i in link.candidate)
    theirs = sorted(j for link in items for j in link.reference)
    whole = mine == list(range(candidate)) and theirs == list(range(reference))
    return whole and all(0 <= link.confidence <= 1 for link in items)


def findings(detector: Detector, found: Iterable[Any], context: Context) -> list[Finding]:
    """The findings of a detector, of documents that are there."""
    items: list[Finding] = list(found)
    if not is_strange(detector):
        return items
    for item in items:
        vetted(detector, item, Finding, "as a finding")
        if item.document not in context.documents:
            raise refused(detector, f"a finding in the document {shown(item.document)}, which is not there")
        if item.side == "reference" and item.reference not in context.references:
            raise refused(detector, f"a finding in the reference {shown(item.reference)}, which is not there")
        if not 0 <= item.start <= item.end:
            raise refused(detector, f"a finding from {item.start} to {item.end}, which is no place")
        if not 0 <= item.confidence <= 1:
            raise refused(detector, f"the confidence {item.confidence}, which is no number from 0 to 1")
    return items


def silent(detector: Detector | type[Detector], lang: str) -> dict[str, str]:
    """The rules of a detector that do not judge a language, and why."""
    asked = getattr(detector, "silent", None)
    found: dict[str, str] = hosted(detector, lambda: asked(lang)) if asked else {}
    return dict(vetted(detector, found, dict[str, str], "as rules that are silent"))


def value(scorer: Scorer, row: Sequence[float], of: str) -> float:
    """The score of a sum of rows."""
    score: Any = hosted(scorer, lambda: scorer.value(row))
    if is_strange(scorer) and not isinstance(score, (int, float)):
        raise refused(scorer, f"{shown(score)} as the score of {of!r}, which is no number")
    if not math.isfinite(score):
        raise ConfigError(f"the scorer {scorer.name!r} gives {score} for {of!r}: a score is a finite number")
    return float(score)


def signature(scorer: Scorer, references: str) -> str:
    """The signature of a score."""
    return str(vetted(scorer, hosted(scorer, lambda: scorer.signature(references)), str, "as a signature"))


def _listed(plugin: Any, found: Any, what: str) -> Iterable[Any]:
    """What a plug-in gives as a list, all of it: a generator works while it is gone through."""
    if isinstance(found, str) or not isinstance(found, Iterable):
        raise refused(plugin, f"{shown(found)}, which is no list of {what}")
    return tuple(found) if is_strange(plugin) else found

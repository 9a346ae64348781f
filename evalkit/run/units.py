"""Links to units: the pairs that scorers and detectors see, with every reference attached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from evalkit.records import GAPS, Link, Passage, Segment, Unit
from evalkit.text.words import join


class AlignedReference(Struct, frozen=True):
    """One reference of one document with its links to the candidate."""

    name: str
    segments: Sequence[Segment]
    links: Sequence[Link]


def gap_links(candidate: int, reference: int) -> tuple[Link, ...]:
    """All of one side without the other: the links of a document that is empty on one side."""
    added = (Link((i,), (), "added", 1.0) for i in range(candidate))
    omitted = (Link((), (j,), "omitted", 1.0) for j in range(reference))
    return (*added, *omitted)


def build_units(
    document: str, lang: str, candidate: Sequence[Segment], references: Sequence[AlignedReference]
) -> Iterator[Unit]:
    """The units of one document, in the order of the first reference's links.

    The first reference decides the units and the gaps; every link of a further reference joins the
    unit that holds most of its candidate segments (the first such unit on a tie), so that a unit
    carries all references that render it. Without a reference every segment is a unit of its own.
    """
    first, *further = references or (AlignedReference("", (), gap_links(len(candidate), 0)),)
    made = (_unit(document, n, link, candidate, (first,), lang) for n, link in enumerate(first.links, 1))
    if not further:
        yield from made
        return
    units = list(made)
    owner = {i: n for n, link in enumerate(first.links) for i in link.candidate}
    for reference in further:
        joined: dict[int, list[int]] = {}
        kinds: dict[int, Link] = {}
        for link in reference.links:
            if link.candidate and link.reference:
                owners = [owner[i] for i in link.candidate]
                unit = max(sorted(set(owners)), key=owners.count)
                joined.setdefault(unit, []).extend(link.reference)
                kinds.setdefault(unit, link)
        for n, indices in joined.items():
            passage = _passage([reference.segments[j] for j in sorted(indices)], lang, reference.name)
            units[n] = replace(units[n], references=(*units[n].references, passage))
            if units[n].link in GAPS:  # the first reference lacks it, this one has it
                units[n] = replace(units[n], link=kinds[n].kind, confidence=kinds[n].confidence)
    yield from units


def _unit(
    document: str,
    number: int,
    link: Link,
    candidate: Sequence[Segment],
    references: Sequence[AlignedReference],
    lang: str,
) -> Unit:
    passages = [_passage([r.segments[j] for j in link.reference], lang, r.name) for r in references if link.reference]
    id_ = f"{document}:{number}"
    if number <= len(candidate) and candidate[number - 1].id == id_:
        id_ = candidate[number - 1].id  # most segments are called so too: one text for both
    return Unit(
        id=id_,
        document=document,
        link=link.kind,
        confidence=link.confidence,
        candidate=_passage([candidate[i] for i in link.candidate], lang) if link.candidate else None,
        references=tuple(passages),
        block=link.block,
    )


def _passage(segments: Sequence[Segment], lang: str, reference: str = "") -> Passage:
    return Passage(tuple(segments), join([s.text for s in segments], lang), reference)


def is_paired(unit: Unit) -> bool:
    """True where both sides of the unit are there."""
    return unit.candidate is not None and bool(unit.references)

"""Candidate lines that carry another segment's text: a problem of the alignment, not three findings.

Files put together by hand or by a faulty export repeat a line under a segment that it does not render, or have it a
line too early or late. Such a line would be charged with an omission, an addition and a repetition. It is named as what
it is, and no detector sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalkit.language.overlap import likeness
from evalkit.records import Failure, Unit
from evalkit.run import kept
from evalkit.run.displaced import FEWEST, candidate_line, displaced, is_brief, is_elsewhere
from evalkit.text.words import count_words, fold, quote, words

_MOST = 50  # lines of one text: of more, a phrase of the trade that no comparison of all with all should be made of
_LISTED = 20


def strayed_kept(units: Sequence[Unit], cache: kept.Keeps | None, *, stated: bool) -> dict[str, Unit]:
    """As `strayed`, by what an earlier run kept where there is a cache."""
    by_id = {unit.id: unit for unit in units}
    key, known = kept.looked_up(cache, ("strayed", str(stated)), (units,), dict[str, str])
    if known is not None and by_id.keys() >= {*known, *known.values()}:  # an entry may have been changed
        return {id_: by_id[other] for id_, other in known.items()}
    found = strayed(units, stated=stated)
    kept.keep(cache, key, {id_: unit.id for id_, unit in found.items()})
    return found


def strayed(units: Sequence[Unit], *, stated: bool) -> dict[str, Unit]:
    """The unit whose reference the line renders, by the id of the unit that it stands in and does not render; of a
    reference that stands under several units, the one whose line renders it.

    Only units of one line each: a candidate line that stands under several segments, is unlike its own reference and
    clearly more like that of another of them; and where the files state the pairs (`stated`), any line that renders
    another line's reference, and any whose reference another line renders.
    """
    found = _repeated(units)
    if not stated:
        return found
    documents: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.link == "1-1" and unit.candidate and unit.references:
            documents.setdefault(unit.document, []).append(unit)
    for mine in documents.values():
        found = {**_under_strange_references(mine), **displaced(mine), **found}
    return found


def _under_strange_references(units: Sequence[Unit]) -> dict[str, Unit]:
    """Units whose reference stands under others too, and is rendered by the line of one of those and not by theirs."""
    same: dict[str, list[Unit]] = {}
    for unit in units:
        same.setdefault(" ".join(fold(unit.references[0].text).split()), []).append(unit)
    found: dict[str, Unit] = {}
    for text, those in same.items():
        if not 1 < len(those) <= _MOST or is_brief(text):
            continue
        like = [likeness(candidate_line(unit), text) for unit in those]
        best = max(range(len(those)), key=lambda at: (like[at], -at))
        for unit, own in zip(those, like, strict=True):
            line = candidate_line(unit)
            rendered = is_brief(line) or _shares_words(line, unit)
            if not rendered and is_elsewhere(own, like[best], brief=False):
                found[unit.id] = those[best]
    return found


def _repeated(units: Sequence[Unit]) -> dict[str, Unit]:
    """Lines that stand under several segments, where they do not belong."""
    lines: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.link == "1-1" and unit.candidate and unit.references and count_words(unit.candidate.text) >= FEWEST:
            lines.setdefault(" ".join(fold(unit.candidate.text).split()), []).append(unit)
    found = {}
    for text, same in lines.items():
        if not 1 < len(same) <= _MOST or len({fold(unit.references[0].text) for unit in same}) < 2:
            continue
        if all(_shares_words(text, unit) for unit in same):
            continue
        like = [max(likeness(text, passage.text) for passage in unit.references) for unit in same]
        best = max(range(len(same)), key=lambda at: (like[at], -at))
        for unit, own in zip(same, like, strict=True):
            if is_elsewhere(own, like[best], brief=is_brief(text)):
                found[unit.id] = same[best]
    return found


def _shares_words(text: str, unit: Unit) -> bool:
    """True where a third of the words are in the unit's own reference: a quick no for texts that repeat by nature."""
    mine = {fold(word.text) for word in words(text)}
    theirs = {fold(word.text) for passage in unit.references for word in words(passage.text)}
    return 3 * len(mine & theirs) >= len(mine)


def notes(found: Mapping[str, Unit], units: Sequence[Unit], system: str) -> Iterator[Failure]:
    """A note for each strayed line, the first twenty by themselves."""
    places = {unit.id: unit for unit in units}
    for number, (id_, other) in enumerate(found.items()):
        if number == _LISTED:
            message = f"{len(found) - number} more lines carry another segment's text; none of them was checked"
            yield Failure("align", "", system, "", message)
            return
        unit = places[id_]
        text = quote(unit.candidate.text if unit.candidate else "")
        there = other.references[0].segments[0]
        if fold(candidate_line(unit)) == fold(candidate_line(other)):
            what = f"the candidate has the text of unit {other.id} here ({text}), which renders {quote(there.text)}; "
            what += "a line was"
        elif fold(unit.references[0].text) == fold(other.references[0].text):
            what = f"the reference has the text of unit {other.id} here ({quote(there.text)}), whose line renders it; "
            what += f"{text} does not; a line of the reference was"
        else:
            what = f"the candidate's line ({text}) renders the reference of unit {other.id} ({quote(there.text)}) and "
            what += "not its own; a line of the candidate or of the reference was"
        message = (
            f"document {unit.document!r}, unit {id_}: {what} probably put under the wrong segment: it was not checked, "
            "mend the file"
        )
        yield Failure("align", "", system, id_, message)

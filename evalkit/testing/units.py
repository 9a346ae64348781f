"""Units made by hand: what a scorer or a detector is given, without a run."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.records import Context, Document, Name, Passage, Segment, Term, Unit

GOOD = (
    "The council met in Bishkek on 10 November 2020 and heard 2,300 delegates.",
    "The president thanked the members for their trust and their patience.",
    "After the meeting (the twentieth of its kind) the leaders signed three agreements.",
    "Nothing was said about the budget, which had grown by 4.5% in the past year.",
)
BAD = (
    "the council met in Bishkek on 31 November, 2020 and and heard 230 delegates",
    "President has thank for member trust ,, is not patient 研究",
    "Ã©After the meeting the twentieth of its kind) the leaders. leaders signed agree\u200bments",
    "Something altogether different happened near the northern fishing harbour yesterday.",
)


def units_of(
    candidate: Sequence[str | None],
    references: Sequence[Sequence[str | None]] = (),
    source: Sequence[str | None] = (),
) -> list[Unit]:
    """1-1 units, a line each, of one document `d`; `references` are columns, one a reference (r0, r1 ...).

    None is a side that is not there. Places are those in the document whose lines the texts are.
    """
    columns = [_passages(candidate), *(_passages(c, f"r{n}") for n, c in enumerate(references))]
    sources = _passages(source) if source else [None] * len(candidate)
    units = []
    for number, (mine, *theirs) in enumerate(zip(*columns, strict=True), 1):
        there = tuple(passage for passage in theirs if passage is not None)
        link = "1-1" if mine and there else "omitted" if there else "added"
        units.append(Unit(f"d:{number}", "d", link, 1.0, mine, there, source=sources[number - 1]))  # type: ignore[arg-type]
    return units


def context_of(
    candidate: Sequence[str | None],
    references: Sequence[Sequence[str | None]] = (),
    *,
    lang: str = "en",
    source_lang: str = "",
    trusted: bool = True,
    terms: tuple[Term, ...] = (),
    names: tuple[Name, ...] = (),
) -> Context:
    """The context that goes with `units_of` the same texts."""
    sides = {f"r{n}": {"d": _document(c, lang)} for n, c in enumerate(references)}
    return Context(
        "system", lang, "translation", {"d": _document(candidate, lang)}, sides, names, terms, {"d": trusted},
        source_lang=source_lang,
    )  # fmt: skip


def _passages(texts: Sequence[str | None], name: str = "") -> list[Passage | None]:
    found: list[Passage | None] = []
    start = 0
    for number, text in enumerate(texts, 1):
        line = text or ""
        segment = Segment(f"d:{number}", "d", start, start + len(line), line, paragraph=number)
        found.append(None if text is None else Passage((segment,), line, name))
        start += len(line) + 1
    return found


def _document(texts: Sequence[str | None], lang: str) -> Document:
    return Document("d", "d", "".join(f"{text or ''}\n" for text in texts), "", lang)

"""Small units and contexts for the tests of the list detectors."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.records import Context, Document, Kind, Name, Passage, Segment, Term, Unit


def passage(text: str, side: str, at: int = 0, document: str = "d") -> Passage:
    name = "r" if side == "r" else ""
    return Passage((Segment(f"{side}{at}", document, at, at + len(text), text),), text, name)


def units(pairs: Sequence[tuple[str, str]]) -> list[Unit]:
    """One-to-one units; an empty reference makes an added unit."""
    made, at, there = [], 0, 0
    for number, (mine, yours) in enumerate(pairs):
        references = (passage(yours, "r", there),) if yours else ()
        link = "1-1" if yours else "added"
        made.append(Unit(f"u{number}", "d", link, 1.0, passage(mine, "c", at), references))
        at, there = at + len(mine) + 1, there + len(yours) + 1
    return made


def context(
    pairs: Sequence[tuple[str, str]],
    *,
    names: Sequence[Name] = (),
    terms: Sequence[Term] = (),
    kind: Kind = "translation",
    trusted: bool = True,
    lang: str = "en",
) -> Context:
    mine, yours = "\n".join(a for a, _ in pairs), "\n".join(b for _, b in pairs if b)
    return Context(
        "s", lang, kind, {"d": Document("d", "d", mine, "")}, {"r": {"d": Document("d", "d", yours, "")}},
        tuple(names), tuple(terms), {"d": trusted},
    )  # fmt: skip

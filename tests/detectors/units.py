"""Units made by hand for the detectors' tests."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.plugins import Registry
from evalkit.records import Context, Document, Finding, Kind, Name, Passage, Segment, Term, Unit

REGISTRY = Registry()


def passage(document: str, text: str, start: int, name: str, paragraph: int) -> Passage:
    segment = Segment(f"{document}:{paragraph}", document, start, start + len(text), text, "text", paragraph)
    return Passage((segment,), text, name)


def aligned(
    rows: Sequence[tuple[str, Sequence[str]]],
    *,
    kind: Kind = "translation",
    lang: str = "en",
    trusted: bool = True,
    terms: tuple[Term, ...] = (),
    names: tuple[Name, ...] = (),
) -> tuple[list[Unit], Context]:
    """1-1 units, one per row of candidate and references, all of one document with a line per row."""
    texts: dict[str, str] = {}
    units = []
    for number, (candidate, references) in enumerate(rows, 1):
        made = []
        for name, text in (("", candidate), *((f"r{i}", r) for i, r in enumerate(references))):
            start = len(texts.get(name, ""))
            texts[name] = texts.get(name, "") + text + "\n"
            made.append(passage("d", text, start, name, number))
        units.append(Unit(f"u{number}", "d", "1-1" if references else "added", 1.0, made[0], tuple(made[1:])))
    documents = {name: {"d": Document("d", "d", text, "")} for name, text in texts.items()}
    own = documents.pop("", {"d": Document("d", "d", "", "")})
    return units, Context("s", lang, kind, own, documents, names, terms, {"d": trusted})


def found(detector: str, candidate: str, *references: str, **settings: object) -> list[Finding]:
    """Findings of one detector in one candidate sentence."""
    units, context = aligned([(candidate, references)], **settings)  # type: ignore[arg-type]
    return list(REGISTRY.make("detector", detector).find(units, context))


def spans(detector: str, candidate: str, *references: str, **settings: object) -> list[tuple[str, str]]:
    """(rule, text) of the findings of one detector in one candidate sentence."""
    return [(f.rule, f.text) for f in found(detector, candidate, *references, **settings)]

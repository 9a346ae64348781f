"""The data of the page: the result as its script wants it, all text made visible and each text held once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from evalkit.records import SEVERITY_WEIGHTS, Finding, Side
from evalkit.records.lazy import Deferred, blocks, once
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.records.verdict_keys import keys_of
from evalkit.renderers import _facts as facts
from evalkit.renderers._source import Pieces
from evalkit.renderers._text import label, labels, quoted
from evalkit.renderers.page.read_first import disagreement
from evalkit.renderers.page.spans import Mark, Places
from evalkit.text.visible import visible
from evalkit.text.words import word_spans


class Sides:
    """What stands beside the candidates: the places of each reference, and the source with its own."""

    def __init__(self, result: Result) -> None:
        self.references = {ref.name: Places(ref.segments) for ref in result.references}
        self.pieces = Pieces(result)
        self.source = Places(self.pieces.segments)


class Texts:
    """Every text once, known by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def add(self, text: str) -> int:
        return self.numbers.setdefault(visible(text), len(self.numbers))


def payload(result: Result, targets: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """The data of the page; `targets` says where the marks of each chart lead."""
    texts, rules = Texts(), _rules(result)
    scope = (facts.scopes(result) or ("corpus",))[0]
    metrics = [m for m in facts.metrics(result, scope) if any(m in u.scores for s in result.systems for u in s.units)]
    sides = Sides(result)
    names = labels(tuple(s.name for s in result.systems), 60)
    return {
        "metrics": [
            {"title": facts.title(result, m), "better": facts.better(result, m), "says": facts.meaning(result, m)}
            for m in metrics
        ],
        "severities": facts.WORST_FIRST if facts.checked(result) else (),
        "weights": [SEVERITY_WEIGHTS[severity] for severity in facts.WORST_FIRST],
        "rules": [{"rule": quoted(r, 80), "category": quoted(c, 60), "mqm": quoted(m, 80)} for r, c, m in rules],
        "references": [
            {
                "name": label(ref.name),
                "lang": visible(ref.lang),
                "segments": [texts.add(s.text) for s in ref.segments],
                "words": [sum(1 for _ in word_spans(s.text)) for s in ref.segments],
            }
            for ref in result.references
        ],
        "source": _source(result, sides.pieces, texts),
        "systems": [_system(result, s, names[s.name], metrics, rules, texts, sides) for s in result.systems],
        "targets": targets,
        "texts": list(texts.numbers),
    }


def script_safe(data: Mapping[str, Any]) -> bytes:
    """JSON that cannot end the element it stands in, whatever the texts hold."""
    return msgspec.json.encode(data, enc_hook=_packed).replace(b"<", b"\\u003c")


def _packed(rows: Deferred[Any]) -> msgspec.Raw:
    """The rows of units or findings as JSON: those of a long text take many times as much as what is written."""
    return msgspec.Raw(b"[%b]" % b",".join(msgspec.json.encode(block)[1:-1] for block in blocks(once(rows))))


def _source(result: Result, pieces: Pieces, texts: Texts) -> dict[str, Any] | None:
    """The source in order, with the document of each of its pieces; None where there is none."""
    if result.source is None:
        return None
    documents = {document: n for n, document in enumerate(dict.fromkeys(s.document for s in pieces.segments))}
    return {
        "lang": visible(result.source.lang),
        "segments": [texts.add(segment.text) for segment in pieces.segments],
        "documents": [quoted(document, 60) for document in documents],
        "of": [documents[segment.document] for segment in pieces.segments],
    }


def _rules(result: Result) -> dict[tuple[str, str, str], int]:
    keys = sorted({(f.rule, f.category, f.mqm) for s in result.systems for f in s.standing})
    return {key: number for number, key in enumerate(keys)}


def _system(
    result: Result, system: SystemRecord, name: str, metrics: Sequence[str], rules: Mapping[tuple[str, str, str], int],
    texts: Texts, sides: Sides,
) -> dict[str, Any]:  # fmt: skip
    trusted = system in facts.trusted(result)
    shown = metrics if trusted else ()
    mine = {segment.id: number for number, segment in enumerate(system.segments)}
    theirs = [(ref.name, {s.id: n for n, s in enumerate(ref.segments)}) for ref in result.references]
    told = {f.unit for f in system.standing}
    numbers = {unit.id: n for n, unit in enumerate(system.units) if unit.id in told}
    documents = list(dict.fromkeys(unit.document for unit in system.units))
    order = {document: n for n, document in enumerate(documents)}
    own, keys, standing = Places(system.segments), keys_of(system), system.standing
    return {
        "name": name,
        "kind": system.kind,
        "lang": visible(system.lang),
        "trusted": trusted,
        "documents": [quoted(document, 60) for document in documents],
        "segments": [texts.add(segment.text) for segment in system.segments],
        "units": Deferred(
            len(system.units),
            lambda: (_unit(unit, order[unit.document], mine, theirs, sides.pieces) for unit in system.units),
        ),
        "scores": Deferred(
            len(system.units), lambda: (_scores(unit, shown) if _is_paired(unit) else None for unit in system.units)
        ),
        "apart": _apart(result, system, shown),
        "weight": system.quality.penalty if trusted else -1,
        "findings": Deferred(
            len(standing),
            lambda: (
                _finding(system, f, rules, numbers.get(f.unit, -1), own, sides, result, keys[f.id]) for f in standing
            ),
        ),
    }


def _apart(result: Result, system: SystemRecord, metrics: Sequence[str]) -> list[int | None]:
    """How far apart the metrics rank each unit; of paired units only, for the scores of a gap say nothing about its
    text."""
    if not metrics:
        return [None] * len(system.units)
    paired = {unit.id: unit.scores for unit in system.units if _is_paired(unit)}
    ranked = {metric: result.metrics[metric] for metric in metrics if facts.better(result, metric)}
    apart = dict(zip(paired, disagreement(list(paired.values()), ranked), strict=True))
    return [apart.get(unit.id) for unit in system.units]


def _is_paired(unit: UnitRecord) -> bool:
    return unit.candidate is not None and bool(unit.references)


def _unit(
    unit: UnitRecord, document: int, mine: Mapping[str, int], theirs: Sequence[tuple[str, Mapping[str, int]]],
    pieces: Pieces,
) -> list[Any]:  # fmt: skip
    """id, document, link, confidence, block, candidate segments, [reference segments of each reference], pieces of
    the source."""
    passages = {passage.reference: passage.segments for passage in unit.references or ()}
    return [
        quoted(unit.id, 40),
        document,
        unit.link if theirs else "",  # without a reference nothing is added to one
        round(unit.confidence, 2),
        unit.block,
        [mine[i] for i in unit.candidate.segments if i in mine] if unit.candidate else [],
        [[known[i] for i in passages.get(name, ()) if i in known] for name, known in theirs],
        pieces.of(unit),
    ]


def _scores(unit: UnitRecord, metrics: Sequence[str]) -> list[float | None] | None:
    found = [round(unit.scores[m], 2) if m in unit.scores else None for m in metrics]
    return found if any(value is not None for value in found) else None


def _judged(f: Finding) -> str:
    """What its reviewers say of a finding, to stand after its message."""
    return f" [judged {f.verdict}{': ' if f.note else ''}{f.note}]" if f.verdict else ""


def _finding(
    system: SystemRecord, f: Finding, rules: Mapping[tuple[str, str, str], int], unit: int, own: Places,
    sides: Sides, result: Result, key: str,
) -> list[Any]:  # fmt: skip
    """rule, severity, unit, marks here, marks in the references, quote, message, expected, place, confidence, key,
    marks in the source."""
    here = [*own.marks(f.document, f.start, f.end)] if f.side == "candidate" else []
    there = [
        [number, *mark]
        for number, ref in enumerate(result.references)
        for mark in _marks(f, "reference", ref.name, sides.references[ref.name])
    ]
    return [
        rules[(f.rule, f.category, f.mqm)],
        facts.WORST_FIRST.index(f.severity),
        unit,
        here,
        there,
        quoted(f.text, 300),
        quoted(f"{f.message}{_judged(f)}", 600),
        [] if any(form in f.message for form in f.expected) else [quoted(form, 120) for form in f.expected[:6]],
        quoted(facts.place(system, f), 80),
        round(f.confidence, 2),
        key,
        [*_marks(f, "source", "", sides.source)],
    ]


def _marks(f: Finding, side: Side, name: str, places: Places) -> Iterator[Mark]:
    """What a finding marks on another side than the candidate's: its own place, or what belongs to it."""
    if f.side == side and f.reference in ("", name):
        yield from places.marks(f.document, f.start, f.end)
    elif f.other and (f.other.side, f.other.reference) == (side, name):
        yield from places.marks(f.document, f.other.start, f.other.end)

"""Findings of one shard: written beside as Parquet, only their numbers come home."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from evalkit.errors import EvalkitError
from evalkit.plugins import Registry
from evalkit.records import Document, DocumentSet, Finding, Languages, Row, Side, Termbase
from evalkit.records.quality import expected_errors
from evalkit.run.parts import Parts, make_parts
from evalkit.run.pipeline import evaluated
from evalkit.run.read import Inputs
from evalkit.run.stages import silent
from evalkit.run.workers import Workers
from evalkit.shards.read import batches
from evalkit.shards.records import CheckWork, Failed, Work
from evalkit.shards.rows import write
from evalkit.shards.sums import packed
from evalkit.terms.load import load

ROWS = 2_000  # of a shard: as large a text as findings are made of in a few seconds, and its objects fit beside others
_made: dict[bytes, tuple[Parts, Termbase]] = {}  # by settings: a worker has many shards of one run


def attempt(work: Work) -> bytes | Failed:
    """The numbers of a shard's findings, as bytes; or why its input cannot be checked."""
    assert isinstance(work, CheckWork)  # noqa: S101
    try:
        with silent():
            return packed(_found(work))
    except EvalkitError as problem:
        return Failed(str(problem))


def parts_of(work: CheckWork) -> tuple[Parts, Termbase]:
    """The plug-ins and lists of the settings, made once in a process."""
    key = msgspec.json.encode([work.config, work.folder, work.plugins])
    if key not in _made:
        registry = Registry(work.plugins)
        lang = work.config.source.lang if work.config.source else ""
        paths = [str(Path(work.folder) / path) for path in (*work.config.terms, *work.config.names)]
        lists = load(paths, registry=registry, languages=Languages(work.config.language, lang))
        _made[key] = make_parts(work.config, registry), lists
    return _made[key]


def _found(work: CheckWork) -> dict[str, Any]:
    """`counts` by system, rule and severity; `chances` by system, how many findings have each chance to be true errors;
    `words` by system; `notes`, what a reader should know of the shard."""
    parts, lists = parts_of(work)
    columns = [*work.systems, *work.references, *([work.source] if work.source else [])]
    extra = [work.document] if work.document else []
    counts, chances = ({name: Counter[str]() for name in work.names} for _ in range(2))
    words, notes, first, written = [0] * len(work.names), list[str](), work.shard.first, list[dict[str, Any]]()
    for read in batches(work.shard, [*columns, *extra]):
        keys = read[-1] if extra else ["1"] * len(read[0])
        inputs = _inputs(work, read, keys, first)
        result = evaluated(work.config, Path(work.folder), inputs, parts, lists, Workers(), 1)
        rows = {side.name: _rows(side) for side in (*inputs.candidates, *inputs.references)}
        if inputs.source:
            rows[""] = _rows(inputs.source)
        for number, system in enumerate(result.systems):
            words[number] += system.words
            counts[system.name].update(f"{f.rule} {f.severity}" for f in system.standing)
            chances[system.name].update(repr(expected_errors(f)) for f in system.standing)
            written += [_row(f, system.name, rows) for f in system.findings]
        notes += [failure.message for failure in result.failures]
        first += len(keys)
    if work.rows_file:
        write(work, [_table(written)])
    tallies = {
        key: {name: dict(sorted(of.items())) for name, of in each.items()}
        for key, each in (("counts", counts), ("chances", chances))
    }
    return {**tallies, "words": words, "notes": notes}


def _inputs(work: CheckWork, read: Sequence[Sequence[str]], keys: Sequence[str], first: int) -> Inputs:
    config, systems, sides = work.config, len(work.systems), len(work.systems) + len(work.references)
    lang = config.source.lang if config.source else ""
    return Inputs(
        references=tuple(
            _side(name, "reference", config.language, texts, keys, first)
            for name, texts in zip(work.sides, read[systems:sides], strict=True)
        ),
        candidates=tuple(
            replace(_side(name, "candidate", each.lang or config.language, texts, keys, first), kind=each.kind)
            for name, each, texts in zip(work.names, config.candidate, read, strict=False)
        ),
        derived={},
        source=_side("source", "source", lang, read[sides], keys, first) if work.source else None,
    )


def _side(name: str, side: Side, lang: str, texts: Sequence[str], keys: Sequence[str], first: int) -> DocumentSet:
    """Documents of rows, each called by its number in the whole text."""
    members: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        members.setdefault(key, []).append(place)
    documents = []
    for key, places in members.items():
        rows, start = [], 0
        for place in places:
            rows.append(Row(str(first + place + 1), start, start + len(texts[place])))
            start = rows[-1].end + 1
        text = "\n".join(texts[place] for place in places)
        digest = hashlib.sha256(text.encode()).hexdigest()
        documents.append(Document(key, name, text, digest, lang, rows=tuple(rows)))
    return DocumentSet(name, side, name, tuple(documents), lang)


def _rows(side: DocumentSet) -> dict[str, Document]:
    return {document.id: document for document in side.documents}


def _row(finding: Finding, system: str, sides: dict[str, dict[str, Document]]) -> dict[str, Any]:
    name = {"candidate": system, "reference": finding.reference, "source": ""}[finding.side]
    row = sides[name][finding.document].row_at(finding.start)
    return {
        "system": system,
        "document": finding.document,
        "line": int(row.id) if row else 0,
        "column": finding.start - row.start + 1 if row else 0,
        "rule": finding.rule,
        "severity": finding.severity,
        "side": finding.side,
        "text": finding.text,
        "expected": list(finding.expected),
        "message": finding.message,
        "confidence": finding.confidence,
        "outvoted": finding.outvoted,
    }


def _table(rows: Sequence[dict[str, Any]]) -> Any:
    import pyarrow as pa

    kinds: dict[str, Any] = dict.fromkeys(
        ("system", "document", "rule", "severity", "side", "text", "message"), pa.string()
    )
    kinds |= {"line": pa.int64(), "column": pa.int64(), "expected": pa.list_(pa.string())}
    kinds |= {"confidence": pa.float64(), "outvoted": pa.bool_()}
    names = ("system", "document", "line", "column", "rule", "severity", "side", "text", "expected", "message")
    return pa.Table.from_pylist(
        list(rows), schema=pa.schema([(name, kinds[name]) for name in (*names, "confidence", "outvoted")])
    )


def notes_of(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What is to be said of the shards, each thing once with the number of shards it is said of."""
    said = Counter(note for each in found for note in dict.fromkeys(each["notes"]))
    for note, number in said.items():
        yield note if number == len(found) else f"{note} (of {number:,} of {len(found):,} shards)"

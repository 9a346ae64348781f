"""The units of lines beside lines as JSON lays them out, written from columns: no record is made of a unit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat

import msgspec

from evalkit.kernel.lines import DocumentLines
from evalkit.kernel.tables import PackedTable, Table
from evalkit.records.lazy import BLOCK
from evalkit.run.align import AlignedSystem
from evalkit.run.pairing import LinePairing
from evalkit.run.score import Measured

_encode = msgspec.json.Encoder().encode
# The last values of a `UnitRecord` of one line; a test holds all of it against the record's own JSON.
_END = b'}, "block": null, "source": null}'


def written_units(aligned: AlignedSystem, measured: Measured) -> Iterator[bytes] | None:
    """The JSON of a system's units, a block of lines at a time, the same as that of their records; None where units are
    not lines, or have a source. Raises ValueError for a number that JSON does not have."""
    pairing = aligned.pairing
    return _written(pairing, measured) if isinstance(pairing, LinePairing) and not aligned.sources else None


def _written(pairing: LinePairing, measured: Measured) -> Iterator[bytes]:
    tables = measured.tables
    scores = _of_metrics({metric: _numbers(measured.segments(metric)) for metric in tables})
    rows = _of_metrics({metric: _rows(table) for metric, table in tables.items()})
    names = [b'{"reference": ' + _encode(reference.side.name) + b", " for reference in pairing.references]
    for number, mine in enumerate(pairing.candidate.lines):
        document = _encode(mine.document.id)
        middle = b'", "document": ' + document + b', "link": "1-1", "confidence": 1.0, "candidate": {'
        theirs = map(_passages, [reference.lines[number] for reference in pairing.references], names)
        beside = (b", ".join(each) for each in zip(*theirs, strict=True)) if names else repeat(b"")
        # The numbers come first, so that nothing of the next document's is taken.
        columns = zip(range(1, len(mine) + 1), _passages(mine, b""), beside, scores, rows, strict=False)
        lines = (
            b'{"id": %b:%d%b%b, "references": [%b], "scores": {%b}, "rows": {%b%b'
            % (document[:-1], line, middle, own, others, score, row, _END)
            for line, own, others, score, row in columns
        )
        while block := b",\n".join(islice(lines, BLOCK)):
            yield block


def _passages(lines: DocumentLines, before: bytes) -> Iterator[bytes]:
    """Each line as the record of a passage: the candidate's without the brace that it begins with."""
    for segment, start, text in zip(lines.ids(), lines.starts, lines.texts, strict=True):
        values = (before, _encode(segment), start, start + len(text), _encode(text))
        yield b'%b"segments": [%b], "start": %d, "end": %d, "text": %b}' % values


def _of_metrics(columns: Mapping[str, Iterator[bytes]]) -> Iterator[bytes]:
    """What each unit has of every metric, without braces."""
    if not columns:
        return repeat(b"")
    keys = [_encode(metric) + b": " for metric in columns]
    return (b", ".join(map(bytes.__add__, keys, values)) for values in zip(*columns.values(), strict=True))


def _rows(table: Table | PackedTable) -> Iterator[bytes]:
    rows = iter(table)
    while block := list(islice(rows, BLOCK)):
        _refuse_others(chain.from_iterable(block))
        yield from (b"[%b]" % row for row in _encode(block)[2:-2].replace(b",", b", ").split(b"], ["))


def _numbers(values: Sequence[float]) -> Iterator[bytes]:
    for start in range(0, len(values), BLOCK):
        block = list(values[start : start + BLOCK])
        _refuse_others(block)
        yield from _encode(block)[1:-1].split(b",")


def _refuse_others(numbers: Iterable[float]) -> None:
    """JSON has no NaN, and the encoder would write null for one."""
    if not all(map(math.isfinite, numbers)):
        raise ValueError("Out of range float values are not JSON compliant")

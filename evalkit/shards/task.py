"""One shard, from its description to its sums. Runs wherever the files can be read and evalkit is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from evalkit.compare.scorers import make_scorers
from evalkit.errors import EvalkitError, InputError
from evalkit.kernel.batches import engine, measure_all
from evalkit.kernel.tables import Table
from evalkit.kernel.words import LineWords
from evalkit.plugins import Registry
from evalkit.plugins.protocols import Scorer
from evalkit.run.rows_cache import circumstances, digest
from evalkit.run.trust_lines import judge_lines
from evalkit.shards.index import MARK
from evalkit.shards.read import batches
from evalkit.shards.records import Column, Failed, Work
from evalkit.shards.rows import write
from evalkit.shards.sums import Number, added, by_item, packed
from evalkit.text.visible import shown

_made: dict[bytes, dict[str, Scorer]] = {}  # by the settings they were made from: a worker has many shards of one run


def attempt(work: Work) -> bytes | Failed:
    """What a shard comes to, as bytes; or why its input cannot be scored, which another try would not change."""
    try:
        return packed(counted(work))
    except EvalkitError as problem:
        return Failed(str(problem))


def scorers_of(work: Work) -> dict[str, Scorer]:
    """The scorers, made once in a process."""
    key = msgspec.json.encode([work.metrics, work.lang, work.plugins])
    if key not in _made:
        _made[key] = make_scorers(work.metrics, work.lang, Registry(work.plugins))
    return _made[key]


def identity(work: Work) -> list[str]:
    """What has to be the same wherever shards are counted: versions, the code, and what counts."""
    return [*circumstances(), *(f"{metric} by {engine(scorer)}" for metric, scorer in scorers_of(work).items())]


def counted(work: Work) -> dict[str, Any]:
    """The sums of a shard with what else a result says of it.

    `items` by key in the order of their first rows: lines, and by system and metric the sums; `words` and `blocks` (a
    hash of every thousand lines) by side; `doubts` by system, why its lines may not belong to those of the reference.
    """
    columns = [*work.systems, *work.references]
    extra = list(dict.fromkeys([*([work.document] if work.document else []), *(c for of in work.checked for c in of)]))
    scorers = scorers_of(work)
    items: dict[str, dict[str, Any]] = {}
    words, hashes = [0] * len(columns), [list[str]() for _ in columns]
    doubts: dict[str, str] = {}
    rows = _Rows(work) if work.rows_file else None
    first = work.shard.first
    for read in batches(work.shard, [*columns, *extra]):
        named = dict(zip(extra, read[len(columns) :], strict=True))
        _check_alike(work.checked, named, first)
        keys = named[work.document] if work.document else _blocks(first, len(read[0]), work.block)
        systems, references = read[: len(work.systems)], read[len(work.systems) : len(columns)]
        sides = [LineWords(texts) for texts in (*systems, *references)]
        for name, side in zip(work.names, sides, strict=False):
            trusted, reason = judge_lines(side, sides[len(systems)])
            if not trusted:
                doubts.setdefault(name, f"among lines {first + 1:,} to {first + len(keys):,}: {reason}")
        words = [number + side.total for number, side in zip(words, sides, strict=True)]
        for made, texts in zip(hashes, (*systems, *references), strict=True):
            made += [digest(texts[start : start + MARK]).hex() for start in range(0, len(texts), MARK)]
        tables = {metric: measure_all(scorer, systems, references) for metric, scorer in scorers.items()}
        _add(items, keys, tables, work.names)
        if rows:
            rows.add(first, keys, tables, scorers)
        first += len(keys)
    if rows:
        rows.close()
    return {
        "items": items,
        "words": words,
        "hashes": hashes,
        "doubts": doubts,
    }


def _blocks(first: int, number: int, size: int) -> list[str]:
    """The key of the block each line is in."""
    return [str(line // size) for line in range(first, first + number)]


def _add(
    items: dict[str, dict[str, Any]], keys: Sequence[str], tables: Mapping[str, Sequence[Table]], names: Sequence[str]
) -> None:
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    members = [places[key] for key in keys]
    lines = [0] * len(places)
    for place in members:
        lines[place] += 1
    for key, place in places.items():
        items.setdefault(key, {"lines": 0, "sums": {}})["lines"] += lines[place]
    for metric, each in tables.items():
        for name, table in zip(names, each, strict=True):
            sums = by_item(table, members, len(places), metric)
            for key, place in places.items():
                of: dict[str, list[Number]] = items[key]["sums"].setdefault(name, {})
                of[metric] = added(of[metric], sums[place]) if metric in of else sums[place]


def _check_alike(checked: Sequence[Sequence[Column]], named: Mapping[Column, Sequence[str]], first: int) -> None:
    """Raises InputError where tables name different documents or ids for one row."""
    for base, *others in checked:
        for other in others:
            if named[base] != named[other]:
                k = next(k for k, (a, b) in enumerate(zip(named[base], named[other], strict=True)) if a != b)
                raise InputError(
                    f"row {first + k + 1}: the {base.column!r} is {shown(named[base][k])} in one table and "
                    f"{shown(named[other][k])} in another; a stream is scored row by row, so bring them into one order"
                )


class _Rows:
    """The rows of a shard as a Parquet file: number of the line, its item, and by system and metric the score and the
    statistics. The file is there when it is whole."""

    def __init__(self, work: Work) -> None:
        self._work, self._parts = work, list[Any]()

    def add(
        self, first: int, keys: Sequence[str], tables: Mapping[str, Sequence[Table]], scorers: Mapping[str, Scorer]
    ) -> None:
        import numpy as np
        import pyarrow as pa

        from evalkit.kernel.batches import segments

        made: dict[str, Any] = {
            "line": pa.array(range(first + 1, first + len(keys) + 1), pa.int64()),
            "document" if self._work.document else "block": pa.array(keys, pa.string()),
        }
        for metric, each in tables.items():
            for name, table in zip(self._work.names, each, strict=True):
                made[f"score/{name}/{metric}"] = pa.array(np.frombuffer(segments(scorers[metric], table)))
                numbers = pa.array(np.frombuffer(bytes(table.data), dtype=np.float64))
                made[f"rows/{name}/{metric}"] = pa.FixedSizeListArray.from_arrays(numbers, table.width)
        self._parts.append(pa.table(made))

    def close(self) -> None:
        write(self._work, self._parts)

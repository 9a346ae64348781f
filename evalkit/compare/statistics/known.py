"""Tests of pairs, and the intervals of single systems, kept between runs: what two systems' rows give does not depend
on the other systems.

All pairs of one test over the same items are one entry, so that many systems do not make as many files as pairs. An
entry is written anew where there are new pairs; of two processes that do so at once one has kept nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, Protocol

import msgspec

from evalkit.compare.statistics.items import Keys, Pair
from evalkit.compare.statistics.null import Tested
from evalkit.compare.statistics.plan import Plan
from evalkit.plugins.protocols import Statistic
from evalkit.plugins.vetted import is_strange

if TYPE_CHECKING:
    from evalkit.compare.statistics.resampling import Matrix

# Items drawn in all trials: fewer are drawn about as fast as an entry is read.
_WORTH_KEEPING = 1_000_000
_MOST = 20_000  # pairs of an entry, some 150 bytes each
_Entry = dict[bytes, Tested]
_Interval = tuple[float, float]


class Memory(Protocol):
    """What keeps bytes by key, for this code and these packages alone."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> object: ...


def remembered(
    test: Callable[[Sequence[Pair]], dict[Pair, Tested]],
    rows: Mapping[Pair, Sequence[Matrix]],
    deltas: Mapping[Pair, float],
    of: tuple[Statistic, Plan, Keys, bool],
    memory: Memory | None,
) -> dict[Pair, Tested]:
    """What `test` gives for the pairs, those that are kept already without it.

    `rows` are all numbers that the test of a pair looks at, `deltas` what it must find as their difference, and `of`
    what all pairs have in common: the score, the settings, the items and whether these are documents.
    """
    scorer, plan, keys, _ = of
    if memory is None or is_strange(scorer) or len(keys) * plan.trials < _WORTH_KEEPING:
        return test(list(rows))
    key = _key(of)
    entry = _read(memory.get(key))
    once = {id(matrix): matrix for matrices in rows.values() for matrix in matrices}
    digests = {number: _digest(matrix) for number, matrix in once.items()}
    names = {
        pair: hashlib.sha256(b"".join(digests[id(matrix)] for matrix in matrices)).digest()
        for pair, matrices in rows.items()
    }
    known = {pair: entry[name] for pair, name in names.items() if name in entry and _fits(entry[name], deltas[pair])}
    new = [pair for pair in rows if pair not in known]
    found = known | (test(new) if new else {})
    if new:
        kept = {names[pair]: found[pair] for pair in rows}
        rest = {name: tested for name, tested in entry.items() if name not in kept}
        memory.put(key, msgspec.msgpack.encode(dict([*kept.items(), *rest.items()][:_MOST])))
    return {pair: found[pair] for pair in rows}


def remembered_interval(
    find: Callable[[], _Interval],
    rows: Matrix,
    scorer: Statistic,
    settings: tuple[int, int, float, bool],
    memory: Memory | None,
) -> _Interval:
    """The interval that `find` gives for the score of the rows, if it is kept already without it. `settings` are all it
    depends on besides: trials, seed, confidence, and whether the rows are of documents."""
    if memory is None or is_strange(scorer) or len(rows) * settings[0] < _WORTH_KEEPING:
        return find()
    what = ["interval", *_identity(scorer), _digest(rows).hex(), *map(repr, settings)]
    key = hashlib.sha256("\x1f".join(what).encode("utf-8", "surrogatepass")).hexdigest()
    content = memory.get(key)
    if content is not None:
        with suppress(msgspec.MsgspecError):
            low, high = msgspec.msgpack.decode(content, type=_Interval)
            if low <= high and isfinite(low) and isfinite(high):
                return low, high
    found = find()
    memory.put(key, msgspec.msgpack.encode(found))
    return found


def _key(of: tuple[Statistic, Plan, Keys, bool]) -> str:
    scorer, plan, keys, by_document = of
    what = ["tests", *_identity(scorer), repr(tuple(plan)), str(by_document), *keys]
    return hashlib.sha256("\x1f".join(what).encode("utf-8", "surrogatepass")).hexdigest()


def _identity(scorer: Statistic) -> list[str]:
    """Which score it is, with its options and what counts it."""
    fields: dict[str, object] = getattr(scorer, "__dataclass_fields__", {})
    options = [f"{name}={getattr(scorer, name)!r}" for name in fields]
    counted = scorer.engine() if hasattr(scorer, "engine") else ""
    name = f"{type(scorer).__module__}.{type(scorer).__qualname__}"
    return [name, *options, str(counted), str(getattr(scorer, "identity", ""))]


def _digest(matrix: Matrix) -> bytes:
    return hashlib.sha256(f"{matrix.shape}\n".encode() + matrix.tobytes()).digest()


def _read(content: bytes | None) -> _Entry:
    try:
        return msgspec.msgpack.decode(content, type=_Entry) if content is not None else {}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}


def _fits(tested: Tested, delta: float) -> bool:
    """Whether an entry may be what the test gives: it may have been changed."""
    numbers = (*tested[:5], *tested.superiority, tested.decisive)
    low, high = tested.superiority
    sound = all(map(isfinite, numbers)) and 0 < tested.p_value <= tested.decisive <= 1 and tested.error >= 0
    return sound and tested.delta == delta and tested.low <= delta <= tested.high and 0 <= low <= high <= 1

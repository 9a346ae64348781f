"""Results of long texts, read so that their units stay JSON: what a comparison looks at it takes from column after
column, and two such results as records would take half a gigabyte."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import msgspec

from evalkit.records.lazy import blocks
from evalkit.records.packed import Packed
from evalkit.records.result import Result, SystemRecord, UnitRecord

LONG = 32_000_000  # bytes from which on a result is one: two megabytes of prose make as much


class _System(SystemRecord, frozen=True, kw_only=True):
    units: msgspec.Raw  # type: ignore[assignment]


class _Result(Result, frozen=True, kw_only=True):
    systems: tuple[_System, ...]


def long_result(content: bytes) -> Result:
    """The result of a JSON text; raises msgspec's errors where it is none."""
    read = msgspec.json.decode(content, type=_Result)
    systems = tuple(SystemRecord(**{**_fields(s, SystemRecord), "units": _packed(s.units)}) for s in read.systems)
    return Result(**{**_fields(read, Result), "systems": systems})


def _fields(record: Any, kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in kind.__struct_fields__}


def _packed(units: msgspec.Raw) -> Packed[UnitRecord]:
    """The units, each of which has been looked at."""
    found = msgspec.json.decode(units, type=list[msgspec.Raw])
    decode = msgspec.json.Decoder(tuple[UnitRecord, ...]).decode

    def make() -> Iterator[UnitRecord]:
        return chain.from_iterable(decode(b"[%b]" % b",".join(map(bytes, block))) for block in blocks(found))

    packed = Packed(len(found), make, UnitRecord)
    packed.pack()
    return packed

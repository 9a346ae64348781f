"""Packed records are equal to those they are made of, and take less memory."""

from __future__ import annotations

import pickle
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.records import json as jsonio
from evalkit.records import packed as packing
from evalkit.records.findings import Failure
from evalkit.records.lazy import once, picked, unkept
from evalkit.records.packed import MANY, Packed, gathered, in_order
from evalkit.records.result import PassageRecord, UnitRecord
from tests.results import small_result

ITEMS = tuple(Failure("read", "", "", str(number), "text") for number in range(2500))


def packed() -> Packed[Failure]:
    return Packed(len(ITEMS), lambda: iter(ITEMS), Failure)


def test_packed_records_are_those_they_were_made_of() -> None:
    items = packed()
    assert len(items) == len(ITEMS)
    assert items == ITEMS == tuple(items) == tuple(once(items)) == tuple(unkept(items)) == items.whole()
    assert hash(items) == hash(ITEMS)
    assert (items[0], items[-1], items[998:1003], items[::-900]) == (
        ITEMS[0], ITEMS[-1], ITEMS[998:1003], ITEMS[::-900],
    )  # fmt: skip
    with pytest.raises(IndexError):
        items[len(ITEMS)]
    assert pickle.loads(pickle.dumps(items)) == ITEMS


def test_any_place_can_be_asked_for() -> None:
    items, draw = packed(), random.Random(1)
    places = sorted(draw.sample(range(len(ITEMS)), 300))
    assert list(picked(items, places)) == [ITEMS[place] for place in places]
    draw.shuffle(places)
    assert [items[place] for place in places] == [ITEMS[place] for place in places]


def test_what_fits_no_schema_is_an_error_of_the_result() -> None:
    bad = Packed(1, lambda: iter([Failure("read", "", "", "", 5)]), Failure)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not a result of evalkit"):
        list(bad)


def test_a_long_result_is_read_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = jsonio.dumps(small_result())
    usual = jsonio.loads(text)
    monkeypatch.setattr(jsonio, "LONG", 0)
    long = jsonio.loads(text)
    assert isinstance(long.systems[0].units, Packed)
    assert long == usual
    assert jsonio.dumps(long) == text
    assert type(long) is type(usual)


def test_a_result_is_read_however_it_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonio, "_AT_ONCE", 3)  # fewer bytes than some characters have
    text = jsonio.dumps(small_result()).replace('"name": "', '"name": "né\u4e2d\U0001f600', 1)
    usual = jsonio.loads(text)
    for content in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), b"\n" + text.encode()):
        (tmp_path / "r.json").write_bytes(content)
        assert jsonio.read(tmp_path / "r.json") == usual
    for content, told in ((text.encode()[:-3] + b"\xff", "not UTF-8"), (b"{\0}", "NUL"), (b"{\xc3", "not UTF-8")):
        (tmp_path / "r.json").write_bytes(content)
        with pytest.raises(InputError, match=told):
            jsonio.read(tmp_path / "r.json")


def test_a_long_result_with_an_error_tells_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonio, "LONG", 0)
    text = jsonio.dumps(small_result()).replace('"link": "1-1"', '"link": 11', 1)
    with pytest.raises(InputError, match=r"systems\[.\]\.units\[.\]\.link"):
        jsonio.loads(text)


def units(number: int) -> tuple[UnitRecord, ...]:
    passages = (PassageRecord((f"d:{n}",), 7 * n, 7 * n + 6, f"w{n:05}") for n in range(number))
    return tuple(UnitRecord(f"u:{n}", "d", "added", 0.5, p, None, {}, {}) for n, p in enumerate(passages))


@pytest.mark.slow
def test_units_of_a_long_result_take_half_the_memory_where_they_are_only_looked_at() -> None:
    result, made = small_result(), units(MANY + 1)
    long = replace(result, systems=(replace(result.systems[0], units=made),), disagreements=())
    tracemalloc.start()
    (system,) = jsonio.seen(long, rows=False).systems
    assert sum(1 for _ in system.units) == len(made)
    kept, _ = tracemalloc.get_traced_memory()
    read = tuple(system.units)
    whole = tracemalloc.get_traced_memory()[0] - kept
    tracemalloc.stop()
    assert read == made
    assert kept < whole / 2


def test_records_are_packed_as_they_come() -> None:
    made = 0

    def coming() -> Iterator[Failure]:
        nonlocal made
        for item in ITEMS:
            made += 1
            yield item

    items = Packed.of(coming(), Failure)
    assert (len(items), items, made) == (len(ITEMS), ITEMS, len(ITEMS))
    assert len(items.packed()) == 3
    assert Packed.again(items.packed(), len(items), Failure) == ITEMS
    assert gathered(ITEMS, Failure) == list(ITEMS)
    few, many = (gathered(iter(ITEMS), Failure, most) for most in (len(ITEMS), len(ITEMS) - 1))
    assert isinstance(few, list)
    assert isinstance(many, Packed)
    assert tuple(few) == many == ITEMS


@pytest.mark.parametrize("most", [1, 7, 100, 2500, 3000])
def test_packed_records_are_sorted_as_a_list_is(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MANY", most)
    mixed = list(ITEMS[:400] if most < 100 else ITEMS)
    random.Random(2).shuffle(mixed)
    assert list(in_order(iter(mixed), lambda f: int(f.unit) % 9, Failure)) == sorted(
        mixed, key=lambda f: int(f.unit) % 9
    )
    assert list(in_order([], str, Failure)) == []

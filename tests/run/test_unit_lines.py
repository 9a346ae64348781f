"""Units of lines are written without being made, as their records would be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.kernel.tables import PackedTable, Table
from evalkit.records import json as jsonio
from evalkit.records import layout
from evalkit.records.config import parse
from evalkit.records.lazy import Deferred, written
from evalkit.run import unit_lines

ODD = ['a "quoted" \\ word', "", " café \u2028 中文 \U0001f600", "tab\there {}, [1], : 2", "\x7f</script>", "a b c d"]


def evaluated(folder: Path, metrics: list[str], documents: list[str], **settings: Any) -> Any:
    for number, name in enumerate(("ref", "other", "a")):
        rows = [
            json.dumps({"doc": d, "text": ODD[(i + number) % len(ODD)], "id": f"{i}"})
            for d in documents
            for i in range(7)
        ]
        (folder / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    data = {"name": "t", "metrics": metrics, "align": "lines", "detectors": [], "candidate": [{"path": "a.jsonl"}]}
    data |= {"reference": [{"path": "ref.jsonl"}, {"path": "other.jsonl"}], **settings}
    return evalkit.evaluate(parse(data, "test"), folder=folder)


@pytest.mark.parametrize("block", [3, 1000])
@pytest.mark.parametrize("metrics", [["bleu"], ["chrf", "ter", "wer"]])
def test_the_same_as_of_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metrics: list[str], block: int
) -> None:
    monkeypatch.setattr(unit_lines, "BLOCK", block)
    units = evaluated(tmp_path, metrics, ['d "1"', "zwei,", "[3]"]).systems[0].units
    found = written(units)
    assert found is not None
    text = b",\n".join(found)
    assert isinstance(units, Deferred)
    assert units._make is not None  # no record was made
    assert text == layout._block(list(units))
    assert text.count(b"\n") == len(units) - 1


def test_what_was_read_back_is_written_so_too_and_without_rows_it_is_not(tmp_path: Path) -> None:
    result = evaluated(tmp_path, ["chrf"], ["d"])
    assert written(jsonio.seen(result).systems[0].units) is not None
    assert written(jsonio.seen(result, rows=False).systems[0].units) is None
    assert jsonio.dumps(jsonio.seen(result)) == jsonio.dumps(result) == jsonio.dumps(jsonio.loads(jsonio.dumps(result)))


def test_a_source_is_written_with_the_records(tmp_path: Path) -> None:
    result = evaluated(tmp_path, ["chrf"], ["d"], source={"path": "other.jsonl"})
    assert written(result.systems[0].units) is None
    assert '"source": {"segments"' in jsonio.dumps(result)


def test_packed_rows_are_written_too_and_what_is_no_number_is_refused(tmp_path: Path) -> None:
    rows = [(1.0, 2.5), (1e308, -0.0)]
    assert list(unit_lines._rows(PackedTable(Table.of(rows)))) == [b"[1.0, 2.5]", b"[1e308, -0.0]"]
    for wrong in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="Out of range"):
            list(unit_lines._rows(Table.of([(1.0, wrong)])))
        with pytest.raises(ValueError, match="Out of range"):
            list(unit_lines._numbers([wrong]))

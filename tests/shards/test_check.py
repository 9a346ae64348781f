"""Findings of files that are read in parts: those of the rows in memory, written beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.cli import main
from evalkit.errors import ConfigError
from evalkit.records.config import parse
from evalkit.records.json import dumps
from evalkit.shards.checked import check_stream
from evalkit.shards.run import Settings

pq = pytest.importorskip("pyarrow.parquet")

GOOD = [
    "The minister arrived in Bishkek on 5 May with 12 advisers.",
    "Nobody expected the talks to fail.",
    "The treaty was signed by Sadyr Japarov.",
    "Trade grew by 7.5 percent last year.",
]
BAD = [
    "The minister arrived in Bishkek on 6 May with 21 advisers.",
    "Nobody expected the talks to fail fail.",
    "The treaty was signed by Sadir Zhaparow",
    "Trade  grew by 75 percent last year.",
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = [
        {"text": BAD[k % 4] if k % 5 == 0 else GOOD[k % 4], "reference": GOOD[k % 4], "doc": f"d{k // 8}", "id": str(k)}
        for k in range(40)
    ]
    path = tmp_path / "s.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def config(table: Path, **more: Any) -> Any:
    candidate = [{"path": str(table), "name": "s"}]
    return parse({"candidate": candidate, "metrics": [], "align": "lines", "segment": "lines", **more}, "the test")


@pytest.mark.slow
def test_findings_are_those_in_memory(table: Path, tmp_path: Path) -> None:
    found = check_stream(config(table), Settings(rows=str(tmp_path / "rows")))
    rows = pq.read_table(tmp_path / "rows").to_pylist()
    (system,) = evalkit.evaluate(config(table)).systems
    mine = sorted((r["document"], r["line"], r["rule"], r["severity"], r["text"], r["message"]) for r in rows)
    assert mine == sorted((f.document, f.line, f.rule, f.severity, f.text, f.message) for f in system.findings)
    assert {"number-mismatch", "repetition"} <= {row["rule"] for row in rows}
    assert found.result.systems[0].quality == system.quality
    assert sum(found.counts["s"].values()) == len(system.standing)
    assert "|seen:2000-rows" in found.result.signature
    path = tmp_path / "result.json"
    path.write_text(dumps(found.result))
    assert evalkit.read_result(path).systems[0].quality == system.quality


@pytest.mark.slow
def test_lines_keep_their_numbers_and_processes_change_nothing(tmp_path: Path) -> None:
    lines = [*(GOOD * 300)[:1100], BAD[0], *(GOOD * 3)]
    (tmp_path / "s.txt").write_text("\n".join(lines) + "\n")
    (tmp_path / "r.txt").write_text("\n".join([*(GOOD * 300)[:1100], GOOD[0], *(GOOD * 3)]) + "\n")
    settings = config(
        tmp_path / "s.txt", reference=[{"path": str(tmp_path / "r.txt")}], detectors=["numbers"], name="check"
    )
    found = [
        check_stream(settings, Settings(rows=str(tmp_path / f"rows{jobs}"), jobs=jobs, shard_rows=1000))
        for jobs in (1, 2)
    ]
    assert {row["line"] for row in pq.read_table(tmp_path / "rows1").to_pylist()} == {1101}
    assert found[0].counts == found[1].counts
    parts = [sorted((tmp_path / f"rows{jobs}").iterdir()) for jobs in (1, 2)]
    assert [path.read_bytes() for path in parts[0]] == [path.read_bytes() for path in parts[1]]


def test_beside_a_source_alone(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Der Minister kam am 6. Mai.\nAlles ist gut.\n")
    (tmp_path / "zh.txt").write_text("The minister came on 5 May.\nAll is well.\n")
    settings = config(tmp_path / "s.txt", source={"path": str(tmp_path / "zh.txt"), "lang": "en"}, lang="de")
    check_stream(settings, Settings(rows=str(tmp_path / "rows")))
    rules = {(row["rule"], row["line"]) for row in pq.read_table(tmp_path / "rows").to_pylist()}
    assert ("date-mismatch", 1) in rules or ("number-mismatch", 1) in rules


def test_the_command(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*line: str) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.argv", ["evalkit", "check", str(table), "--jobs", "1", *line])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        return (code, *capsys.readouterr())

    code, out, said = run("--engine", "local", "--rows", str(tmp_path / "rows"), "--fail-on", "minor")
    assert code == 1
    assert out.startswith("s: ")
    assert "number-mismatch" in out
    assert "of minor or worse" in said
    assert run("--engine", "local")[0] == 2
    assert run("--engine", "local", "--rows", str(tmp_path / "rows"), "-f", "html")[0] == 2


def test_what_needs_the_findings_themselves_is_refused(table: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--rows"):
        check_stream(config(table), Settings())
    with pytest.raises(ConfigError, match="baseline"):
        check_stream(config(table, gate={"baseline": "b.json"}), Settings(rows=str(tmp_path / "rows")))

"""Scores of files that are read in parts: the same as in memory, whatever the layout."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.cli import main
from evalkit.errors import ConfigError, EvalkitError, InputError
from evalkit.records.config import RunConfig, parse
from evalkit.records.json import dumps
from evalkit.shards import run as streams
from evalkit.shards.run import Settings, stream
from evalkit.text.files import _prefix

LINES = 2_345
WORDS = ["the", "river", "was", "seen", "by", "a", "minister", "in", "Bishkek", "today", "7", "reports", "Straße", "水"]


def texts(seed: int, lines: int = LINES) -> list[str]:
    """Lines of words, some empty; another seed changes some words of each."""
    made = []
    for k in range(lines):
        words = [WORDS[(k * 7 + j * (j + 3)) % len(WORDS)] for j in range(k % 13)]
        made.append(" ".join(w if (k + j + seed) % 4 else WORDS[(k + seed) % 9] for j, w in enumerate(words)))
    return made


SYSTEMS, REFERENCES = [texts(1), texts(2)], [texts(0), texts(3), texts(5)]
METRICS = ["bleu", "chrf", "ter", "wer"]


def config(candidates: Sequence[Path], references: Sequence[Path], **settings: Any) -> RunConfig:
    plain = {
        "candidate": [{"path": str(path)} for path in candidates],
        "reference": [{"path": str(path)} for path in references],
        "align": "lines",
        "detectors": [],
        "metrics": METRICS,
        "statistics": {"test": "none"},
    }
    return parse({**plain, **settings}, "the test")


def write(folder: Path, name: str, lines: Sequence[str], end: str = "\n", start: str = "") -> Path:
    path = folder / name
    path.write_bytes((start + end.join(lines) + end).encode())
    return path


def scores(result: evalkit.Result) -> dict[tuple[str, str], tuple[float, str]]:
    return {(s.name, score.metric): (score.value, score.detail) for s in result.systems for score in s.scores}


@pytest.fixture
def files(tmp_path: Path) -> tuple[list[Path], list[Path]]:
    mine = [write(tmp_path, f"s{k}.txt", lines) for k, lines in enumerate(SYSTEMS)]
    return mine, [write(tmp_path, f"r{k}.txt", lines) for k, lines in enumerate(REFERENCES[:2])]


SMALL = Settings(shard_rows=1000)


def test_scores_are_those_in_memory_to_the_last_bit(tmp_path: Path) -> None:
    """A byte order mark, line ends of two bytes, and a last line without an end."""
    mine = [write(tmp_path, "a.txt", SYSTEMS[0], "\r\n", "\ufeff"), tmp_path / "b.txt"]
    mine[1].write_text("\n".join([*SYSTEMS[1][:-1], "the end"]), encoding="utf-8")
    settings = config(mine, [write(tmp_path, f"r{k}", lines) for k, lines in enumerate(REFERENCES[:2])])
    whole, parts = evalkit.evaluate(settings), stream(settings, SMALL)
    assert scores(parts) == scores(whole)
    assert [(s.words, s.alignment.links, s.alignment.coverage) for s in parts.systems] == [
        (s.words, s.alignment.links, s.alignment.coverage) for s in whole.systems
    ]
    assert [(r.name, r.words) for r in parts.references] == [(r.name, r.words) for r in whole.references]


def test_any_layout_gives_the_same_bytes(tmp_path: Path, files: tuple[list[Path], list[Path]]) -> None:
    settings = config(*files)
    first = dumps(stream(settings, SMALL))
    assert dumps(stream(settings, Settings(shard_rows=2000))) == first
    assert dumps(stream(settings, Settings())) == first
    for number, size in enumerate((999, 1000, 1346)):
        write(tmp_path, f"p{9 + number}.txt", SYSTEMS[0][sum((999, 1000, 1346)[:number]) :][:size])
    several = config([tmp_path / "p*.txt"], files[1])
    assert scores(stream(several, SMALL))["p", "chrf"] == scores(stream(settings, SMALL))["s0", "chrf"]


def test_tables_with_documents(tmp_path: Path) -> None:
    """JSONL, TSV and Parquet; tests and intervals over documents are those in memory."""
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    documents = [f"d{k // 97}" for k in range(LINES)]
    ids = [f"{document}-{k}" for k, document in enumerate(documents)]
    rows = [
        [
            {"text": text, "reference": reference, "doc": document, "id": name}
            for text, reference, document, name in zip(lines, REFERENCES[0], documents, ids, strict=True)
        ]
        for lines in SYSTEMS
    ]
    jsonl = [write(tmp_path, f"s{k}.jsonl", [json.dumps(row) for row in each]) for k, each in enumerate(rows)]
    tsv = [
        write(tmp_path, f"s{k}.tsv", ["\t".join(each[0]), "", *("\t".join(row.values()) for row in each)])
        for k, each in enumerate(rows)
    ]
    parquet = [tmp_path / f"s{k}.parquet" for k in range(2)]
    for path, each in zip(parquet, rows, strict=True):
        pq.write_table(pa.Table.from_pylist(each), path, row_group_size=700)
    tests = {"confidence": True, "test": "randomisation", "trials": 50, "unit": "document"}
    whole = evalkit.evaluate(config(jsonl, [], statistics=tests, metrics=["bleu", "chrf"]))
    for paths in (jsonl, tsv, parquet):
        found = stream(config(paths, [], statistics=tests, metrics=["bleu", "chrf"]), SMALL)
        assert scores(found) == scores(whole)
        assert [(s.low, s.high) for s in found.systems[0].scores] == [(s.low, s.high) for s in whole.systems[0].scores]
        for mine, theirs in zip(found.comparisons, whole.comparisons, strict=True):
            assert (mine.delta, mine.low, mine.high, mine.p_value) == (
                theirs.delta,
                theirs.low,
                theirs.high,
                theirs.p_value,
            )
        assert "|drawn:documents" in found.signature
        assert found.systems[0].scores[0].signature.endswith("|drawn:documents")


def test_without_documents_blocks_of_lines_are_drawn(tmp_path: Path) -> None:
    mine = [write(tmp_path, f"s{k}", texts(k, 12_000)) for k in (1, 2)]
    settings = config(mine, [write(tmp_path, "r", texts(0, 12_000))], metrics=["chrf"], statistics={"trials": 100})
    found = stream(settings, SMALL)
    assert "|drawn:blocks-of-1000-lines" in found.signature
    assert "12 blocks of 1,000 lines drawn whole" in found.comparisons[0].verdict
    assert found.rankings


def test_a_mean_of_three_references_is_exact(tmp_path: Path) -> None:
    """Of TER with three references the statistics are thirds; no cut moves the sum."""
    mine = [write(tmp_path, "s.txt", SYSTEMS[0])]
    settings = config(mine, [write(tmp_path, f"r{k}", r) for k, r in enumerate(REFERENCES)], metrics=["ter"])
    assert dumps(stream(settings, SMALL)) == dumps(stream(settings, Settings()))
    value = scores(evalkit.evaluate(settings))["s", "ter"][0]
    assert scores(stream(settings, SMALL))["s", "ter"][0] == pytest.approx(value, rel=1e-14)


def test_rows_are_written_beside_and_add_up(tmp_path: Path, files: tuple[list[Path], list[Path]]) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    found = stream(config(*files, metrics=["bleu"]), Settings(shard_rows=1000, rows=str(tmp_path / "rows")))
    table = pq.read_table(tmp_path / "rows")
    assert table["line"].to_pylist() == list(range(1, LINES + 1))
    assert set(table["block"].to_pylist()) == {"0", "1", "2"}
    total = [sum(map(int, column)) for column in zip(*table["rows/s0/bleu"].to_pylist(), strict=True)]
    from evalkit import Registry

    assert Registry().make("scorer", "bleu").value(total) == scores(found)["s0", "bleu"][0]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="holds thesis"):
        stream(config(*files), Settings(rows=str(tmp_path / "mine")))


def test_rows_take_the_place_of_their_own_alone(
    files: tuple[list[Path], list[Path]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither a table of the user's nor rows of other systems; and what was kept is of the rows that are there."""
    pq, pa = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "rows"
    chosen = Settings(shard_rows=1000, rows=str(folder))
    first, second = (config([path], files[1], metrics=["bleu"]) for path in files[0][:2])
    stream(first, chosen)
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    stream(first, chosen)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
    for other in (second, config([files[0][0]], files[1], metrics=["chrf"])):
        with pytest.raises(InputError, match="evalkit did not write it for these"):
            stream(other, chosen)
    stream(second, replace(chosen, overwrite=True))
    with pytest.raises(InputError, match="evalkit did not write it for these"):
        stream(first, chosen)
    stream(first, replace(chosen, overwrite=True))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made, "not those of the other system"
    for mine in (b"weeks of work", None):
        path = folder / "part-000001.parquet"
        path.write_bytes(mine) if mine else pq.write_table(pa.table({"mine": [1]}), path)
        before = path.read_bytes()
        with pytest.raises(InputError, match=r"part-000001\.parquet is there"):
            stream(first, chosen)
        assert path.read_bytes() == before
    (folder / "part-000001.parquet").unlink()
    stream(first, chosen)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made


def test_two_runs_at_once_do_not_mix_their_rows(
    tmp_path: Path, files: tuple[list[Path], list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked at an empty folder, both ended well, and the parts of the one took the place of the other's."""
    pytest.importorskip("pyarrow")
    chosen = Settings(shard_rows=1000, rows=str(tmp_path / "new" / "rows"))
    both, really = Barrier(2), streams.counted

    def slowly(*given: Any) -> Any:
        with suppress(BrokenBarrierError):
            both.wait(0.5)  # where both may count at once they do
        return really(*given)

    monkeypatch.setattr(streams, "counted", slowly)
    settings = [config([path], files[1], metrics=["bleu"]) for path in files[0][:2]]
    with ThreadPoolExecutor(2) as pool:
        ends = [each.exception() for each in [pool.submit(stream, each, chosen) for each in settings]]
    assert sorted(type(end).__name__ for end in ends) == ["InputError", "NoneType"], ends
    with pytest.raises(InputError, match="no such file"):
        stream(config([tmp_path / "none.txt"], files[1]), replace(chosen, rows=str(tmp_path / "other")))
    assert not (tmp_path / "other").exists()


def test_what_was_counted_is_not_counted_again(
    files: tuple[list[Path], list[Path]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    settings = config(*files, metrics=["bleu"])
    first = dumps(stream(settings, SMALL))

    class Idle:
        def each(self, task: object, works: object) -> Any:
            raise AssertionError(works)
            yield

    monkeypatch.setattr(streams, "engine_of", lambda *_: Idle())
    assert dumps(stream(settings, SMALL)) == first
    with pytest.raises(AssertionError):
        stream(config(*files, metrics=["bleu", "chrf"]), SMALL)
    files[0][0].write_text("\n".join(["another"] * LINES) + "\n")
    with pytest.raises(AssertionError):
        stream(settings, SMALL)


def test_a_shard_that_cannot_be_read_is_named_by_its_rows(tmp_path: Path, files: tuple[list[Path], list[Path]]) -> None:
    lines = files[0][0].read_bytes().split(b"\n")
    lines[1500] = b"caf\xe9"
    files[0][0].write_bytes(b"\n".join(lines))
    with pytest.raises(InputError, match=r"rows 1,001 to 2,000 \(.*s0.txt\): .*s0.txt:1501: byte 3 .* is not UTF-8"):
        stream(config(*files), SMALL)
    found = stream(config(*files), Settings(shard_rows=1000, allow_missing=True))
    assert found.systems[0].alignment.links["1-1"] == LINES - 1000
    assert "rows 1,001 to 2,000" in found.failures[0].message
    assert "|missing:1-of-3-shards" in found.signature


def test_lines_that_do_not_belong_together_are_not_trusted(
    tmp_path: Path, files: tuple[list[Path], list[Path]]
) -> None:
    shifted = write(tmp_path, "late.txt", [*REFERENCES[0][:1200], *REFERENCES[0][1201:], "more"])
    (late,) = stream(config([shifted], files[1]), SMALL).systems
    assert not late.alignment.trusted
    assert "among lines 1,001 to 2,000" in late.alignment.reason


def refused(
    paths: Sequence[Path], references: Sequence[Path], kind: type[EvalkitError], match: str, **more: Any
) -> None:
    with pytest.raises(kind, match=match):
        stream(config(paths, references, **more), SMALL)


def test_what_cannot_be_streamed_is_refused_in_words(tmp_path: Path, files: tuple[list[Path], list[Path]]) -> None:
    short = write(tmp_path, "short.txt", SYSTEMS[0][:-1])
    refused([short], files[1], InputError, f"{LINES - 1} lines and .* {LINES}")
    refused([tmp_path], files[1], InputError, "is a folder")
    refused([tmp_path / "no*.txt"], files[1], InputError, "no file is called so")
    refused([write(tmp_path, "t.csv", ["text", "a"])], files[1], ConfigError, "cannot be read in parts")
    refused(files[0], files[1], ConfigError, "--align", align="document")
    refused(files[0], [], ConfigError, "no reference")
    refused([write(tmp_path, "n.jsonl", ['{"target": "x"}'])], files[1], InputError, "no column 'text'")
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    refused([empty], files[1], InputError, "is empty")
    blank = tmp_path / "blank.txt"
    blank.write_text("\ufeff" + "\u3000 \n" * LINES, encoding="utf-8")
    refused([blank], files[1], InputError, "is empty")
    refused(files[0], [blank], InputError, "is empty")
    tables = [
        write(
            tmp_path,
            f"{side}.jsonl",
            [json.dumps({"text": "x", "id": f"{side if k == 1 else ''}{k}"}) for k in range(3)],
        )
        for side in "ab"
    ]
    refused(tables[:1], tables[1:], InputError, "row 2: the 'id' is 'a1' in one table and 'b1' in another")


def test_the_command(
    files: tuple[list[Path], list[Path]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*line: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["evalkit", "score", *line, "-r", str(files[1][0])])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        return (code if isinstance(code, int) else 0, *capsys.readouterr())

    mine = str(files[0][0])
    assert run(mine, "-b", "-w", "9", "--engine", "local", "--jobs", "1")[1] == run(mine, "-b", "-w", "9")[1]
    code, _, said = run(str(files[0][0].parent / "s*.txt"))
    assert (code, "add --engine local" in said) == (2, True)
    code, _, said = run(mine, "--allow-missing")
    assert (code, "--engine" in said) == (2, True)
    assert run(mine, "--engine", "spark")[0] == 2
    code, _, said = run(mine, "--engine", "local", "-o", mine)
    assert (code, "also an input" in said) == (2, True)


def test_a_killed_run_is_run_again_and_no_old_part_passes_for_a_new_one(
    tmp_path: Path, files: tuple[list[Path], list[Path]]
) -> None:
    """What a killed process left is no file of the user's; a column, a row or a value of the user's is, though the
    program that wrote it has kept what the file says of itself."""
    pq, pa = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    folder = tmp_path / "rows"
    settings, chosen = config(files[0][:1], files[1], metrics=["bleu"]), Settings(shard_rows=1000, rows=str(folder))
    stream(settings, chosen)
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    killed = folder / f"{_prefix()}999999999-x.tmp"
    killed.write_text("half")
    stream(settings, chosen)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made
    part = folder / "part-000001.parquet"
    table = pq.read_table(part)
    said = pq.read_metadata(part).metadata[b"evalkit"]
    changed = table.set_column(0, table.schema.field(0), pa.array([7, *table[0].to_pylist()[1:]], table[0].type))
    assert changed != table
    for mine in (table.append_column("mine", pa.array(["x"] * len(table))), table.slice(0, 10), changed):
        pq.write_table(mine.replace_schema_metadata({"evalkit": said}), part, compression="zstd")
        with pytest.raises(InputError, match=r"part-000001\.parquet is there"):
            stream(settings, chosen)
    part.write_bytes(made[part.name])
    lines = files[0][0].read_bytes().split(b"\n")
    lines[1500] = b"caf\xe9"
    files[0][0].write_bytes(b"\n".join(lines))
    with pytest.raises(InputError, match="not UTF-8"):
        stream(settings, chosen)
    stream(settings, replace(chosen, allow_missing=True))
    assert {path.name for path in folder.iterdir()} == {*made} - {part.name}


def test_no_table_of_scores_lies_among_those_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evalkit.cli.streams import _refuse_among_rows

    monkeypatch.chdir(tmp_path)
    for output, rows in (("rows/1.parquet", "rows"), ("rows/../rows/1.PARQUET", str(tmp_path / "rows"))):
        with pytest.raises(ConfigError, match="among the tables"):
            _refuse_among_rows(output, rows)
    for output, rows in (("1.parquet", "rows"), ("rows/scores.json", "rows"), ("-", "rows"), ("rows/1.parquet", "")):
        _refuse_among_rows(output, rows)

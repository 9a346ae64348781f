"""A metric that needs the source alone is scored, tested and reported as any other."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from evalkit.cli import main

PLUGIN = '''
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Near:
    """How near the length of a text is to that of its source, in per cent."""

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "near"
    better: ClassVar[str] = "higher"
    needs: ClassVar[tuple[str, ...]] = ("candidate", "source")

    def measure(self, units):
        return [(float(abs(len(u.candidate.text if u.candidate else "") - len(u.source.text))),
                 float(len(u.source.text))) for u in units]

    def value(self, row):
        return 100 - 100 * row[0] / row[1] if row[1] else 0.0

    def segment(self, row):
        return self.value(row)

    def signature(self, nrefs):
        return f"near|nrefs:{nrefs}"
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "near.py").write_text(PLUGIN, encoding="utf-8")
    source = [f"Der Zug Nummer {n} fährt heute nicht bis zum Bahnhof." for n in range(24)]
    (tmp_path / "src.txt").write_text("\n".join(source) + "\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("\n".join(source) + "\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n".join(line[: 20 + n] for n, line in enumerate(source)) + "\n", encoding="utf-8")
    return tmp_path


def said(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["evalkit", *line.split()])
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


SCORE = "score a.txt b.txt -s src.txt -m near --plugin near.py"


def test_it_is_tested(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = said(f"{SCORE} --paired-ar --confidence -f json", capsys, monkeypatch)
    result = json.loads(out)
    (found,) = result["comparisons"]
    assert (code, found["outcome"], found["items"]) == (0, "worse", 24)
    values = [system["scores"][0]["value"] for system in result["systems"]]
    assert found["delta"] == pytest.approx(values[1] - values[0])


def test_two_results_are_compared(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        said(f"score {name}.txt -s src.txt -m near --plugin near.py -f json -o {name}.json", capsys, monkeypatch)
    code, out, err = said("compare a.json b.json --plugin near.py", capsys, monkeypatch)
    assert (code, err) == (0, "")
    assert "near" in out


def test_the_report_says_what_was_done(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = said(f"{SCORE} -f markdown", capsys, monkeypatch)
    assert "No reference was given: the texts were scored by what needs no reference." in out
    assert "nothing was evaluated" not in out


def test_a_source_of_another_length_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "src.txt").write_text("Eins.\nZwei.\n", encoding="utf-8")
    code, _, err = said(SCORE, capsys, monkeypatch)
    assert code == 2
    assert "needs the source of every line" in err
    assert "give a source with as many lines as the candidate" in err


def test_a_table_stands_beside_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [json.dumps({"id": str(n), "doc": "d", "text": "The train is late."}) for n in range(3)]
    (folder / "t.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "r.txt").write_text("The train is late.\n" * 3, encoding="utf-8")
    code, out, _ = said("score t.jsonl -r r.txt -m chrf -b", capsys, monkeypatch)
    assert (code, out) == (0, "100.00\n")

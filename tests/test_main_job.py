"""The main job: run again, it gives the committed reports byte for byte; the controls are refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.records.json import read
from evalkit.records.result import Result

pytestmark = pytest.mark.slow

COMMITTED = Path("reports") / "sco-2020"


@pytest.fixture(scope="module")
def again(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh run from a copy of the inputs, under another hash seed, locale and folder."""
    import shutil

    copy = tmp_path_factory.mktemp("elsewhere")
    for name in ("seeds", "references", "evalkit.toml"):
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONPATH": str(root), "COLUMNS": "40"}
    command = [sys.executable, "-m", "evalkit", "run", "--jobs", "2"]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return copy / COMMITTED


@pytest.fixture(scope="module")
def result(again: Path) -> Result:
    return read(again / "result.json")


def test_the_committed_reports_are_reproduced_byte_for_byte(root: Path, again: Path) -> None:
    files = {p.relative_to(again).as_posix() for p in again.rglob("*") if p.is_file()}
    committed = {p.relative_to(root / COMMITTED).as_posix() for p in (root / COMMITTED).rglob("*") if p.is_file()}
    assert files == committed
    different = [name for name in sorted(files) if _content(again / name) != _content(root / COMMITTED / name)]
    assert different == [], "run `evalkit run` and commit the reports"


def _content(path: Path) -> bytes:
    """The file; of a result without its engines: they say whether the kernel was there, and move no number."""
    content = path.read_bytes()
    return re.sub(rb'"engine": "[^"]*"', b"", content) if path.name == "result.json" else content


def test_renderings_are_trusted_and_controls_are_not(result: Result) -> None:
    trusted = {system.name: system.alignment.trusted for system in result.systems}
    assert trusted == {
        "xinhua-summary": True,
        "machine-translated-report": True,
        "ambassador-interview": False,
        "pre-summit-briefing": False,
    }
    assert all(system.alignment.reason for system in result.systems)


def test_the_controls_are_compared_with_nobody(result: Result) -> None:
    compared = {name for c in result.comparisons for name in (c.baseline, c.system)}
    assert compared == {"xinhua-summary", "machine-translated-report"}


def test_spans_are_the_texts_they_name(root: Path, result: Result) -> None:
    texts = {system.name: (root / system.path).read_text(encoding="utf-8") for system in result.systems}
    reference = (root / result.references[0].path).read_text(encoding="utf-8")
    for system in result.systems:
        for finding in system.findings:
            text = texts[system.name] if finding.side == "candidate" else reference
            assert text[finding.start : finding.end] == finding.text
            line = text.split("\n")[finding.line - 1]
            assert line[finding.column - 1 :].startswith(finding.text.split("\n")[0])
        for segment in system.segments:
            assert texts[system.name][segment.start : segment.end] == segment.text


def test_the_furniture_left_out_is_recorded(result: Result) -> None:
    (reference,) = result.references
    assert [item.line for item in reference.left_out] == [1, 5, 65, 66, 67]
    assert reference.derived_from == "seeds/001_9ad0c85d99907b88.txt"


def test_every_segment_is_in_exactly_one_unit(result: Result) -> None:
    for system in result.systems:
        mine = [i for unit in system.units if unit.candidate for i in unit.candidate.segments]
        theirs = [i for unit in system.units for p in unit.references or () for i in p.segments]
        assert sorted(mine) == sorted(segment.id for segment in system.segments)
        assert sorted(theirs) == sorted(segment.id for segment in result.references[0].segments)


@pytest.mark.usefixtures("plain_sums")
def test_scores_are_the_librarys_on_the_same_segments(result: Result) -> None:
    import jiwer
    import sacrebleu

    assert sum(bool(system.scores) for system in result.systems) >= 2
    for system in result.systems:
        paired = [unit for unit in system.units if unit.candidate and unit.references]
        if not paired:
            continue
        hypotheses = [unit.candidate.text for unit in paired if unit.candidate]
        references = [unit.references[0].text for unit in paired if unit.references]
        values = {score.metric: score.value for score in system.scores if score.scope == "aligned"}
        assert values["bleu"] == sacrebleu.corpus_bleu(hypotheses, [references]).score
        assert values["chrf"] == sacrebleu.corpus_chrf(hypotheses, [references]).score
        assert values["ter"] == sacrebleu.corpus_ter(hypotheses, [references]).score
        assert values["wer"] == 100 * jiwer.wer(references, hypotheses)

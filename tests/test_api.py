"""The Python API: what the README shows."""

from __future__ import annotations

from pathlib import Path

import pytest
import sacrebleu

import evalkit


@pytest.mark.usefixtures("plain_sums")
def test_score_check_and_render(tmp_path: Path) -> None:
    (tmp_path / "ref.txt").write_text("The cat sat on the mat.\nIt rained in Paris on 5 May.\n")
    (tmp_path / "a.txt").write_text("The cat sat on the the mat.\nIt rained in Paris on 6 May.\n")
    result = evalkit.score({"mine": tmp_path / "a.txt"}, tmp_path / "ref.txt", metrics=["bleu", "chrf"])
    (system,) = result.systems
    lines = [(tmp_path / name).read_text().splitlines() for name in ("a.txt", "ref.txt")]
    assert system.name == "mine"
    assert system.scores[0].value == sacrebleu.corpus_bleu(lines[0], [lines[1]]).score
    assert str(tmp_path) not in evalkit.render(result, "json")

    checked = evalkit.check(tmp_path / "a.txt", tmp_path / "ref.txt")
    assert {"repetition", "date-mismatch"} <= {f.rule for f in checked.systems[0].findings}
    evalkit.write_reports(checked, tmp_path / "out")
    assert evalkit.read_result(tmp_path / "out" / "result.json") == checked

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


HYPOTHESES = ["The cat sat on the the mat.", "It rained in Paris on 6 May.", "Two\nlines in one segment."]
REFERENCES = ["The cat sat on the mat.", "It rained in Paris on 5 May.", "Two\nlines in a segment."]


@pytest.mark.usefixtures("plain_sums")
def test_texts_need_no_files() -> None:
    result = evalkit.score(evalkit.Lines(HYPOTHESES), evalkit.Lines(REFERENCES), metrics=["bleu"])
    (system,) = result.systems
    assert system.scores[0].value == sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES]).score
    assert (system.name, system.path) == ("candidate", "text:candidate")
    assert [u.candidate.text for u in system.units if u.candidate] == HYPOTHESES
    assert evalkit.render(result, "markdown")


@pytest.mark.usefixtures("plain_sums")
def test_texts_and_files_stand_beside_each_other(tmp_path: Path) -> None:
    (tmp_path / "ref.txt").write_text("The cat sat on the mat.\nIt rained in Paris on 5 May.\n")
    systems = {"gpt-4.5": evalkit.Lines(HYPOTHESES[:2]), "old": evalkit.Lines(REFERENCES[:2])}
    result = evalkit.score(systems, [tmp_path / "ref.txt", evalkit.Lines(REFERENCES[:2])], metrics=["bleu"])
    assert [s.name for s in result.systems] == ["gpt-4.5", "old"]
    references = [REFERENCES[:2], REFERENCES[:2]]
    assert result.systems[0].scores[0].value == sacrebleu.corpus_bleu(HYPOTHESES[:2], references).score


def test_findings_in_a_text_have_its_lines() -> None:
    result = evalkit.check(
        {"mine": evalkit.Text("It rained  in Paris.\nOn 6 May it rained.\n")},
        evalkit.Text("It rained in Paris. On 5 May it rained.\n"),
    )
    found = {(f.rule, f.line) for f in result.systems[0].findings}
    assert {("whitespace", 1), ("date-mismatch", 2)} <= found


def test_lines_with_ids_are_paired_by_them() -> None:
    result = evalkit.score(
        evalkit.Lines(["Two words.", "One word."], ids=[2, 1]),
        evalkit.Lines(["One word.", "Two words."], ids=[1, 2]),
        metrics=["cer"],
    )
    assert result.systems[0].scores[0].value == 0
    assert result.config["align"] == "id"


def test_systems_are_compared_on_request() -> None:
    systems = {"a": evalkit.Lines(HYPOTHESES * 10), "b": evalkit.Lines(REFERENCES * 10)}
    result = evalkit.score(
        systems, evalkit.Lines(REFERENCES * 10), test="randomisation", confidence=True, baseline="a", trials=100
    )
    assert [(c.system, c.baseline) for c in result.comparisons][:1] == [("b", "a")]
    assert all(score.low is not None for s in result.systems for score in s.scores)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: evalkit.score(["The cat sat."], ["The cat sat."]), r"give(n)? as evalkit.Lines"),
        (lambda: evalkit.Lines("The cat sat."), "takes a list of texts"),
        (lambda: evalkit.Lines([]), "is empty"),
        (lambda: evalkit.Lines(["a", None]), "NoneType"),  # type: ignore[list-item]
        (lambda: evalkit.Lines(["a", "b"], ids=[1, 1]), "no two alike"),
        (lambda: evalkit.Text(" "), "is empty"),
        (lambda: evalkit.Text(["a"]), "a list is evalkit.Lines"),  # type: ignore[arg-type]
        (lambda: evalkit.score(evalkit.Lines(["\ud83d"]), evalkit.Lines(["a"])), "lone surrogate"),
    ],
)
def test_what_is_no_text_is_said(wrong: object, message: str) -> None:
    with pytest.raises(evalkit.EvalkitError, match=message):
        wrong()  # type: ignore[operator]

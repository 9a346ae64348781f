"""Scorecards: the arithmetic of MQM's linear model, what counts, limits, documents, the gate, the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.records.result import SystemRecord
from evalkit.records.scorecard import ScorecardConfig
from evalkit.records.verdict_keys import keys_of
from evalkit.records.verdicts import Verdict
from evalkit.review import file
from evalkit.review.apply import applied
from evalkit.review.scorecard import scorecards
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.results import small_result

ALL = ScorecardConfig(counts="all")


def judged(*verdicts: str) -> SystemRecord:
    """The first system of the small result (critical, major, minor, major, neutral), its findings judged in order."""
    system = small_result().systems[0]
    words = (*verdicts, *[""] * (len(system.findings) - len(verdicts)))
    findings = tuple(replace(f, verdict=word) for f, word in zip(system.findings, words, strict=True))
    return replace(system, findings=findings)


def test_the_sum_is_number_times_points_times_factor() -> None:
    config = ScorecardConfig(counts="all", severities={"minor": 2, "critical": 10}, categories={"names": 1.5})
    (card,) = scorecards([judged()], config)
    lines = {
        (line.category, line.severity): (line.number, line.points, line.factor, line.penalty) for line in card.lines
    }
    assert lines == {
        ("numbers", "critical"): (1, 10, 1, 10), ("names", "major"): (1, 5, 1.5, 7.5),
        ("names", "minor"): (1, 2, 1.5, 3), ("terminology", "major"): (1, 5, 1, 5),
        ("conventions", "neutral"): (1, 0, 1, 0),
    }  # fmt: skip
    assert card.penalty == 25.5
    assert card.score == pytest.approx(100 * (1 - 25.5 / card.words))
    assert card.per_words == pytest.approx(1000 * 25.5 / card.words)
    assert card.passed is None


def test_a_rule_is_weighed_before_its_type_and_that_before_its_category() -> None:
    system = judged()
    first = system.findings[0]
    for given, factor in (
        ({first.category: 2.0}, 2.0), ({first.category: 2.0, first.mqm: 3.0}, 3.0),
        ({first.category: 2.0, first.mqm: 3.0, first.rule: 0.0}, 0.0),
    ):  # fmt: skip
        (card,) = scorecards([replace(system, findings=(first,))], ScorecardConfig(counts="all", categories=given))
        assert card.lines[0].factor == factor


def test_only_what_people_call_right_is_an_error() -> None:
    (card,) = scorecards([judged("right", "wrong", "unsure", "disputed")], ScorecardConfig(threshold=50))
    assert [(line.category, line.number) for line in card.lines] == [("numbers", 1)]
    assert card.penalty == 25
    assert card.open == 1


@pytest.mark.parametrize(
    ("limits", "reasons"),
    [
        ({"threshold": -1000.0}, []),
        ({"threshold": 99.0}, ["the score"]),
        ({"max_penalty": 1.0}, ["points per 1,000 words are more than 1"]),
        ({"max_critical": 1}, []),
        ({"max_critical": 0}, ["1 critical error, at most 0 allowed"]),
        ({"threshold": 99.0, "max_critical": 0}, ["the score", "critical error"]),
    ],
)
def test_limits(limits: dict[str, float], reasons: list[str]) -> None:
    (card,) = scorecards([judged("right")], ScorecardConfig(**limits))  # type: ignore[arg-type]
    assert card.passed is (not reasons)
    assert len(card.reasons) == len(reasons)
    assert all(part in said for part, said in zip(reasons, card.reasons, strict=True))


def test_without_words_there_is_nothing_to_pass() -> None:
    (card,) = scorecards([replace(judged(), words=0, findings=())], ScorecardConfig(threshold=99))
    assert (card.passed, card.score, card.reasons) == (None, 100.0, ())


def test_each_document_has_a_card_and_they_add_up(run: Run, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("a", "He said ,that. The the end.\n"), ("b", "A text without an error.\n")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    config = '[[candidate]]\npath = "texts"\n[scorecard]\ncounts = "all"\nthreshold = 99.5\n[gate]\nscorecard = true\n'
    (tmp_path / "evalkit.toml").write_text('output = "out"\n' + config, encoding="utf-8")
    code, _, err = run("run")
    assert code == 1
    assert "texts: the scorecard fails: the score" in err
    result = evalkit.read_result(tmp_path / "out" / "result.json")
    whole, *documents = result.scorecards
    assert (whole.document, whole.passed) == ("", False)
    assert [card.passed for card in documents] == [False, True]
    assert sum(int(card.penalty) for card in documents) == whole.penalty
    report = evalkit.render(result, "markdown")
    assert "Scorecard" in report
    assert f"100 × (1 − {whole.penalty:.2f} / {whole.words})" in report


def test_a_verdict_moves_the_card(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He said ,that. The the end.\n", encoding="utf-8")
    config = 'verdicts = "v.tsv"\n[[candidate]]\npath = "a.txt"\n[scorecard]\nthreshold = 99\n'
    (tmp_path / "evalkit.toml").write_text(config, encoding="utf-8")
    settings, base = evalkit.load_config(tmp_path / "evalkit.toml")
    before = evalkit.evaluate(settings, folder=base)
    assert before.scorecards[0].passed is True
    assert before.scorecards[0].open > 0
    found = [f for f in before.systems[0].findings if f.rule == "repetition"]
    verdicts = [Verdict(keys_of(before.systems[0])[f.id], "right", f.rule) for f in found]
    file.write(tmp_path / "v.tsv", verdicts)
    after = evalkit.evaluate(settings, folder=base)
    assert after.scorecards[0].passed is False
    assert applied(before, verdicts, "v.tsv").scorecards == after.scorecards


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[scorecard]\nthreshhold = 3\n", "did you mean 'threshold'"),
        ("[scorecard]\ncategories = { names = -1 }\n", ">= 0"),
        ("[scorecard]\nseverities = { huge = 3 }\n", "huge"),
        ("[gate]\nscorecard = true\n", "there is none; add [scorecard]"),
    ],
)
def test_a_wrong_scorecard_is_told(run: Run, table: str, said: str) -> None:  # noqa: F811
    Path("a.txt").write_text("A text.\n", encoding="utf-8")
    Path("evalkit.toml").write_text(f'[[candidate]]\npath = "a.txt"\n{table}', encoding="utf-8")
    code, _, err = run("run")
    assert code == 2
    assert said in err

"""Findings the configuration says to ignore: which, why, how many; entries nothing fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records.config import parse
from evalkit.records.json import dumps, loads
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate

pytestmark = pytest.mark.slow

TEXT = "The the hall was full ,, of guests.\nThey met in in Rome.\n"


def run(tmp_path: Path, *ignores: dict[str, str]) -> Result:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    config = parse({"candidate": [{"path": "a.txt"}], "metrics": [], "ignore": list(ignores)}, "evalkit.toml")
    return evaluate(config, folder=tmp_path)


def rules(result: Result) -> list[str]:
    return [f.rule for f in result.systems[0].findings]


def test_ignored_findings_are_in_no_figure_and_counted(tmp_path: Path) -> None:
    every = run(tmp_path)
    result = run(tmp_path, {"rule": "repet*", "reason": "a poem"})
    assert rules(every).count("repetition") == 2
    assert rules(result) == [rule for rule in rules(every) if rule != "repetition"]
    (item,) = result.systems[0].suppressed
    assert (item.ignore, item.reason, item.count, item.rules) == (1, "a poem", 2, {"repetition": 2})
    assert result.systems[0].quality.penalty == every.systems[0].quality.penalty - 2
    assert [f.id for f in result.systems[0].findings] == [f"f{n}" for n in range(1, len(rules(result)) + 1)]
    assert loads(dumps(result)) == result
    assert result.signature != every.signature


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ({"text": "in  in"}, 1),
        ({"pattern": "(?i)^the"}, 1),
        ({"path": "*.txt"}, 0),
        ({"path": "b*"}, 2),
        ({"system": "a", "rule": "repetition"}, 0),
        ({"system": "b", "rule": "repetition"}, 2),
        ({"text": "in in", "rule": "casing"}, 2),
    ],
)
def test_everything_an_entry_gives_must_fit(tmp_path: Path, entry: dict[str, str], left: int) -> None:
    assert rules(run(tmp_path, {**entry, "reason": "why"})).count("repetition") == left


def test_an_entry_that_fits_nothing_is_a_note(tmp_path: Path) -> None:
    result = run(tmp_path, {"rule": "casing", "text": "Rom", "reason": "old"}, {"rule": "*", "reason": "all"})
    (failure,) = result.failures
    assert "[[ignore]] number 1 (rule 'casing', text 'Rom') matches no finding" in failure.message
    assert rules(result) == []


def test_the_report_says_what_was_left_out_and_why(tmp_path: Path) -> None:
    text = Registry().make("renderer", "markdown").render(run(tmp_path, {"rule": "repetition", "reason": "a <b>poem"}))
    assert "2 findings left out" in text
    assert "repetition 2" in text
    assert "poem" in text
    assert "<b>" not in text


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"rule": "x"}, "reason"),
        ({"rule": "x", "reason": ""}, "reason"),
        ({"rule": "x", "reason": "  "}, "the reason is empty"),
        ({"reason": "r"}, "would leave out everything"),
        ({"text": "a", "pattern": "a", "reason": "r"}, "choose one"),
        ({"pattern": "(", "reason": "r"}, "no regular expression"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(tmp_path: Path, entry: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        run(tmp_path, entry)


def test_a_pattern_without_end_is_an_error_that_names_its_entry(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"The hall {'x' * 4000} {'x' * 4000} was full.\n", encoding="utf-8")
    data = {
        "candidate": [{"path": "a.txt"}],
        "metrics": [],
        "rule": [{"id": "custom-x", "pattern": "x{4000}", "message": "m"}],
        "ignore": [{"rule": "custom-x", "pattern": r"(?:x+x+)+y", "reason": "r"}],
    }
    with pytest.raises(ConfigError, match=r"\[\[ignore\]\] number 1 .*takes more than"):
        evaluate(parse(data, "evalkit.toml"), folder=tmp_path)

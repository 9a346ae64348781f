"""The user's own rules that find nothing are reported, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.records.config import parse
from evalkit.run.pipeline import evaluate


def notes(tmp_path: Path, **rule: str) -> list[str]:
    (tmp_path / "a.txt").write_text("The guests met in Rome.\n", encoding="utf-8")
    given = {"id": "custom-it", "pattern": "Rome", "message": "m", **rule}
    config = parse({"candidate": [{"path": "a.txt"}], "metrics": [], "rule": [given]}, "evalkit.toml")
    return [f.message for f in evaluate(config, folder=tmp_path).failures]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"lang": "fr"}, "is for texts in 'fr'; the candidates are in 'en'"),
        ({"pattern": "(?=Rome)"}, "matches only places of no width"),
        ({"pattern": "Paris"}, "matched nothing in any candidate"),
        ({"side": "reference"}, "looks at the reference, but there is no such text"),
    ],
)
def test_a_rule_that_finds_nothing_is_reported(tmp_path: Path, rule: dict[str, str], reason: str) -> None:
    (message,) = notes(tmp_path, **rule)
    assert message.startswith(f"rule 'custom-it' {reason}")


@pytest.mark.parametrize("rule", [{}, {"lang": "en-GB"}, {"pattern": "x*Rome|"}])
def test_a_rule_that_finds_something_is_not(tmp_path: Path, rule: dict[str, str]) -> None:
    assert notes(tmp_path, **rule) == []


def test_a_finding_that_is_ignored_counts_as_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The guests met in Rome.\n", encoding="utf-8")
    rule = {"id": "custom-it", "pattern": "Rome", "message": "m"}
    settings = {"candidate": [{"path": "a.txt"}], "metrics": [], "rule": [rule]}
    config = parse({**settings, "ignore": [{"rule": "custom-it", "reason": "known"}]}, "evalkit.toml")
    assert evaluate(config, folder=tmp_path).failures == ()

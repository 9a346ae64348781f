"""Rules of the user's own: what they find, how they are refused, and that no pattern hangs a run."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from evalkit.errors import ConfigError
from evalkit.records import CustomRule, Finding
from evalkit.records.config import parse
from evalkit.text.patterns import TooSlowError, find_all
from tests.detectors.units import REGISTRY, aligned

CATASTROPHIC = r"(?:x+x+)+y"


def apply(rule: CustomRule, candidate: str, *references: str, lang: str = "en", seconds: float = 1.0) -> list[Finding]:
    units, context = aligned([(candidate, references)], lang=lang)
    detector = REGISTRY.make("detector", {"name": "custom", "seconds": seconds})
    return list(detector.find(units, replace(context, rules=(rule,))))


def test_a_rule_speaks_of_every_place_with_its_own_words() -> None:
    rule = CustomRule("custom-big", r"\bbig\b", "use `large`", "style", "major", expected=("large",))
    found = apply(rule, "A big hall and a big door, bigger than ever.")
    assert [(f.start, f.text) for f in found] == [(2, "big"), (17, "big")]
    assert {(f.rule, f.category, f.severity, f.message, f.expected) for f in found} == {
        ("custom-big", "style", "major", "use `large`", ("large",))
    }


def test_a_rule_keeps_to_its_side_and_language() -> None:
    rule = CustomRule("custom-x", "hall", "m", side="reference")
    assert [(f.side, f.reference) for f in apply(rule, "A hall.", "The hall.")] == [("reference", "r0")]
    assert apply(CustomRule("custom-x", "hall", "m", lang="de"), "A hall.") == []
    assert len(apply(CustomRule("custom-x", "hall", "m", lang="en"), "A hall.", lang="en-GB")) == 1


def test_an_empty_match_is_no_finding() -> None:
    assert apply(CustomRule("custom-x", "q*", "m"), "A hall.") == []


def test_a_pattern_without_end_is_one_error_that_names_its_rule() -> None:
    started = time.perf_counter()
    with pytest.raises(ConfigError, match=r"'custom-slow'.*takes more than 0\.2 s"):
        apply(CustomRule("custom-slow", CATASTROPHIC, "m"), "x" * 3000, seconds=0.2)
    assert time.perf_counter() - started < 10
    with pytest.raises(TooSlowError):
        find_all(CATASTROPHIC, "x" * 3000, 0.1)


@settings(max_examples=50, deadline=None)
@given(pattern=st.text(min_size=1, max_size=12), text=st.text(max_size=40))
def test_any_pattern_is_refused_or_answers_with_places_in_the_text(pattern: str, text: str) -> None:
    try:
        hits = find_all(pattern, text)
    except ValueError:
        return
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"id": "custom-a", "pattern": "(", "message": "m"}, "'custom-a': the pattern '\\(' is no regular expression"),
        ({"id": "custom-a", "pattern": "", "message": "m"}, "empty; write what to look for"),
        ({"id": "mine", "pattern": "a", "message": "m"}, "the id must be `custom-`"),
        ({"id": "custom-a", "pattern": "a", "message": " "}, "the message is empty"),
        ({"id": "custom-a", "pattern": "a", "message": "m", "sevrity": "major"}, "did you mean 'severity'"),
        ({"id": "custom-a", "pattern": "a"}, "message"),
        ({"id": "custom-a", "pattern": "a", "message": "m", "severity": "bad"}, "severity"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse({"candidate": [{"path": "a.txt"}], "rule": [rule]}, "evalkit.toml")


def test_rules_that_would_not_run_are_refused() -> None:
    data = {"candidate": [{"path": "a.txt"}], "rule": [{"id": "custom-a", "pattern": "a", "message": "m"}]}
    with pytest.raises(ConfigError, match='add "custom"'):
        parse({**data, "detectors": ["names"]}, "evalkit.toml")
    assert parse({**data, "detectors": ["*"]}, "evalkit.toml").rule[0].severity == "minor"
    with pytest.raises(ConfigError, match="is there twice"):
        parse({**data, "rule": data["rule"] * 2}, "evalkit.toml")

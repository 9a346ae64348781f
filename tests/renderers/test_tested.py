"""What reports say of the tests: when a difference counts as shown, and why interval and verdict differ."""

from __future__ import annotations

from msgspec.structs import replace

import evalkit
from evalkit.records.comparison import Comparison
from evalkit.records.crossing import crossing
from evalkit.records.result import Result
from evalkit.renderers._tested import crossings, how_tested

BARE = Comparison(
    metric="penalty_per_1000_words", scope="document", baseline="mt", system="good", delta=-90.0, low=-200.0, high=-5.0,
    p_value=0.03, p_adjusted=0.03, test="paired approximate randomisation", trials=1000, seed=1, wins=5, ties=5,
    losses=0, verdict="", outcome="better", resampled="segments", items=10, correction="holm", corrected_for=1,
)  # fmt: skip
BOOTSTRAP = replace(BARE, test="paired bootstrap", sides=1, level=0.0086, p_value=0.01, p_adjusted=0.01, outcome="none")
RESULT = evalkit.score({"a": evalkit.Lines(["x"])}, evalkit.Lines(["x"]))


def test_where_interval_and_verdict_agree_nothing_is_said() -> None:
    assert crossing(BARE) == ""
    assert crossing(replace(BARE, low=-200.0, high=20.0, outcome="none")) == ""
    assert crossing(replace(BARE, outcome="untested")) == ""
    assert crossing(replace(BARE, low=None, high=None)) == ""


def test_each_reason_is_said_in_plain_words() -> None:
    seen = replace(BARE, p_one_more=0.41, p_adjusted=0.41, outcome="none")
    assert "one more critical finding in good" in crossing(seen)
    assert "p = 0.4100" in crossing(seen)
    assert "critical finding in mt" in crossing(replace(seen, delta=90.0, low=5.0, high=200.0))
    many = replace(BARE, p_adjusted=0.09, corrected_for=3, outcome="none")
    assert "corrected for the 3 pairs p is 0.0900" in crossing(many)
    assert "p must be at most 0.0086, since it counts one direction only" in crossing(BOOTSTRAP)
    assert "only 10 items" in crossing(BOOTSTRAP)
    assert "the test decides" in crossing(replace(BARE, high=3.0))


def test_one_paragraph_says_which_measures_have_which_level() -> None:
    metrics = replace(BOOTSTRAP, metric="ter")
    said = how_tested(RESULT, [metrics, replace(BOOTSTRAP, items=11, level=0.0098)])
    assert said.count("Test: ") == said.count("one-sided, so half") == 1
    assert "0.0086 for ter (10 items) or 0.0098 for penalty per 1,000 words (11 items)" in said
    assert "half of alpha" not in said
    same = how_tested(RESULT, [metrics, BOOTSTRAP])
    assert "at most 0.0086 (" in same
    assert "only 10 items" in same
    assert how_tested(RESULT, [BARE]).endswith("A difference counts as shown if p is at most 0.05.")
    assert how_tested(RESULT, [replace(BARE, p_value=None)]) == ""


def test_measures_with_one_reason_are_named_together() -> None:
    both = [BOOTSTRAP, replace(BOOTSTRAP, metric="findings_per_1000_words")]
    (said,) = crossings(RESULT, both)
    assert said.startswith("good against mt, penalty per 1,000 words and findings per 1,000 words: the interval")


def test_a_share_of_people_stands_beside_what_these_texts_show() -> None:
    lines = [f"the council of town {k} opened a new bridge" for k in range(12)]
    near = [lines[0].replace("new", "big"), *lines[1:]]
    texts = {"near": evalkit.Lines(near), "same": evalkit.Lines(lines)}
    result: Result = evalkit.score(texts, evalkit.Lines(lines), metrics=("chrf",), test="randomisation", trials=99)
    text = evalkit.render(result, "markdown")
    assert "| People agreed | On these texts |" in text
    assert "no difference shown |" in text
    assert "chance alone may have put a system ahead" in text

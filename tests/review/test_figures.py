"""What verdicts say: judgements, precision with its interval, agreement, advice."""

from __future__ import annotations

import tomllib

import pytest

from evalkit.records.verdicts import Verdict, Word
from evalkit.review.advise import advise, settings
from evalkit.review.figures import agreement, interval, judgements, kappa, of_rules


def said(*words: Word, rule: str = "casing", who: str = "", start: int = 0) -> list[Verdict]:
    return [Verdict(f"{n:016x}-1", word, rule, who=who) for n, word in enumerate(words, start)]


def test_reviewers_who_disagree_dispute_and_the_unsure_leave_the_word() -> None:
    one, two = said("right", "wrong", "unsure", "right", who="a"), said("wrong", "wrong", "right", "unsure", who="b")
    assert list(judgements([*one, *two]).values()) == ["disputed", "wrong", "right", "right"]


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    # by the formula in Wilson 1927; the same as statsmodels' proportion_confint(method="wilson")
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (7, 10, 0.3968, 0.8922), (50, 100, 0.4038, 0.5962)],
)
def test_the_interval_of_a_share(right: int, total: int, low: float, high: float) -> None:
    assert interval(right, total) == pytest.approx((low, high), abs=1e-4)
    assert interval(0, 0) is None


def test_the_precision_of_a_rule_leaves_out_who_is_unsure() -> None:
    (rule,) = of_rules([*said("right", "right", "wrong", "unsure", who="a"), *said("wrong", who="b")])
    assert (rule.right, rule.wrong, rule.unsure, rule.disputed) == (1, 1, 1, 1)
    assert rule.precision == 0.5
    (alone,) = of_rules(said("unsure"))
    assert (alone.precision, alone.low, alone.high) == (None, None, None)


def test_kappa_is_cohens() -> None:
    pairs = [("right", "right")] * 20 + [("right", "wrong")] * 5 + [("wrong", "right")] * 10 + [("wrong", "wrong")] * 15
    assert kappa(pairs) == pytest.approx(0.4)  # the example everybody uses
    assert kappa([("right", "right")] * 3) is None


def test_only_pairs_who_judged_the_same_findings_are_compared() -> None:
    verdicts = [*said("right", "wrong", who="a"), *said("right", "right", who="b"), *said("right", who="c", start=9)]
    (pair,) = agreement(verdicts)
    assert (pair.one, pair.two, pair.findings, pair.alike) == ("a", "b", 2, 1)


def test_advice_follows_the_whole_interval_and_its_lines_are_a_configuration() -> None:
    verdicts = [
        *said(*["wrong"] * 40, rule="off"),
        *said(*["wrong"] * 16, *["right"] * 4, rule="low", start=100),
        *said(*["wrong"] * 30, *["right"] * 30, rule="middle", start=200),
        *said(*["wrong"] * 2, rule="few", start=300),
        *said(*["right"] * 30, rule="good", start=400),
    ]
    advice = advise(of_rules(verdicts))
    assert {item.review.rule: item.what for item in advice} == {
        "off": "switch off", "low": "neutral", "middle": "minor", "few": "judge more", "good": "keep",
    }  # fmt: skip
    assert tomllib.loads(settings(advice)) == {"skip": ["off"], "severity": {"low": "neutral", "middle": "minor"}}
    assert settings(advise(of_rules(said("right", rule="good")))) == ""

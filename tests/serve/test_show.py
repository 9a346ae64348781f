"""What the pages say of texts that could not be compared: no number that means nothing, and the reason."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.serve import show
from tests.results import empty_result, of_one_kind, small_result


def test_a_text_that_is_not_compared_has_no_penalty() -> None:
    penalties = {card["name"]: card["penalty"] for card in show.cards(small_result())}
    assert penalties["ambassador-interview"] is None
    assert penalties["machine-translated-report"] > 0
    pytest.importorskip("starlette", reason="NOT TESTED: the extra `web` is not installed")
    from evalkit.serve.review_views import _account

    shown = {system["name"]: system["penalty"] for system in _account(small_result())["systems"]}
    assert shown["ambassador-interview"] == ""
    assert float(shown["machine-translated-report"]) > 0


def test_why_nothing_is_said_of_which_is_better() -> None:
    result = small_result()
    assert show.unranked(result) == "One text is a report, the other a summary: neither is better by scores alone."
    assert show.unranked(of_one_kind(result)).startswith("The texts of one kind have too few sentences in common")
    assert show.unranked(replace(result, systems=result.systems[1:])).startswith("Fewer than two of the texts")
    assert show.unranked(empty_result()).startswith("Fewer than two of the texts")


def test_lines_that_do_not_belong_together_are_said_to_be_lines() -> None:
    result = small_result()
    (first, *_) = result.systems
    apart = replace(first.alignment, aligner="lines()", trusted=False, reason="a line is probably missing; mend it")
    (card,) = show.cards(replace(result, systems=(replace(first, alignment=apart),)))
    assert card["verdict"] == "Not compared: the lines do not seem to belong together."
    assert card["trust"]["text"] == "A line is probably missing; mend it."
    assert card["coverage"] == []

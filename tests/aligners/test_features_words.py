"""Content words, what pairs share of them, and what the other links make of a pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from evalkit.aligners.document.features import OWN_NAMES, Pairs
from evalkit.aligners.document.features_second_pass import HINDSIGHT_NAMES, with_hindsight
from evalkit.aligners.document.features_words import CONTENT_NAMES, content_words
from evalkit.records import Segment

MINE = [
    "The personal pension begins in March.",
    "A personal pension needs a bank.",
    "Rain fell on 12 villages and 30 farms in the north.",
    "Who pays for a personal pension?",
]
THEIRS = [
    "Individual annuities start in March.",
    "For an individual annuity a bank is needed.",
    "In the north 12 villages and 30 farms had rain.",
    "Individual annuity: at whose expense?",
]


def made(texts: Sequence[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t) for k, t in enumerate(texts))


def hindsight(pairs: Pairs, probability: np.ndarray) -> dict[str, np.ndarray]:
    columns = with_hindsight(pairs, np.zeros((len(pairs.keys), 0)), probability)
    shape = pairs.height, pairs.width
    return {name: columns[:, k].reshape(shape) for k, name in enumerate(HINDSIGHT_NAMES)}


def own(pairs: Pairs) -> dict[str, np.ndarray]:
    columns = pairs.evidence()
    assert columns.shape[1] == len(OWN_NAMES)
    return {name: columns[:, k].reshape(pairs.height, pairs.width) for k, name in enumerate(OWN_NAMES)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The leaders' Leadership", {"the", "leade"}),
        ("19.54 million, 19,540 thousand", {"19.54", "19,540", "1954#", "milli", "thous"}),
        ("a well-known 5", {"a", "well", "known", "5"}),
        ("天气好", {"天", "气", "好", "天气", "气好"}),
        ("... !", set()),
    ],
)
def test_content_words_are_beginnings_characters_and_digits(text: str, words: set[str]) -> None:
    assert content_words(text) == words


def test_figures_that_disagree_are_counted_and_those_that_agree() -> None:
    found = own(Pairs(made([MINE[2]]), made([THEIRS[2], "On 99 roads and in 47 towns no rain fell."])))
    assert found["figures agree"][0, 0] > 0.5
    assert found["figures disagree"][0, 0] == 0
    assert found["figures agree"][0, 1] == 0
    assert found["figures disagree"][0, 1] > 1


def test_words_of_one_side_alone_keep_company_by_way_of_linked_pairs() -> None:
    pairs = Pairs(made(MINE), made(THEIRS))
    probability = 0.98 * np.eye(4) + 0.01
    probability[3, 3] = 0.01
    found = hindsight(pairs, probability.ravel())["words that keep company"]
    assert found[3, 3] > 0.5  # pension - annuity, as in the first two
    assert found[2].max() == found[:, 2].max() == 0.0
    assert not hindsight(pairs, np.full(16, 0.01))["words that keep company"].any()


def test_a_pair_is_worth_what_the_other_partner_leaves() -> None:
    whole = "The committee met in Geneva, and the treasurer promised a calculation."
    pairs = Pairs(made([whole]), made(["The committee met in Geneva.", "The treasurer promised a calculation."]))
    known, alike = hindsight(pairs, np.array([0.99, 0.3])), hindsight(pairs, np.array([0.01, 0.3]))
    assert known["length mended, first"][0, 1] > 0.3
    assert alike["length mended, first"][0, 1] == pytest.approx(0.0, abs=0.02)
    assert known["share new, first"][0, 1] > alike["share new, first"][0, 1]
    double = Pairs(made([whole]), made([whole, whole]))
    assert hindsight(double, np.array([0.99, 0.3]))["share new, first"][0, 1] < 0.1


def test_a_pair_knows_how_many_segments_the_texts_have() -> None:
    square, tall = Pairs(made(MINE), made(THEIRS)), Pairs(made(MINE), made(THEIRS[:2]))
    even, uneven = hindsight(square, np.full(16, 0.5)), hindsight(tall, np.full(8, 0.5))
    assert (even["as many segments"] == 1).all()
    assert (uneven["as many segments"] == 0).all()
    assert uneven["segments of the shorter text"][0, 0] == pytest.approx(np.log(2))
    assert uneven["numbers of segments apart"][0, 0] == 0.25  # capped
    assert np.array_equal(even["in order again, as many segments"], even["in order again"])


@pytest.mark.parametrize("texts", [(MINE, THEIRS), (MINE, [*THEIRS, MINE[0], "12"]), (["..."], THEIRS)])
def test_exchanging_the_sides_changes_no_figure(texts: tuple[list[str], list[str]]) -> None:
    there, back = Pairs(made(texts[0]), made(texts[1])), Pairs(made(texts[1]), made(texts[0]))
    probability = np.linspace(0.05, 0.95, len(there.keys)).reshape(there.height, there.width)
    probability[probability < 0.3] = 0.1  # equal rivals too
    for name in CONTENT_NAMES:
        assert np.array_equal(own(there)[name], own(back)[name].T), name
    mine, theirs = hindsight(there, probability.ravel()), hindsight(back, probability.T.ravel())
    for name in HINDSIGHT_NAMES:
        if name.startswith("in order"):  # sums of paths, equal but for the last bits
            continue
        assert np.array_equal(mine[name], theirs[name].T), name


def test_words_that_plain_language_parts_are_whole() -> None:
    whole = content_words("Das Mindesthaltbarkeitsdatum der Milch.")
    assert content_words("Das Mindest·haltbar·keits·datum der Milch.") == whole
    assert content_words("Das Mindest\u00adhaltbarkeitsdatum der Milch.") == whole
    assert content_words("Milch · Butter") == content_words("Milch Butter")

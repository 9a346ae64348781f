"""Related words of the table: what it holds, what pairs make of it, and that only English texts use it."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from evalkit.aligners.document import related_words
from evalkit.aligners.document.features import OWN_NAMES, Pairs
from evalkit.aligners.document.features_words import BEGINNING
from evalkit.aligners.document.related_words import RELATED_NAMES, related
from evalkit.plugins import Registry
from evalkit.records import Link, Segment

ENGLISH = [
    "Three soldiers died near the border during the winter.",
    "The doctor bought a small house beside the railway.",
]
OTHER_WORDS = [
    "A physician purchased some little home close to that railroad.",
    "Several troops perished along this frontier last January.",
]


def made(texts: list[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t, "text", 1) for k, t in enumerate(texts))


def evidence(mine: list[str], theirs: list[str]) -> dict[str, np.ndarray]:
    pairs = Pairs(made(mine), made(theirs))
    columns = pairs.evidence()
    return {n: columns[:, k].reshape(pairs.height, pairs.width) for k, n in enumerate(OWN_NAMES) if n in RELATED_NAMES}


@pytest.mark.parametrize(
    ("one", "other"),
    [("died", "perished"), ("bought", "purchased"), ("railway", "railroad"), ("doctor", "physician")],
)
def test_the_table_knows_synonyms_both_ways(one: str, other: str) -> None:
    assert other in dict(related()[one])
    assert dict(related()[one])[other] == dict(related()[other])[one]


def test_the_table_holds_no_pair_the_aligner_takes_for_one_word_anyway() -> None:
    for word, partners in related().items():
        assert all(word[:BEGINNING] != other[:BEGINNING] and 0 < close <= 1 for other, close in partners)
        assert len(dict(partners)) == len(partners)


def test_the_licences_stand_beside_the_table() -> None:
    text = files("evalkit.aligners.document").joinpath("english_related.LICENSE.txt").read_text("utf-8")
    assert "WordNet 3.0 Copyright 2006 by Princeton University" in text
    assert "GloVe" in text


def test_related_words_speak_for_the_right_pair() -> None:
    found = evidence(ENGLISH, OTHER_WORDS)
    for name in RELATED_NAMES:
        assert found[name][0, 1] > found[name][0, 0], name
        assert found[name][1, 0] > found[name][1, 1], name


def test_a_sentence_in_other_words_is_linked_because_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def pairs() -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        links = Registry().make("aligner", "document").align(made(ENGLISH), made(OTHER_WORDS))
        return {(x.candidate, x.reference) for x in links}

    assert ((1,), (0,)) in pairs()
    monkeypatch.setattr(related_words, "related", dict)
    assert ((1,), (0,)) not in pairs()


def test_a_text_of_another_language_is_left_alone() -> None:
    german = ["Die Frau war gut und arm.", "Der Rat hat den Hut im Wald gern."]
    found = evidence(german, ["Das Kind war still.", "Der Mann hat ein Haus im Wald am Fluss."])
    assert found["greater weight related"].max() == pytest.approx(np.log(0.5))


def test_exchanging_the_sides_exchanges_the_evidence() -> None:
    there, back = evidence(ENGLISH, [*OTHER_WORDS, ENGLISH[0]]), evidence([*OTHER_WORDS, ENGLISH[0]], ENGLISH)
    for name in RELATED_NAMES:
        assert np.array_equal(there[name], back[name].T), name


def test_a_word_that_stands_in_the_segment_itself_is_no_relative_of_another() -> None:
    found = evidence(["He bought and purchased it."], ["She purchased it."])
    assert found["lesser weight related"].max() == pytest.approx(np.log(0.5))


def test_equal_texts_stay_certain() -> None:
    links = Registry().make("aligner", "document").align(made(ENGLISH), made(ENGLISH))
    assert links == tuple(Link((k,), (k,), "1-1", 1.0) for k in range(2))


@pytest.mark.parametrize("mark", ["·", "\u00ad", "\u2027"])
def test_words_that_a_mark_parts_are_looked_up_whole(mark: str) -> None:
    parted = [text.replace("bor", f"b{mark}or") for text in ENGLISH]
    theirs, plain = evidence(parted, OTHER_WORDS), evidence(ENGLISH, OTHER_WORDS)
    for name in RELATED_NAMES:
        assert np.array_equal(theirs[name], plain[name]), name

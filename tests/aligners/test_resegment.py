"""Cutting a candidate to the reference's lines, and the edit path under it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.aligners.resegment.edit_path import GAP, KIN, OTHER, SAME, partners
from evalkit.aligners.resegment.islands import stretches
from evalkit.plugins import Registry
from evalkit.records import Segment
from evalkit.text.words import count_words

ALIGNER = Registry().make("aligner", "resegment")
REFERENCE = [
    "The cat sat on the mat today.",
    "Nobody ever expected such a strange outcome here.",
    "We went home early in the rain.",
    "Good night.",
]


def made(texts: list[str]) -> tuple[Segment, ...]:
    found, at = [], 0
    for k, text in enumerate(texts):
        found.append(Segment(f"d:{k}", "d", at, at + len(text), text))
        at += len(text) + 1
    return tuple(found)


word_lists = st.lists(st.sampled_from(["a", "b", "river", "rivers", "c"]), max_size=12)


@given(word_lists, word_lists)
@settings(max_examples=100, deadline=None)
def test_the_path_is_the_cheapest(mine: list[str], theirs: list[str]) -> None:
    found = partners(mine, theirs)
    taken = [j for j, _ in found if j >= 0]
    assert taken == sorted(set(taken))
    cost = sum(c for j, c in found if j >= 0) + GAP * (len(mine) + len(theirs) - 2 * len(taken))
    assert cost == _plain_cost(mine, theirs)


def _plain_cost(mine: list[str], theirs: list[str]) -> int:
    """The textbook table, cell by cell."""
    row = [GAP * j for j in range(len(theirs) + 1)]
    for i, a in enumerate(mine, 1):
        above, row = row, [GAP * i]
        for j, b in enumerate(theirs, 1):
            pair = SAME if a == b else KIN if a[:5] == b[:5] else OTHER
            row.append(min(above[j - 1] + pair, above[j] + GAP, row[-1] + GAP))
    return row[-1]


def test_a_stream_is_cut_where_the_lines_change() -> None:
    stream = made(["the cat was sitting on the mat today we went home early in rain good night"])
    assert [s.text for s in ALIGNER.cut(stream, made(REFERENCE))] == [
        "the cat was sitting on the mat today",
        "we went home early in rain",
        "good night",
    ]


def test_a_line_may_stay_empty_and_text_unassigned() -> None:
    text = "the cat sat on the mat we went home early wholly other words that nobody there had said before good night"
    pieces = ALIGNER.cut(made([text]), made(REFERENCE))
    links = ALIGNER.align(pieces, made(REFERENCE))
    assert [x.reference for x in links if x.kind == "omitted"] == [(1,)]
    (added,) = [x for x in links if x.kind == "added"]
    assert pieces[added.candidate[0]].text.startswith("wholly other words")


@given(st.lists(st.text(max_size=30), max_size=4), st.lists(st.text(max_size=20), max_size=4))
@settings(max_examples=60, deadline=None)
def test_cutting_loses_nothing_and_spans_fit(mine: list[str], theirs: list[str]) -> None:
    whole = "\n".join(mine)
    pieces = ALIGNER.cut(made(mine), made(theirs))
    assert all(whole[p.start : p.end] == p.text for p in pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    assert sum(count_words(p.text) for p in pieces) == sum(count_words(t) for t in mine)
    links = ALIGNER.align(pieces, made(theirs))
    assert sorted(i for x in links for i in x.candidate) == list(range(len(pieces)))
    assert sorted(j for x in links for j in x.reference) == list(range(len(theirs)))


def test_identical_lines_come_back_as_they_are() -> None:
    pieces = ALIGNER.cut(made([" ".join(REFERENCE)]), made(REFERENCE))
    assert [p.text for p in pieces] == REFERENCE
    assert all(x.kind == "1-1" and x.confidence == 1.0 for x in ALIGNER.align(pieces, made(REFERENCE)))


def test_long_texts_are_cut_where_both_have_the_same_words() -> None:
    rng = Random(3)
    theirs = [rng.choice("abcdefghijklmnopqrstuvwxyz") * 3 + str(rng.randrange(90)) for _ in range(3000)]
    mine = [word for word in theirs if rng.random() > 0.05]
    mine[700:700] = ["more"] * 60
    found = partners(mine, theirs)
    taken = [j for j, _ in found if j >= 0]
    assert taken == sorted(set(taken))
    assert sum(cost == SAME and mine[i] == theirs[j] for i, (j, cost) in enumerate(found)) > 0.99 * (len(mine) - 60)
    covered = list(stretches(mine, theirs))
    assert len(covered) > 10
    assert [s[:2] for s in covered] == [*pairwise([0, *(s[1] for s in covered)])]
    assert [s[2:] for s in covered] == [*pairwise([0, *(s[3] for s in covered)])]
    assert covered[-1][1::2] == (len(mine), len(theirs))


def test_a_text_without_common_words_is_cut_evenly() -> None:
    largest = max((b - a) * (d - c) for a, b, c, d in stretches(["a"] * 50_000, ["b"] * 40_000))
    assert largest <= 100_000_000


def test_a_last_word_of_one_letter_and_a_full_stop_in_chinese_end_a_sentence() -> None:
    stream = made(["我们在日内瓦开会。他们讨论了明年的预算！好。"])
    lines = made(["我们在日内瓦开了会。", "他们讨论了明年预算！", "好。"])
    assert [s.text for s in ALIGNER.cut(stream, lines)] == ["我们在日内瓦开会。", "他们讨论了明年的预算！", "好。"]


def test_words_without_a_partner_go_to_the_empty_line_in_their_place_and_are_weak() -> None:
    paraphrase = "hardly any person had foreseen that odd result at all"
    stream = made([f"the cat sat on the mat today {paraphrase} we went home early in the rain good night"])
    pieces = ALIGNER.cut(stream, made(REFERENCE))
    links = ALIGNER.align(pieces, made(REFERENCE))
    of_line = {j: link for link in links for j in link.reference}
    assert " ".join(pieces[i].text for i in of_line[1].candidate) == paraphrase
    assert of_line[1].confidence < 0.7 < of_line[0].confidence


def test_a_free_rendering_in_its_place_and_as_long_is_linked_weakly() -> None:
    common = ["council", "money", "roads", "schools", "evening", "train"]

    def rendered(own: str, odd: int) -> str:
        """Every word in common with four or two words of its own after it, and three at the end."""
        runs = [
            f"{word} " + " ".join(f"{own[k]}{c}o" for c in ("kmln", "km")[k % 2 == odd])
            for k, word in enumerate(common)
        ]
        return " ".join([*runs, *(f"{own[0]}{c}u" for c in "kml")])

    reference = made([REFERENCE[0], rendered("abcdef", 0), REFERENCE[2]])
    links = ALIGNER.align(made([REFERENCE[0], rendered("uvwxyz", 1), REFERENCE[2]]), reference)
    assert [link.reference for link in links] == [(0,), (1,), (2,)]
    assert links[1].candidate == (1,)
    assert links[1].confidence < 0.7


def test_words_too_many_for_the_empty_line_or_with_none_belong_to_no_line() -> None:
    more = " ".join(["hardly any person had foreseen that odd result"] * 3)
    for reference in (REFERENCE, [REFERENCE[0], *REFERENCE[2:]]):
        stream = made([f"the cat sat on the mat today {more} we went home early in the rain good night"])
        pieces = ALIGNER.cut(stream, made(reference))
        alone = [
            pieces[i].text
            for link in ALIGNER.align(pieces, made(reference))
            if not link.reference
            for i in link.candidate
        ]
        assert " ".join(alone) == more


@pytest.mark.parametrize(
    "lines",
    [
        ["We all went home early.", "@anna said that it was over.", "#rain fell all day long."],
        ["He came home late (again).", "“Nobody expected this,” she said.", "„Gut“, sagte er leise."],
        ["他说明天会下雨。", "「我们现在就回家吧」他说。", "（天气很好）大家都很高兴。"],
    ],
)
def test_a_mark_that_opens_a_line_stays_with_it(lines: list[str]) -> None:
    between = " " if lines[0].isascii() else ""
    pieces = ALIGNER.cut(made([between.join(lines)]), made(lines))
    assert [piece.text for piece in pieces] == lines


def test_the_rest_of_a_sentence_and_the_beginning_of_one_belong_to_their_lines() -> None:
    """Words without a partner between two neighbouring lines: only whole sentences of them belong to neither."""
    added = "Entirely unrelated filler nobody asked for whatsoever."
    mine = (
        "The cat sat on the mat today with eleven purple umbrellas beneath its dusty chin. "
        f"{added} Although various green engines hummed softly, nobody ever expected such a strange outcome here."
    )
    pieces = ALIGNER.cut(made([mine]), made(REFERENCE[:2]))
    assert [piece.text for piece in pieces] == [
        "The cat sat on the mat today with eleven purple umbrellas beneath its dusty chin.",
        added,
        "Although various green engines hummed softly, nobody ever expected such a strange outcome here.",
    ]

"""The document aligner: its laws, on made-up texts, and its quality, on the seeds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.records import LINK_KINDS, Link, Segment

pytestmark = pytest.mark.slow

ALIGNER = Registry().make("aligner", "document")
WORDS = [
    "harbour",
    "minister",
    "treaty",
    "copper",
    "window",
    "lantern",
    "orchard",
    "village",
    "engine",
    "silver",
    "dragon",
    "winter",
    "bridge",
    "captain",
    "letter",
    "garden",
    "mountain",
    "doctor",
    "silence",
    "market",
    "thunder",
    "planet",
    "library",
    "farmer",
    "violin",
    "desert",
    "island",
    "coffee",
    "mirror",
    "factory",
    "bishop",
    "canal",
    "pepper",
    "rocket",
    "museum",
    "shadow",
    "tunnel",
    "velvet",
    "wizard",
    "yellow",
    "zebra",
    "anchor",
    "basket",
]


def made(texts: list[str], kind: str = "text") -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(t), t, kind, 1) for k, t in enumerate(texts))  # type: ignore[arg-type]


def sentences(count: int, seed: int) -> list[str]:
    """Different sentences of eight to twelve words."""
    rng = random.Random(seed)
    return [" ".join([f"No{k}x{seed}", *rng.choices(WORDS, k=rng.randint(8, 12))]) + "." for k in range(count)]


def check_complete(links: tuple[Link, ...], candidate: int, reference: int) -> None:
    assert sorted(i for link in links for i in link.candidate) == list(range(candidate))
    assert sorted(j for link in links for j in link.reference) == list(range(reference))
    for link in links:
        assert link.kind in LINK_KINDS
        assert 0.0 <= link.confidence <= 1.0
        assert (link.kind == "added") == (not link.reference)
        assert (link.kind == "omitted") == (not link.candidate)
        assert (link.block is not None) == (link.kind == "moved")
    starts = [link.candidate[0] for link in links if link.candidate]
    assert starts == sorted(starts)


def as_set(links: tuple[Link, ...], mirrored: bool = False) -> set[tuple[object, ...]]:
    swap = {"1-n": "n-1", "n-1": "1-n", "omitted": "added", "added": "omitted"}
    return {
        (link.reference, link.candidate, swap.get(link.kind, link.kind), round(link.confidence, 6))
        if mirrored
        else (link.candidate, link.reference, link.kind, round(link.confidence, 6))
        for link in links
    }


free_text = st.lists(st.lists(st.sampled_from(WORDS[:9]), min_size=1, max_size=6).map(" ".join), max_size=8)


@given(free_text, free_text)
@settings(max_examples=60, deadline=None)
def test_every_index_is_in_exactly_one_link(mine: list[str], theirs: list[str]) -> None:
    check_complete(ALIGNER.align(made(mine), made(theirs)), len(mine), len(theirs))


@given(st.lists(st.text(max_size=12), max_size=6), st.lists(st.text(max_size=12), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_is_aligned(mine: list[str], theirs: list[str]) -> None:
    check_complete(ALIGNER.align(made(mine), made(theirs)), len(mine), len(theirs))


@given(free_text)
@settings(max_examples=60, deadline=None)
def test_identical_texts_align_one_to_one_with_certainty(texts: list[str]) -> None:
    links = ALIGNER.align(made(texts), made(texts))
    assert links == tuple(Link((k,), (k,), "1-1", 1.0) for k in range(len(texts)))


@given(free_text.filter(lambda t: len(t) > 1), st.data())
@settings(max_examples=60, deadline=None)
def test_a_removed_sentence_is_exactly_one_omission(texts: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(texts) - 1))
    links = ALIGNER.align(made(texts[:gone] + texts[gone + 1 :]), made(texts))
    kinds = [link.kind for link in links]
    assert kinds.count("omitted") == 1
    assert kinds.count("1-1") == len(texts) - 1
    assert all(link.confidence == 1.0 for link in links if link.kind == "1-1")


@given(st.integers(0, 50), st.integers(1, 4), st.integers(1, 4), st.integers(0, 4), st.integers(0, 4))
@settings(max_examples=40, deadline=None)
def test_two_swapped_paragraphs_are_one_moved_block(seed: int, a: int, b: int, before: int, after: int) -> None:
    texts = sentences(before + a + b + after, seed)
    first, second = texts[before : before + a], texts[before + a : before + a + b]
    swapped = [*texts[:before], *second, *first, *texts[before + a + b :]]
    links = ALIGNER.align(made(swapped), made(texts))
    moved = [link for link in links if link.kind == "moved"]
    assert {link.block for link in moved} == {1}
    assert len(moved) in (a, b)
    assert {link.kind for link in links} <= {"1-1", "moved"}
    assert all(swapped[link.candidate[0]] == texts[link.reference[0]] for link in links)


@given(free_text, free_text)
@settings(max_examples=60, deadline=None)
def test_exchanging_the_sides_mirrors_the_alignment(mine: list[str], theirs: list[str]) -> None:
    there = ALIGNER.align(made(mine), made(theirs))
    back = ALIGNER.align(made(theirs), made(mine))
    # equal sentences are interchangeable: compare what is linked, not which of two equals
    assert sorted(_texts(link, mine, theirs) for link in there) == sorted(
        _texts(Link(link.reference, link.candidate, link.kind, link.confidence), mine, theirs) for link in back
    )


def _texts(link: Link, mine: list[str], theirs: list[str]) -> tuple[list[str], list[str], float]:
    return [mine[i] for i in link.candidate], [theirs[j] for j in link.reference], round(link.confidence, 6)


def test_mirrored_with_distinct_sentences_to_the_index() -> None:
    theirs = sentences(30, 1)
    mine = theirs[12:20] + theirs[:12] + [theirs[22] + " " + theirs[23]] + theirs[25:]
    there, back = ALIGNER.align(made(mine), made(theirs)), ALIGNER.align(made(theirs), made(mine))
    assert as_set(there) == as_set(back, mirrored=True)


def test_a_split_sentence_keeps_both_halves() -> None:
    theirs = sentences(8, 2)
    words = theirs[4].split()
    mine = [*theirs[:4], " ".join(words[:7]), " ".join(words[7:]), *theirs[5:]]
    links = ALIGNER.align(made(mine), made(theirs))
    assert Link((4, 5), (4,), "n-1", next(x.confidence for x in links if 4 in x.candidate)) in links
    joined = ALIGNER.align(made(theirs), made(mine))
    assert [(x.candidate, x.reference) for x in joined if x.kind == "1-n"] == [((4,), (4, 5))]


REPORT = [
    "The parliament of the island adopted the budget late on Thursday evening.",
    "Farmers in the north complained about low prices for milk, and some blocked the roads with tractors.",
    "The committee met in Geneva on Tuesday to discuss the treaty on copper, although the treasurer was ill.",
    "A spokesman of the airline said that no passenger had been hurt when the engine caught fire.",
    "Schools in the capital stay closed until the flood has gone.",
]


@pytest.mark.parametrize(
    ("place", "halves"),
    [
        (1, ("Farmers in the north complained that prices for milk were low.", "Tractors blocked some roads.")),
        (2, ("The committee met on Tuesday in Geneva and discussed the treaty on copper.", "The treasurer was ill.")),
        (2, ("The treasurer was ill.", "On Tuesday the committee met in Geneva to talk about the copper treaty.")),
        (3, ("An engine caught fire.", "No passenger was hurt, a spokesman of the airline said on behalf of it.")),
    ],
)
def test_the_small_half_of_a_split_sentence_is_found(place: int, halves: tuple[str, str]) -> None:
    mine = [*REPORT[:place], *halves, *REPORT[place + 1 :]]
    links = ALIGNER.align(made(mine), made(REPORT))
    assert ((place, place + 1), (place,)) in {(x.candidate, x.reference) for x in links}
    assert sum(len(x.candidate) for x in links if x.reference) == len(mine)  # nothing is called added
    back = ALIGNER.align(made(REPORT), made(mine))
    assert ((place,), (place, place + 1)) in {(x.candidate, x.reference) for x in back}


def test_a_small_sentence_of_its_own_is_no_half_of_its_neighbour() -> None:
    mine = [*REPORT[:3], "The harbour is frozen.", *REPORT[3:]]
    links = ALIGNER.align(made(mine), made(REPORT))
    assert next(x for x in links if 3 in x.candidate).kind == "added"


def test_a_sentence_that_recurs_on_both_sides_is_linked_each_time_by_itself() -> None:
    theirs = sentences(9, 8)
    theirs[1] = theirs[4] = theirs[7] = "Photo by the agency."
    mine = ["New words " + text if k % 3 == 0 else text for k, text in enumerate(theirs)]
    links = ALIGNER.align(made(mine), made(theirs))
    assert [(x.candidate, x.reference) for x in links] == [((k,), (k,)) for k in range(9)]


def test_a_moved_paragraph_is_neither_omitted_nor_added() -> None:
    theirs = sentences(20, 3)
    mine = theirs[:3] + theirs[8:16] + theirs[3:8] + theirs[16:]
    links = ALIGNER.align(made(mine), made(theirs))
    assert {x.kind for x in links} == {"1-1", "moved"}
    assert {x.reference[0] for x in links if x.kind == "moved"} == set(range(3, 8))


def test_two_blocks_that_moved_apart_have_two_numbers() -> None:
    theirs = sentences(30, 4)
    mine = theirs[4:10] + theirs[0:2] + theirs[10:20] + theirs[22:30] + theirs[20:22] + theirs[2:4]
    links = ALIGNER.align(made(mine), made(theirs))
    blocks = {x.reference[0]: x.block for x in links if x.kind == "moved"}
    assert blocks == {0: 1, 1: 1, 20: 2, 21: 2, 2: 3, 3: 3}


def test_an_omitted_sentence_stands_after_the_one_before_it() -> None:
    theirs = sentences(6, 5)
    links = ALIGNER.align(made([theirs[0], *theirs[3:]]), made(theirs))
    assert [(x.candidate, x.reference) for x in links[:4]] == [((0,), (0,)), ((), (1,)), ((), (2,)), ((1,), (3,))]


def test_texts_that_share_nothing_are_not_linked() -> None:
    links = ALIGNER.align(made(["Alpha beta gamma delta."] * 3), made(["Zwölf Boxkämpfer jagen Viktor quer."] * 4))
    assert {x.kind for x in links} == {"added", "omitted"}


def test_one_empty_side() -> None:
    assert [x.kind for x in ALIGNER.align(made(["One."]), ())] == ["added"]
    assert [x.kind for x in ALIGNER.align((), made(["One.", "Two."]))] == ["omitted", "omitted"]
    assert ALIGNER.align((), ()) == ()


def test_texts_without_spaces_are_aligned() -> None:
    theirs = ["今天天气很好。", "我们去公园散步。", "他买了一本新书。", "火车晚点了两个小时。"]
    mine = ["今天的天气非常好。", "他买了一本书。", "火车晚了两小时。"]
    links = ALIGNER.align(made(mine), made(theirs))
    assert [(x.candidate, x.reference) for x in links if x.candidate and x.reference] == [
        ((0,), (0,)),
        ((1,), (2,)),
        ((2,), (3,)),
    ]


def test_a_heading_does_not_take_a_sentence() -> None:
    theirs = made(sentences(4, 6))
    heading = Segment("d:h", "d", 0, 9, " ".join(theirs[2].text.split()[1:4]), "heading", 1)
    links = ALIGNER.align((theirs[0], theirs[1], heading, theirs[2], theirs[3]), theirs)
    assert next(x for x in links if 2 in x.candidate).kind == "added"


def test_long_texts_are_cut_at_sure_pairs_and_stay_right() -> None:
    theirs = sentences(700, 7)
    mine = theirs[:100] + theirs[130:400] + theirs[500:600] + theirs[400:500] + theirs[600:]
    links = ALIGNER.align(made(mine), made(theirs))
    check_complete(links, len(mine), len(theirs))
    assert all(mine[x.candidate[0]] == theirs[x.reference[0]] for x in links if x.candidate and x.reference)
    assert sum(x.kind == "omitted" for x in links) == 30
    assert len({x.block for x in links if x.block}) == 1


@pytest.mark.parametrize("options", ["least=0", "least=1.5", "widest=0"])
def test_senseless_options_are_refused(options: str) -> None:
    with pytest.raises(ConfigError, match="aligner 'document'"):
        Registry().make("aligner", f"document({options})")


def test_clear_sentences_of_the_seed_report_are_found(root: object) -> None:
    registry = Registry()
    reader, segmenter = registry.make("reader", "text(boilerplate=yes)"), registry.make("segmenter", "sentences")
    mine, theirs = (
        segmenter.split(reader.read(str(next((root / "seeds").glob(f"{n}_*"))), "en")[0])  # type: ignore[operator]
        for n in ("004", "001")
    )
    links = ALIGNER.align(mine, theirs)
    pairs = {(mine[i].text[:30], theirs[j].text[:30]) for x in links for i in x.candidate for j in x.reference}
    for pair in (
        ("People all over the world year", "People across the world increa"),
        ("The trend of the times of peac", "The trend toward peace, develo"),
        ("History has proved and will co", "History has proven and will co"),
        ("The international community is", "The international community no"),
    ):
        assert pair in pairs


def test_long_texts_without_a_common_word_have_no_link() -> None:
    """Beyond a number of pairs only those that share a word are looked at: here there is none."""
    digits = [str(n).zfill(3) for n in range(210)]
    candidate = made([" ".join("abcdefghij"[int(d)] * 3 for d in number) for number in digits])
    reference = made([" ".join("klmnopqrst"[int(d)] * 3 for d in number) for number in digits])
    links = ALIGNER.align(candidate, reference)
    check_complete(links, 210, 210)
    assert {link.kind for link in links} == {"added", "omitted"}

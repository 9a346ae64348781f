"""One long sentence rendered by many short ones, and the other way round; other texts stay as they were."""

from __future__ import annotations

from evalkit.aligners.document import DocumentAligner
from evalkit.aligners.document.fan_out import with_places
from evalkit.records import Segment

LONG = ["The harbour was closed for two days after the storm because of the damage to the outer wall."] * 3
SHORT = ["Storm came.", "Boats sank.", "Ships waited.", "They were shut.", "It took days.", "They left."]
KNOWN = {(0, 0): 0.9, (5, 2): 0.8, (1, 0): 0.3, (2, 1): 0.6, (3, 1): 0.25, (4, 2): 0.04}

PLAIN = (
    "A man lived in Harbin with his family.",
    "The man was called Oleg.",
    "The name means holy.",
    "His wife was called Vera.",
    "That means faith.",
    "The sons were called Pavel and Ilya.",
    "Then Oleg died.",
    "Vera was alone with the sons.",
    "The sons found wives in Moscow.",
    "They lived there for ten years.",
)
FREE = (
    "In the years of the great famine there was a man who left Harbin with all his family for the country of Moscow.",
    "The name of that man was Oleg, the name of his wife Vera, and the names of both of their sons Pavel and Ilya.",
    "But after a time Oleg, the husband of Vera, died there, and she was left behind with nobody but her two sons.",
    "Both sons took wives from among the women of Moscow, and they dwelt in that place for about ten whole years.",
)


def made(texts: tuple[str, ...] | list[str], kind: str = "text") -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(text), text, kind) for k, text in enumerate(texts))


def pairs(candidate: tuple[Segment, ...], reference: tuple[Segment, ...]) -> set[tuple[int, int]]:
    links = DocumentAligner().align(candidate, reference)
    return {(i, j) for link in links for i in link.candidate for j in link.reference}


def test_a_short_sentence_gets_its_place_between_its_neighbours() -> None:
    placed = with_places(KNOWN, made(SHORT), made(LONG))
    raised = {pair for pair, p in placed.items() if p > KNOWN.get(pair, 0.0)}
    assert {(1, 0), (2, 1), (3, 1)} <= raised
    assert all(j == {1: 0, 2: 1, 3: 1, 4: 2, 0: 0, 5: 2}[i] for i, j in raised)


def test_exchanging_the_sides_mirrors_it() -> None:
    mirrored = with_places({(j, i): p for (i, j), p in KNOWN.items()}, made(LONG), made(SHORT))
    assert {(i, j): p for (j, i), p in mirrored.items()} == with_places(KNOWN, made(SHORT), made(LONG))


def test_headings_have_no_place_and_texts_in_another_order_none_either() -> None:
    assert with_places(KNOWN, made(SHORT, "heading"), made(LONG)) == KNOWN
    crossed = {(0, 2): 0.9, (3, 1): 0.9, (5, 0): 0.9, (1, 2): 0.3}
    assert with_places(crossed, made(SHORT), made(LONG)) is crossed


def test_texts_of_sentences_as_long_and_few_sentences_stay_as_they_are() -> None:
    alike = made([text + " And nobody knew how long that would go on or what was to be done." for text in SHORT])
    assert with_places(KNOWN, alike, made(LONG)) is KNOWN
    assert with_places(KNOWN, made(SHORT[:5]), made(LONG)) is KNOWN


def test_texts_with_hardly_a_known_pair_stay_as_they_are() -> None:
    none = {pair: p / 2 for pair, p in KNOWN.items()}
    assert with_places(none, made(SHORT), made(LONG)) is none
    many = made([f"{text} {n}" for n in range(11) for text in SHORT])
    assert with_places(KNOWN, many, made(LONG)) is KNOWN


def test_plain_language_is_linked_sentence_by_sentence_however_long_the_other_is() -> None:
    wanted = {(0, 0), *((i, 1) for i in range(1, 6)), (6, 2), (7, 2), (8, 3), (9, 3)}
    assert pairs(made(PLAIN), made(FREE)) == wanted
    assert {(i, j) for j, i in pairs(made(FREE), made(PLAIN))} == wanted


def test_long_texts_are_placed_in_parts() -> None:
    known = {(i, i // 2): 0.95 for i in range(0, 500, 2)}
    placed = with_places(
        known, made([f"{i // 2 + 100} ships." for i in range(500)]), made([f"{LONG[0]} {j + 100}" for j in range(250)])
    )
    assert all(placed.get((i, i // 2), 0.0) > 0.5 for i in range(500))

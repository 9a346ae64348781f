"""Words broken by a hyphen at the end of a line are whole again, before the line end; lines stay as many."""

from __future__ import annotations

import pytest

from evalkit.text.hyphens import mended

BROKEN = """Die Bundesregierung hat am Montag in Berlin einen Entwurf des Haus-
halts für das kommende Jahr vorgelegt, der in der ersten Lesung vor-
und nachbereitet wird und der Ausgaben von rund vier Milliarden Euro
für die Universitäten vorsieht, von denen die Abgeordneten der Klima-
Partei nichts wissen wollten, obwohl die Verhandlungen in der Bundes-
regierung schon im Frühjahr zu diesem Ergebnis gekommen waren, und im
Übrigen sei die Rechnung nicht neu, sagte der Minister am Abend noch.
"""


def test_words_are_whole_where_they_were_broken() -> None:
    found = mended(BROKEN)
    assert "Entwurf des Haushalts\nfür" in found.text
    assert "der Klima-Partei\nnichts" in found.text
    assert "der Bundesregierung\nschon" in found.text
    assert "vor-\nund nachbereitet" in found.text  # "und" is a word of the text
    assert found.words == 3
    assert found.text.count("\n") == BROKEN.count("\n")


def test_every_character_has_its_place() -> None:
    found = mended(BROKEN)
    for place, char in enumerate(found.text):
        k = max(i for i, start in enumerate(found.starts) if start <= place)
        there = BROKEN[found.offsets[k] + place - found.starts[k]]
        assert there == char or {there, char} <= {" ", "\n", "-"}


@pytest.mark.parametrize(
    "text",
    [
        "A line that ends in a hyphen-\nand another one\nA third\n",
        "No hyphen at all.\n",
        "- item\n- item\n- item\n",
        "",
    ],
)
def test_text_that_was_not_broken_at_a_width_stays(text: str) -> None:
    assert mended(text).text == text

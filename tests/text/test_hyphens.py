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
    assert "Entwurf des Haushalts\n  für" in found.text
    assert "der Klima-Partei\n nichts" in found.text
    assert "der Bundesregierung\n  schon" in found.text
    assert "vor-\nund nachbereitet" in found.text  # "und" is a word of the text
    assert found.words == 3
    assert found.text.count("\n") == BROKEN.count("\n")


def test_other_characters_stay_where_they_were() -> None:
    text = mended(BROKEN).text
    assert len(text) == len(BROKEN)
    for word in ("Bundesregierung hat", "für das", "für die Universitäten", "schon im", "am Abend noch."):
        assert text.index(word) == BROKEN.index(word)


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

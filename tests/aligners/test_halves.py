"""Sentences that a page parts are linked whole."""

from __future__ import annotations

import textwrap

import pytest

from evalkit.plugins import Registry
from evalkit.records import Document


@pytest.mark.parametrize("line", ["Bericht - Seite 1", "[1] Siehe auch das Protokoll der Sitzung."])
def test_a_sentence_that_a_page_cuts_in_two_is_linked_whole(line: str) -> None:
    whole = (
        "Der Ausschuss hat gestern den Haushalt beraten. Niemand hatte mit so vielen Fragen gerechnet, sagte der "
        "Vorsitzende nach der Sitzung. Die Wahl folgt am Freitag, wenn die Vertreter der Länder aus Brüssel zurück "
        "sind und gehört wurden. Bis dahin gilt der alte Plan, den der Rat im Frühjahr mit Mehrheit beschloss."
    )
    lines = textwrap.wrap(whole, 64)
    paged = "\n".join([*lines[:1], "", line, "", *lines[1:]]) + "\n"
    split = Registry().make("segmenter", "sentences").split
    sides = [split(Document("d", "d.txt", text, "", "de")) for text in (paged, whole + "\n")]
    links = Registry().make("aligner", "document").align(*sides)
    assert [(len(link.candidate), link.reference) for link in links if link.reference] == [
        (1, (0,)),
        (2, (1,)),
        (1, (2,)),
        (1, (3,)),
    ]
    assert [sides[0][i].text for link in links if not link.reference for i in link.candidate] == [
        line
    ] * line.startswith("[")

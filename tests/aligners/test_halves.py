"""Sentences that a page parts are linked whole."""

from __future__ import annotations

import textwrap

from evalkit.plugins import Registry
from evalkit.records import Document


def test_a_sentence_that_a_running_head_cuts_in_two_is_linked_whole() -> None:
    whole = (
        "Der Ausschuss hat gestern den Haushalt beraten. Niemand hatte mit so vielen Fragen gerechnet, sagte der "
        "Vorsitzende nach der Sitzung. Die Wahl folgt am Freitag, wenn die Vertreter der Länder aus Brüssel zurück "
        "sind und gehört wurden. Bis dahin gilt der alte Plan, den der Rat im Frühjahr mit Mehrheit beschloss."
    )
    lines = textwrap.wrap(whole, 64)
    paged = "\n".join([*lines[:1], "", "Bericht - Seite 1", "", *lines[1:]]) + "\n"
    split = Registry().make("segmenter", "sentences").split
    sides = [split(Document("d", "d.txt", text, "", "de")) for text in (paged, whole + "\n")]
    assert [(len(link.candidate), link.reference) for link in Registry().make("aligner", "document").align(*sides)] == [
        (1, (0,)),
        (2, (1,)),
        (1, (2,)),
        (1, (3,)),
    ]

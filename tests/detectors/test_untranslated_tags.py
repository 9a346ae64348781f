"""What is no word of the text, and what is told once."""

from __future__ import annotations

from msgspec.structs import replace

from evalkit.records import Passage, Segment
from tests.detectors.units import REGISTRY, aligned, spans


def test_what_a_tag_is_called_is_no_language() -> None:
    text = "Ich weiß nicht, <unintelligible/> was er da <note kind='x'>gestern</note> gesagt hat."
    assert spans("untranslated", text, "Ich weiß es nicht, was er gestern sagte.", lang="de") == []


def test_nor_of_the_source() -> None:
    source = "Then the browser would inject each <contents> into its part, and the thoughts too."
    for left in ("<contents>", "%(thoughts)s", "%{thoughts}", "thoughts"):
        (unit,), context = aligned([(f"Dann fügt der Browser jeden {left} dort ein.", [])], lang="de")
        passage = Passage((Segment("s", "d", 0, len(source), source),), source, "source")
        detector = REGISTRY.make("detector", "untranslated")
        found = [*detector.find([replace(unit, source=passage)], replace(context, source_lang="en"))]
        assert [f.text for f in found] == ([] if left[0] in "<%" else [left])


def test_a_word_of_a_passage_that_was_left_is_told_with_it() -> None:
    text = "Diese Woche lautet sie: stay up all night. Ich spiele schon."
    source = "This week it is: stay up all night. I have been playing."
    (unit,), context = aligned([(text, ["Diese Woche lautet sie: bleibt wach. Ich spiele schon."])], lang="de")
    passage = Passage((Segment("s", "d", 0, len(source), source),), source, "source")
    detector = REGISTRY.make("detector", "untranslated")
    found = [*detector.find([replace(unit, source=passage)], replace(context, source_lang="en"))]
    assert [(f.text, f.evidence) for f in found] == [("stay up all night", "language")]

"""What the source writes so, or every reference leaves as it is, is no fault of the candidate."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.records import Passage, Segment
from tests.detectors.units import REGISTRY, aligned


@pytest.mark.parametrize(
    ("detector", "candidate", "reference", "source", "other"),
    [
        ("casing", "ich frage mich, ob das so gut ist.", "Ich frage mich, ob das gut ist.",
         "i wonder if that is so good.", "I wonder if that is so good."),
        ("exact", "please see the address of the page below", "please see the address of the page below",
         "please see the address of the page below", ""),
    ],
)  # fmt: skip
def test_as_the_source(detector: str, candidate: str, reference: str, source: str, other: str) -> None:
    (unit,), context = aligned([(candidate, [reference])], lang="de")
    context = replace(context, source_lang="en")

    def found(text: str) -> list[str]:
        passage = Passage((Segment("s", "d", 0, len(text), text),), text, "source")
        made = REGISTRY.make("detector", detector).find([replace(unit, source=passage)], context)
        return [f.rule for f in made if f.rule in ("casing", "source-copied")]

    assert found(source) == []
    if other:
        assert found(other) == ["casing"]


def test_latin_words_in_chinese_say_nothing_of_its_case() -> None:
    units, context = aligned(
        [("PSA不给狗任何类型的人类药物，如LAXITIVES或NYQUIL。", ["不要给狗投喂药物，如泻药或奈奎尔。"])], lang="zh"
    )
    assert list(REGISTRY.make("detector", "casing").find(units, context)) == []


@pytest.mark.parametrize(
    ("candidate", "reference", "source", "rules"),
    [
        ("Out of stasis* and back to baking.", "Aus der Stasis* und backen.", "", []),
        ("The reply will be in time~ Most can choose.", "The reply is quick.", "回复信息比较及时～可以选择。", []),
        (
            "I read the works of@ iotar today.",
            "I read the works of @iotar.",
            "Ich las Werke von @iotar.",
            ["character"],
        ),
    ],
)
def test_a_mark_behind_a_word_may_be_the_others(candidate: str, reference: str, source: str, rules: list[str]) -> None:
    (unit,), context = aligned([(candidate, [reference])])
    passage = Passage((Segment("s", "d", 0, len(source), source),), source, "source")
    found = REGISTRY.make("detector", "character").find([replace(unit, source=passage if source else None)], context)
    assert [f.rule for f in found] == rules


def test_a_tag_that_the_reference_has_so_too() -> None:
    (unit,), context = aligned([("Ja, <unverständlich/> gut.", ["Ja, <unverständlich/> ist gut."])], lang="de")
    text = "Yes, <unintelligible/> good."
    source = Passage((Segment("s", "d", 0, len(text), text),), text, "source")
    assert list(REGISTRY.make("detector", "exact").find([replace(unit, source=source)], context)) == []


def test_a_line_that_goes_on_in_the_next_one() -> None:
    rows = [
        ("When the guests from the north had arrived,", ["When the guests from the north had arrived,"]),
        ("they were led into the great old hall.", ["They were led into the great old hall."]),
    ]
    units, context = aligned(rows)
    assert list(REGISTRY.make("detector", "casing").find(units, context)) == []


def test_a_latin_name_beside_its_form_is_no_clause_left_out() -> None:
    reference = "演员阵容还包括辛西娅·尼克松 (Cynthia Nixon)、凯莉·库恩 (Carrie Coon) 和摩根 (Morgan Spector) 等。"
    units, context = aligned([("演员阵容还包括辛西娅·尼克松、凯莉·库恩和摩根等。", [reference])], lang="zh")
    assert list(REGISTRY.make("detector", "omission").find(units, context)) == []


def test_marks_that_the_source_doubles() -> None:
    (unit,), context = aligned([("Kayel..? Wo bist du?", ["Kayel? Wo bist du?"])], lang="de")
    text = "Kayel..? Where are you?"
    source = Passage((Segment("s", "d", 0, len(text), text),), text, "source")
    made = REGISTRY.make("detector", "punctuation")
    assert [f.rule for f in made.find([unit], context)] == ["punctuation-doubled"]
    assert list(made.find([replace(unit, source=source)], context)) == []


@pytest.mark.parametrize(
    ("lang", "candidate", "source", "alone"),
    [
        ("ru", "Надеюсь, мы добьёмся успеха».", 'Hopefully, we can be successful."', []),
        ("ja", "「我々は試合に入るときに勝てると信じていた。", '"We went into the game believing we could win.', []),
        ("cs", "Takže pokračujeme,“ řekl pan Albence.", 'So we are continuing," Mr. Albence said.', []),
        ("cs", "Řekl: „Šel jsem tam, a odešel.", '"I went there," he said, and left.', ["„"]),
        ("ru", "«Надеюсь, мы добьёмся успеха.", 'Hopefully, we can be successful."', ["«"]),
        ("en", "It is divided (in two parts.", "主要分为两部分（抽象的和规范的。", []),
        ("de", "Der Minister nannte den Plan „", 'The minister called the plan "', []),
        ("fr", "Le ministre a dit : «", 'The minister said: "', []),
        ("en", "He read [the notice of the day.", "他读了【今天的通知。", []),
        ("de", "Er nannte „den Plan gut.", 'He called "the plan" good.', ["„"]),
        ("en", "It is divided (in two parts.", '主要分为两部分"抽象的和规范的。', ["("]),
        # Signs for inches, single marks and marks of titles.
        ("de", "Ich bin 5'5“ und wiege viel.", "I'm 5'5\" and heavy.", []),
        ("de", "Nimm eine 10“-Pfanne.", 'Take a 10" pan.', []),
        ("de", "Er nannte „den Plan 10 gut.", 'He called "Plan 10" good.', ["„"]),
        ("de", 'Wir hoffen", dass er „einen Plan“ hat.', "We Hope' He Has a Plan, 'If He Does, He Hides It' Well", []),
        ("de", "Er sagte, „es ist gut wieder.", "He said 'it is good' again.", ["„"]),
        ("en", '"The title is good.', "《书名是好的。", []),
    ],
)
def test_a_quotation_that_goes_on_in_the_source(lang: str, candidate: str, source: str, alone: list[str]) -> None:
    (unit,), context = aligned([(candidate, [])], lang=lang)
    passage = Passage((Segment("s", "d", 0, len(source), source),), source, "source")
    found = REGISTRY.make("detector", "punctuation").find([replace(unit, source=passage)], context)
    assert [f.text for f in found if f.rule == "punctuation-unpaired"] == alone


@pytest.mark.parametrize(
    ("candidate", "reference", "source", "small"),
    [
        # A name that the source has small too; a noun is small in English anyway.
        ("Gestern sah ich zuckerberg im Netz.", "Gestern habe ich Zuckerberg im Netz gesehen.",
         "Yesterday I saw zuckerberg on the net.", []),
        ("Gestern sah ich zuckerberg im Netz.", "Gestern habe ich Zuckerberg im Netz gesehen.",
         "Yesterday I saw Zuckerberg on the net.", ["zuckerberg"]),
        ("Der alte film war gut.", "Mir hat der alte Film gefallen.", "The old film was good.", ["film"]),
        # Text without capitals.
        ("Er sagt, jeff bush sei da.", "Es heißt, Jeff Bush sei da.", "they say jeff bush is here", []),
        # A phrase left in English, with the source and without one.
        ("Ich mag „the best album of the year“ sehr.", "Mir gefällt das beste Album des Jahres.",
         "I like the best album of the year a lot.", []),
        ("Ich mag unfortunately album without sehr.", "Mir gefällt das Album des Jahres sehr.", "", []),
    ],
)  # fmt: skip
def test_small_letters_of_the_source(candidate: str, reference: str, source: str, small: list[str]) -> None:
    (unit,), context = aligned([(candidate, [reference])], lang="de")
    passage = Passage((Segment("s", "d", 0, len(source), source),), source, "source") if source else None
    made = REGISTRY.make("detector", "casing").find([replace(unit, source=passage)], replace(context, source_lang="en"))
    assert [f.text for f in made] == small


def test_a_name_behind_a_title_that_the_source_writes_small() -> None:
    (unit,), context = aligned([("We met president schröder there.", ["There we met President Schröder."])])
    made = REGISTRY.make("detector", "names")
    for text, rules in (("wir trafen dort präsident schröder", []), ("Wir trafen Präsident Schröder.", ["name-case"])):
        source = Passage((Segment("s", "d", 0, len(text), text),), text, "source")
        assert [f.rule for f in made.find([replace(unit, source=source)], context)] == rules

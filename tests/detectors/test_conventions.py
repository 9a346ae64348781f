"""Casing, punctuation, white space and characters."""

from __future__ import annotations

import pytest

from tests.detectors.units import REGISTRY, aligned, found, spans


def texts(detector: str, candidate: str, *references: str, lang: str = "en") -> list[str]:
    return [text for _, text in spans(detector, candidate, *references, lang=lang)]


@pytest.mark.parametrize(
    "text",
    [
        "He said (see § 3) that it's the boys' turn; rock 'n' roll is a '90s thing.",
        "a) The first point stands. :)",
        "5 ) The fifth point stands.",
        'The screen measures 27" and weighs little.',
        "“We came,” he said, “and we saw.”",
    ],
)
def test_paired_marks_labels_apostrophes_and_inches(text: str) -> None:
    assert spans("punctuation", text) == []


def test_a_quotation_may_run_over_sentences_and_paragraphs() -> None:
    rows = [("“We came here to act.", []), ("We will not talk,” he said and left the hall.", [])]
    units, context = aligned(rows)
    assert list(REGISTRY.make("detector", "punctuation").find(units, context)) == []


def test_german_quotation_marks() -> None:
    assert texts("punctuation", "Er sagte: „Ich komme nicht“ und ging.", lang="de") == []
    assert texts("punctuation", "Er sagte: „Ich komme nicht und ging.", lang="de") == ["„"]


def test_a_hyphen_that_waits_for_a_later_word() -> None:
    assert texts("punctuation", "Ich sprach mit 30 Gesundheits-, Wellness-Profis.", lang="de") == []
    assert texts("punctuation", "Ich sprach mit Gesundheits-, aber nicht lange.", lang="de") == ["-,"]


def test_final_marks() -> None:
    reference = "Is the hall open?"
    assert texts("punctuation", "The hall is open", reference) == ["open"]
    assert texts("punctuation", "The hall is open.", reference) == ["."]
    assert texts("punctuation", "Is it open?", reference) == []
    assert texts("punctuation", "The hall is open", "A heading") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("one  two", 1), ("one , two", 1), ("one,two three", 1), ("The end.Then more", 1), ("( one) two", 1),
     ("one\u00a0two, 1,000 and 3.5 at example.com or Node.js", 0), ("wait ... for it", 0), ("3 % of it", 1)],
)  # fmt: skip
def test_spaces(text: str, count: int) -> None:
    assert len(texts("whitespace", text)) == count


def test_french_spaces_belong() -> None:
    assert texts("whitespace", "Vraiment ? Oui : 3 % !", lang="fr") == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [("the cafÃ© here", "Ã©"), ("itâ€™s here", "â€™"), ("a \ufffd sign", "\ufffd"), ("zero\u200bwidth", "\u200b"),
     ("the Kremlіn said", "Kremlіn"), ("Johnson &amp; Johnson", "&amp;"), ("right \u202eleft", "\u202e")],
)  # fmt: skip
def test_characters(text: str, bad: str) -> None:
    assert texts("character", text) == [bad]


@pytest.mark.parametrize(
    "text", ["Ångström, naïve café – “fine”…", "می\u200cخواهم", "👩\u200d🚀 flies", "α-particles, 10 µm"]
)
def test_good_characters(text: str) -> None:
    assert texts("character", text) == []


def test_sentence_starts() -> None:
    assert texts("casing", "the guests waited in the hall.", "The guests waited there.") == ["the"]
    assert texts("casing", "iPhone sales fell by a third.", "iPhone sales fell.") == []
    assert texts("casing", "de Gaulle spoke to the crowd there.", "De Gaulle spoke.") == []


def test_small_beginnings_as_people_write_them_in_chats_are_hints() -> None:
    chat, written = "the guests waited in the hall", "the guests waited in the hall."
    severities = [[f.severity for f in found("casing", text, "The guests waited there.")] for text in (chat, written)]
    assert severities == [["neutral"], ["minor"]]
    units, context = aligned([(written, ["The guests waited there."]), ("it was cold there.", ["It was cold there."])])
    told = REGISTRY.make("detector", "casing").find(units, context)
    assert {f.severity for f in told} == {"neutral"}


def test_a_whole_sentence_in_one_case_is_one_finding() -> None:
    reference = "President Tokayev of Kazakhstan met Imran Khan in Bishkek."
    assert texts("casing", reference.lower(), reference) == [reference.lower()]
    assert texts("casing", reference.upper(), reference) == [reference.upper()]


def test_titles_before_names_follow_the_document() -> None:
    text = (
        "President Tokayev, Prime Minister Khan and President Putin met president Ghani and the president of the bank."
    )
    assert texts("casing", text) == ["president"]
    assert texts("casing", "We saw president Ghani and premier Li in town.") == []


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Then they met major Anderson of the guard.", ["major"]),
        ("It belongs to a major Korean maker.", []),
        ("It trades with major European banks.", []),
        ("There the emperor Maximilian lived.", []),
        ("They saw Brazil's president Lula there.", []),
        ("Then came chancellor Merkel from Berlin.", ["chancellor"]),
    ],
)
def test_titles_that_are_ordinary_words(text: str, small: list[str]) -> None:
    assert texts("casing", f"President Tokayev met Prime Minister Khan and President Putin. {text}") == small


def test_a_name_of_code_that_the_reference_writes_small_may_open_a_sentence() -> None:
    assert spans("casing", "gcc reads the file.", "The file is read by gcc.") == []
    assert spans("casing", "gcc reads the file.", "The compiler reads the file.") == [("casing", "gcc")]


@pytest.mark.parametrize(
    ("candidate", "reference", "bad"),
    [
        ("He asked whether they came?", "He asked whether they came.", []),
        ("He asked whether they came.", "He asked whether they came?", []),
        ("Can you tell them that they came.", "Can you tell them that they came?", ["."]),
    ],
)
def test_an_indirect_question_may_end_with_either_mark(candidate: str, reference: str, bad: list[str]) -> None:
    assert [t for _, t in spans("punctuation", candidate, reference)] == bad


def test_a_word_with_a_capital_that_begins_a_name_is_no_slip() -> None:
    text = "Good health counts, they say. The board held its first {} here."
    assert texts("casing", text.format("Health and Wellness Festival")) == []
    assert texts("casing", text.format("Health and sports day")) == ["Health"]

"""Omission, addition, repetition, untranslated text, negation, length and moved blocks."""

from __future__ import annotations

import pytest

from evalkit.model import Unit
from tests.detectors.units import REGISTRY, aligned, found, spans

LONG = "The guests waited in the hall, while musicians rehearsed Beethoven symphonies behind heavy velvet curtains."


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("It was the the best of days.", "the the"),
        ("They build a health and health community together.", "health and health"),
        ("He opened the door, he opened the door and left.", "he opened the door, he opened the door"),
        ("The end came at dawn dawn dawn.", "dawn dawn dawn"),
        ("他们在北京在北京会面。", "在北京在北京"),
    ],
)
def test_repetition(text: str, bad: str) -> None:
    assert [t.lower() for _, t in spans("repetition", text)] == [bad.lower()]


@pytest.mark.parametrize(
    "text",
    ["He had had enough and knew it.", "More and more people came again and again.", "They sailed to Bora Bora.",
     "研究研究这个问题，高高兴兴地走。", "It is bigger and bigger by the day.", "Bye bye, he said."],
)  # fmt: skip
def test_fine_repetitions(text: str) -> None:
    assert spans("repetition", text) == []


def test_a_reference_licenses_a_repetition() -> None:
    assert spans("repetition", "No, no, it is so so good.", "It is so so good.") == []


def test_a_sentence_said_twice() -> None:
    line = "The guests waited in the hall for an hour."
    units, context = aligned([(line, [line]), (line, ["Then all of them went home in silence."])])
    hits = list(REGISTRY.make("detector", "repetition").find(units, context))
    assert [(f.unit, f.text) for f in hits] == [("u2", line)]
    units, context = aligned([(line, [line]), (line, [line])])
    assert list(REGISTRY.make("detector", "repetition").find(units, context)) == []


def test_omission_of_a_sentence_and_of_a_clause() -> None:
    (clause,) = found("omission", "The guests waited in the hall.", LONG)
    assert (clause.side, clause.severity) == ("reference", "minor")
    assert clause.text == "musicians rehearsed Beethoven symphonies behind heavy velvet curtains"
    units, context = aligned([("", [LONG])])
    gone = [Unit("u1", "d", "omitted", 1.0, None, units[0].references)]
    (sentence,) = REGISTRY.make("detector", "omission").find(gone, context)
    assert (sentence.text, sentence.severity) == (LONG, "major")


def test_omission_is_no_error_in_a_report() -> None:
    assert found("omission", "The guests waited in the hall.", LONG, kind="report") == []


def test_a_paraphrase_is_neither_omission_nor_addition() -> None:
    texts = ("Visitors were kept in the hall as an orchestra practised works by Beethoven out of sight.", LONG)
    assert [f for name in ("omission", "addition") for f in found(name, *texts)] == []


def test_added_sentences_weigh_less_in_a_report() -> None:
    for kind, severity in (("translation", "major"), ("report", "minor")):
        units, context = aligned([("The guests waited in the hall.", []), ("It rained.", ["It rained."])], kind=kind)
        (hit,) = REGISTRY.make("detector", "addition").find(units, context)
        assert (hit.unit, hit.severity) == ("u1", severity)


def test_unrelated_sentences() -> None:
    texts = ("Prices of bread and milk rose again in three eastern provinces during August.", LONG)
    assert [f.rule for f in found("addition", *texts)] == ["addition"]


@pytest.mark.parametrize(
    ("text", "lang", "bad"),
    [("The 研究人员 waited.", "en", ["研究人员"]),
     ("Гости ждали in the hall for an hour.", "ru", ["in the hall for an hour"]),
     ("他们在 WHO 总部会面。", "zh", []), ("The angle α is small; café and naïve.", "en", [])],
)  # fmt: skip
def test_untranslated(text: str, lang: str, bad: list[str]) -> None:
    assert [t for _, t in spans("untranslated", text, lang=lang)] == bad


@pytest.mark.parametrize(
    ("candidate", "reference", "count"),
    [
        ("He did not sign it.", "He signed it.", 1),
        ("He signed it.", "He never signed it.", 1),
        ("He did not sign it.", "He failed to sign it.", 0),
        ("Not only did he come, he stayed.", "He came and stayed.", 0),
        ("It was unclear.", "It was not clear.", 0),
        ("Without him nothing works.", "Nothing works if he is away.", 0),
    ],
)
def test_negation(candidate: str, reference: str, count: int) -> None:
    assert len(found("negation", candidate, reference)) == count


def test_length_ratio_needs_length_and_distance() -> None:
    rows = [(f"The guests waited in the hall number {n}.", [f"The guests were waiting in hall {n}."]) for n in range(9)]
    units, context = aligned([*rows, ("He left.", [LONG]), ("Yes.", ["Yes indeed."])])
    hits = list(REGISTRY.make("detector", "length-ratio").find(units, context))
    assert [f.text for f in hits] == ["He left."]


def test_one_finding_per_moved_block() -> None:
    units, context = aligned([(f"Sentence number {n} of it.", [f"Sentence number {n} of it."]) for n in range(4)])
    moved = [Unit(u.id, u.document, "moved", 1.0, u.candidate, u.references, n // 2) for n, u in enumerate(units)]
    hits = list(REGISTRY.make("detector", "moved").find(moved, context))
    assert [(f.unit, f.severity) for f in hits] == [("u1", "minor"), ("u3", "minor")]


def test_a_report_adds_a_sentence_even_where_it_was_linked_with_something() -> None:
    said = "Leaders of seven neighbouring countries and the director of the regional bank attended the opening dinner."
    other = "The host country has earnestly performed its duties and advanced sound development despite the epidemic."
    pairs = [(said, [other]), ("Trade grew quickly last year.", ["Last year trade grew quickly."])]
    units, context = aligned(pairs, kind="report")
    (hit,) = REGISTRY.make("detector", "addition").find(units, context)
    assert (hit.text, hit.severity) == (said, "minor")


def test_a_report_sentence_that_shares_but_names_is_an_addition() -> None:
    said = "The meeting was opened by President Petrosyan of Armenia, the rotating chairman of the customs union."
    reference = "President Petrosyan of Armenia spoke about prices of wheat in Russia, then left."
    (one,) = found("addition", said, reference, kind="report")
    assert (one.text, one.severity, one.confidence) == (said, "minor", 0.4)
    kept = "President Petrosyan of Armenia spoke of wheat prices in Russia."
    assert found("addition", kept, reference, kind="report") == []


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("There is nothing wrong with the pen.", "The pen works fine."),
        ("The vote resulted in his ceasing to be minister.", "The vote led to him no longer being minister."),
        ("Don't you think it is garbage?", "Do you think it is garbage?"),
    ],
)
def test_what_denies_nothing_or_is_answered_is_no_negation(candidate: str, reference: str) -> None:
    assert found("negation", candidate, reference) == []


def test_doubled_names_are_a_hint_and_as_plain_as_is_no_repetition() -> None:
    reference = "We sent it by the courier whose tone is plain."
    (hint,) = found("repetition", "We sent it by Tian Tian whose tone is plain.", reference)
    assert (hint.text, hint.severity) == ("Tian Tian", "neutral")
    assert found("repetition", "Its tone is plain, as plain as water.", reference) == []
    (error,) = found("repetition", "We sent it it by the courier.", reference)
    assert error.severity == "major"

"""Omission, addition, repetition, untranslated text, negation, length and moved blocks."""

from __future__ import annotations

import pytest

from evalkit.records import Unit
from evalkit.testing import context_of, units_of
from tests.detectors.units import REGISTRY, aligned, found, spans

pytestmark = pytest.mark.slow

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
        ("The six watches were not consistent.", "The time of the six watches varied.", 0),
        ("Neither unions nor firms called a strike.", "Unions and firms did not call a strike.", 0),
        ("I am not sure if the print is dark.", "The print is dark.", 0),
        ("I do not think it is garbage.", "Do you think it is garbage?", 0),
    ],
)
def test_negation(candidate: str, reference: str, count: int) -> None:
    assert len(found("negation", candidate, reference)) == count


@pytest.mark.parametrize(
    "word", ["zaginionych", "porozumienie", "wichtigen", "soukromou", "Beispielsweise", "Untersuchung"]
)
def test_a_word_of_another_language_in_letters_of_english(word: str) -> None:
    start, rest = ("", word) if word == "Beispielsweise" else ("they said ", f"the {word}")
    text = f"{start}{rest} guests waited in the hall for an hour."
    (hit,) = found("untranslated", text, "They said that missing guests were waiting in the hall for an hour.")
    assert (hit.text, hit.severity) == (word, "minor")
    assert found("untranslated", text, f"They said the {word} guests waited in the hall.") == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("They met the guests y left early.", "y"),
        ("The guests waited, et they left early.", "et"),
        ("L'humidité on the hands reacts.", "L'humidité"),
        ("They went on d'autres roads.", "d'autres"),
        ("It was extremamente cold there.", "extremamente"),
        ("They said que the guests left.", "que"),
        ("Their importance as a Wirtschaftsstandort grew.", "Wirtschaftsstandort"),
        ("The guests were accusés there.", "accusés"),
    ],
)
def test_little_words_and_endings_of_other_languages(text: str, bad: str) -> None:
    reference = "The guests were accused there and they left the cold roads early."
    assert spans("untranslated", text, reference) == [("untranslated", bad)]


@pytest.mark.parametrize(
    "text",
    [
        "Smith et al. met on the y axis, e.g. in the Place de la Concorde.",
        "It measured 7 on the Richter scale and the cafe sold crème brûlée in a dove house.",
        "They met Wasser Schmidt in the hall.",
    ],
)
def test_little_words_of_names_and_loans_are_english(text: str) -> None:
    assert spans("untranslated", text, "They met there in the end.") == []


def test_a_german_word_may_be_another_form_of_a_name_of_the_reference() -> None:
    assert spans("untranslated", "They saw the Gipfel again.", "They saw the Kipfel again.") == []
    assert spans("untranslated", "They saw the Gipfel again.", "They saw the top again.") == [
        ("untranslated", "Gipfel")
    ]


def test_rare_english_names_and_misspellings_are_no_foreign_words() -> None:
    text = "Julio Blinken of Mallorca cited force majeure; the gests wated in the plaza with cashews and sauerkraut."
    assert found("untranslated", text, "They said that it was an act of God and waited.") == []


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
        ("The order did not arrive until Friday.", "The order arrived on Friday."),
        ("The service is not bad.", "The service is good."),
        ("The service is good.", "The service is not subpar."),
        ("With such service, who would dare to buy there?", "With such service no one would dare to buy there."),
        ("I can't wait to read the book.", "I look forward to reading the book."),
        ("There was no problem with the pen.", "The pen works fine."),
        ("He was unable to attend the meeting.", "He was not able to attend the meeting."),
        ("The house is not a shop, but rather a museum.", "The house is more of a museum than a shop."),
        ("Please do not use headphones in such places.", "Headphones make it worse, so avoid using them there."),
        ("It is fun to play.", "It is not horrible to play."),
        ("It is still the same with the packaging.", "The packaging hasn't changed."),
        ("It was picked up for free.", "It was picked up at no cost to me."),
        ("It is not comfortable to wear.", "Wearing it is uncomfortable."),
    ],
)
def test_what_denies_nothing_or_is_answered_is_no_negation(candidate: str, reference: str) -> None:
    assert found("negation", candidate, reference) == []


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("The service is not bad.", "The service is bad."),
        ("Do not forget the umbrella.", "Forget the umbrella."),
        ("The order did not arrive on Friday, but it was unfortunate.", "The order arrived on Friday, unfortunately."),
        ("The pumps do not stop the water.", "The pumps stop the water."),
    ],
)
def test_what_denies_the_same_word_is_a_negation(candidate: str, reference: str) -> None:
    (hit,) = found("negation", candidate, reference)
    assert hit.severity == "major"


OTHER = "Prices of bread, milk and butter rose again in three eastern provinces of {} during the dry summer season."


@pytest.mark.parametrize(
    ("candidate", "reference", "severity"),
    [
        (OTHER.format("Zambia"), LONG, "major"),
        (OTHER.format("the north"), LONG.replace("Beethoven", "old"), "neutral"),
        (OTHER.format("Austria"), LONG.replace("velvet", "Austrian velvet from Austria"), "neutral"),
        ("A bus in Zambia fell off a cliff.", "The guests waited in the hall.", "neutral"),
        ("As for the detailed explanation of electricity, it generally makes people feel uneasy.",
         "The majority of individuals will feel guilty after reading the in-depth description.", "neutral"),
        ("It seems that I can't buy cost-effective products from Z anymore!",
         "Looks like I won't be purchasing Z's reasonably priced stuff in the future!", None),
        ("In the end, the grandfather glued them on!", "Grandpa finally cemented it in place!", None),
    ],
)  # fmt: skip
def test_unrelated_pairs_weigh_what_their_evidence_says(candidate: str, reference: str, severity: str | None) -> None:
    assert [f.severity for f in found("addition", candidate, reference)] == ([severity] if severity else [])


def test_a_name_spelt_out_is_no_addition() -> None:
    short = "The speech at the 20th Party meeting was read aloud."
    names = "National Congress Delegates Communist Eastern Provinces Front"
    assert found("addition", f"The speech at the 20th {names} Party meeting was read aloud.", short) == []
    (clause,) = found("addition", f"The speech at the 20th Party meeting was read aloud, while {names.lower()}.", short)
    assert clause.text == names.lower()


def test_an_original_in_brackets_with_other_capitals_is_a_hint() -> None:
    reference = "There is refined and virgin olive oil."
    texts = ("There is virgin olive oil (Virgin Olive Oil).", "There is virgin olive oil (virgin olive oil).")
    severities = [[f.severity for f in found("repetition", text, reference)] for text in texts]
    assert severities == [["neutral"], ["major"]]


def test_doubled_names_are_a_hint_and_as_plain_as_is_no_repetition() -> None:
    reference = "We sent it by the courier whose tone is plain."
    (hint,) = found("repetition", "We sent it by Tian Tian whose tone is plain.", reference)
    assert (hint.text, hint.severity) == ("Tian Tian", "neutral")
    assert found("repetition", "Its tone is plain, as plain as water.", reference) == []
    (error,) = found("repetition", "We sent it it by the courier.", reference)
    assert error.severity == "minor"


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("They laughed and laughed loudly there.", []),
        ("It got worse and worse, and they left.", []),
        ("It hurt health and health policy there.", ["health and health"]),
        ("They met on that day and that day and left.", ["that day and that day and"]),
    ],
)
def test_a_word_and_the_same_word_for_stress(text: str, bad: list[str]) -> None:
    assert [t for _, t in spans("repetition", text, "They left after a while.")] == bad


def test_pairs_whose_names_and_numbers_are_others_are_unrelated() -> None:
    reference = "Since the epidemic the CBA games were paused for 5 months and began resuming in June."
    candidate = "Last month a committee recommended the resignation of the CEP as part of new measures and elections."
    hits = found("addition", candidate, reference)
    assert [h.text for h in hits] == [candidate]
    assert found("addition", candidate, reference.replace("CBA", "CEP")) == []


def test_a_number_word_is_answered_by_its_figure() -> None:
    text = "They saw six drowning students there, whom nobody had noticed before the storm."
    assert found("addition", text, text.replace("six", "6")) == []


def test_three_words_in_other_words_are_no_addition() -> None:
    rows = [(f"Sentence number {i} about weather.", [f"Sentence number {i} about weather."]) for i in range(400)]
    reference = "The envoy spoke of trade."
    added = {
        "The envoy spoke of trade barriers, quotas, tariffs.": 0,
        "The envoy spoke of trade barriers, quotas, tariffs, smugglers.": 1,
    }
    for candidate, count in added.items():
        units, context = aligned([*rows, (candidate, [reference])])
        assert len(list(REGISTRY.make("detector", "addition").find(units, context))) == count


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        ("The space required is small and the host is tiny.", "The space required is not large and the host is tiny."),
        ("The team remained undefeated this year.", "The team has not been defeated this year."),
        ("The after-sales service is worry-free.", "There are no worries about the after-sales service."),
        ("The makers of the dress are second to none.", "The makers of the dress are among the best."),
    ],
)
def test_antonyms_and_affixes_answer_a_negation(candidate: str, reference: str) -> None:
    assert spans("negation", candidate, reference) == []


def test_the_word_denied_is_no_answer() -> None:
    found = spans("negation", "The space required is large.", "The space required is not large.")
    assert found == [("negation-mismatch", "not")]


@pytest.mark.parametrize(
    ("left_out", "added", "severities"),
    [
        ("My grammar may be poor, please bear with me.", "Sorry for my bad grammar, folks.", ["neutral", "neutral"]),
        ("My grammar may be poor, please bear with me.", "Sorry.", ["major", "major"]),
        ("My grammar may be poor, please bear with me.", None, ["major"]),
        ("My grammar may be poor, please bear with me.", "", ["major"]),
    ],
)
def test_a_sentence_left_out_and_one_added_at_its_place(
    left_out: str, added: str | None, severities: list[str]
) -> None:
    lines = ["They came.", None, added, "They left."] if added else ["They came.", added, "They left."]
    there = ["They came.", left_out, None, "They left."] if added else ["They came.", left_out, "They left."]
    units, context = units_of(lines, [there]), context_of(lines, [there])
    detectors = [REGISTRY.make("detector", name) for name in ("omission", "addition")]
    assert [f.severity for detector in detectors for f in detector.find(units, context)] == severities


@pytest.mark.parametrize(
    ("candidate", "severity"),
    [
        ("It is a a vintage of the old town.", "minor"),
        ("The health and health community met in the old town.", "minor"),
        ("It was a power power power line of the old town.", "major"),
        ("They met in the old town they met in the old town.", "major"),
    ],
)
def test_a_word_said_twice_is_a_slip_and_a_loop_is_none(candidate: str, severity: str) -> None:
    assert [f.severity for f in found("repetition", candidate, "Something else was said of the place.")] == [severity]

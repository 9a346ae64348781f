"""Numbers and dates against the reference."""

from __future__ import annotations

import pytest
from msgspec import structs

from evalkit.records import Unit
from tests.detectors.units import REGISTRY, aligned, found, spans


def test_a_factor_of_ten_is_critical_another_value_major() -> None:
    (tens,) = found("numbers", "It cost 25 million yuan.", "It cost 2.5 million yuan.")
    (other,) = found("numbers", "It cost 26 million yuan.", "It cost 25 million yuan.")
    assert (tens.rule, tens.severity, tens.expected) == ("number-mismatch", "critical", ("2.5 million",))
    assert (other.rule, other.severity, other.text) == ("number-mismatch", "major", "26 million")
    assert other.other is not None
    assert other.other.text == "25 million"


def test_a_range_is_read_by_both_of_its_numbers() -> None:
    theirs = "It takes three to four weeks, and took two weeks."
    assert spans("numbers", "It takes 3-4 weeks, and took 2 weeks.", theirs) == []
    assert spans("numbers", "It takes 2-4 weeks, and took 2 weeks.", theirs) == [("number-mismatch", "2")]


def test_dates_have_their_own_rule() -> None:
    assert spans("numbers", "They met on 12 May 2020.", "They met on 21 May 2020.") == [
        ("date-mismatch", "12 May 2020")
    ]


def test_a_number_that_moved_within_the_document_is_not_missing() -> None:
    units, context = aligned(
        [("The hall was full.", ["All 2,300 seats were taken."]), ("It had 2,300 seats.", ["It was a large hall."])]
    )
    assert list(REGISTRY.make("detector", "numbers").find(units, context)) == []


def test_any_reference_licenses() -> None:
    assert spans("numbers", "Some 40 people came.", "Some 45 people came.", "Some 40 people came.") == []


def test_a_number_said_once_too_often_stands_for_the_one_beside_the_same_word() -> None:
    mine, theirs = "They won four races four weeks ago.", "They won four races three weeks ago."
    (told,) = found("numbers", mine, theirs)
    assert (told.start, told.text, told.expected) == (mine.rindex("four"), "four", ("three",))
    (told,) = found("numbers", "As a result, four died and two fled.", "As a result, two died and two fled.")
    assert (told.text, told.expected) == ("four", ("two",))
    assert spans("numbers", "Two of the four won.", "Four ran, and two of them won.") == []
    assert spans("numbers", "Both ran for three years.", "Three of the men ran for years.") == []


def test_small_number_words_are_not_missed() -> None:
    assert spans("numbers", "The sides signed it.", "The two sides first signed it.") == []


def test_what_is_missing_counts_in_translations_only() -> None:
    texts = ("The plant employs people.", "The plant employs 2,300 people.")
    assert [f.rule for f in found("numbers", *texts)] == ["number-missing"]
    assert found("numbers", *texts, kind="report") == []


def test_the_gold_document(root) -> None:
    """The two dates a careful reader objects to, and nothing else."""
    text = (root / "seeds/004_b9b7a7ebafc1f109.txt").read_text(encoding="utf-8")
    units, context = aligned([(line, []) for line in text.splitlines()], kind="report")
    own = [Unit(u.id, u.document, "added", 1.0, u.candidate, ()) for u in units]
    hits = [f.text for f in REGISTRY.make("detector", "numbers").find(own, context)]
    assert hits == ["November, 10", "the evening of 10"]


def test_a_time_with_blanks_is_the_same_time() -> None:
    assert spans("numbers", "Sent at 13: 09: 10 today.", "Sent at 13:09:10 today.") == []
    assert spans("numbers", "Sent at 13: 49: 10 today.", "Sent at 13:09:10 today.") != []


@pytest.mark.parametrize(
    ("candidate", "reference", "count"),
    [
        ("They sold 249,289,299 of them.", "They sold 249, 289 and 299 of them.", 0),
        ("They sold 249, 289 and 299 of them.", "They sold 249,289,299 of them.", 0),
        ("They sold 249,289,299 of them.", "They sold 249,289,299 of them.", 0),
        ("They sold 249,289,299 of them.", "They sold 249,289,298 of them.", 1),
        ("They sold 249,289 of them.", "They sold 249 and 288 of them.", 2),
    ],
)
def test_a_list_without_blanks_is_read_as_such_where_the_other_side_has_its_numbers(
    candidate: str, reference: str, count: int
) -> None:
    assert len(found("numbers", candidate, reference)) == count


@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "rules"),
    [
        (
            "en",
            "We send two vessels from 2 September 2024.",
            "We send two vessels from 1 September 2024.",
            ["date-mismatch"],
        ),
        (
            "en",
            "Beijing, May 20. The centre said on the 20th that from May 28 to June 1 it is open.",
            "Beijing, on May 20. According to the centre on May 20, from May 28 to June 1 it is open.",
            [],
        ),
        (
            "en",
            "Beijing, May 20. The centre said on the 21st that from May 28 to June 1 it is open.",
            "Beijing, on May 20. According to the centre on May 20, from May 28 to June 1 it is open.",
            ["number-added"],
        ),
        ("en", "The ticket costs €5 at the door.", "The ticket costs $5 at the door.", ["unit-mismatch"]),
        ("es", "Un valor de 11 000 millones de €.", "Un valor de 11 000 millones de $.", ["unit-mismatch"]),
        ("fr", "Plus de 7 milliards d’euros.", "Plus de 7 milliards de livres sterling.", ["unit-mismatch"]),
        ("ru", "Более 7 млрд. евро.", "Более 7 млрд. долларов.", ["unit-mismatch"]),
        ("en", "There were 0 errors.", "There were no errors.", []),
        ("de", "Die achtzehnjährigen Rekruten kamen.", "Die achtzehn Jahre alten Rekruten kamen.", []),
        ("de", "In den 00ern gab es sie.", "In den 2000er Jahren gab es sie.", []),
        ("de", "In den 80ern gab es sie.", "In den 1980er Jahren gab es sie.", []),
        ("en", "Install Python 3.1 before you start.", "Install Python 3.10 before you start.", ["number-mismatch"]),
        ("en", "See Chapter VI for details.", "See Chapter IV for details.", ["number-mismatch"]),
        ("zh", "出口额达到12万美元。", "出口额达到12亿美元。", ["number-mismatch"]),
        ("zh", "达到 33 亿美元", "达到33亿美元", []),
        ("de", "Sie treffen sich am Dienstag um acht.", "Sie treffen sich am Montag um acht.", ["date-mismatch"]),
        ("es", "El grupo tiene veinticinco miembros.", "El grupo tiene 25 miembros.", []),
        ("es", "El grupo tiene veintiséis miembros.", "El grupo tiene 25 miembros.", ["number-mismatch"]),
    ],
)
def test_kinds_of_public_reports(lang: str, candidate: str, reference: str, rules: list[str]) -> None:
    assert [f.rule for f in found("numbers", candidate, reference, lang=lang)] == rules


def test_each_side_is_read_in_its_own_language() -> None:
    """1.250 in German and 1,250 in English are one value; 1.250 in English is another."""
    units, context = aligned([("Es kostet 1.250 Euro.", ["It costs 1,250 euros."])], lang="de")
    detector = REGISTRY.make("detector", "numbers")
    apart = structs.replace(context, reference_langs={"r0": "en"})
    assert list(detector.find(units, apart)) == []
    units, context = aligned([("Es kostet 1.250 Euro.", ["It costs 1.250 euros."])], lang="de")
    apart = structs.replace(context, reference_langs={"r0": "en"})
    assert [f.rule for f in detector.find(units, apart)] == ["number-mismatch"]


def test_a_weekday_that_is_another_is_told_though_its_neighbour_has_it_too() -> None:
    """There are but seven days: that the line before speaks of a Monday says nothing about this one."""
    rows = [
        ("Am Dienstag kam er an.", ["Am Montag kam er an."]),
        ("Am Montag fuhr sie heim.", ["Am Dienstag fuhr sie heim."]),
    ]
    units, context = aligned(rows, lang="de")
    found = REGISTRY.make("detector", "numbers").find(units, context)
    assert [(f.rule, f.text) for f in found] == [("date-mismatch", "Dienstag"), ("date-mismatch", "Montag")]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("de", "Die Kaution beträgt 500 Euro.", "Die Kaution beträgt 500 Dollar."),
        ("de", "Es kostet 2 Milliarden US-Dollar.", "Es kostet 2 Milliarden Euro."),
        ("tr", "Kefalet 500 avro.", "Kefalet 500 dolar."),
        ("ja", "保釈金は500ユーロだ。", "保釈金は500ドルだ。"),
        ("zh", "价值110亿欧元的Nord Stream 2管道", "价值110亿美元的Nord Stream 2管道"),
        ("nl", "Het kost 500 euro.", "Het kost 500 dollar."),
    ],
)
def test_a_currency_exchanged_is_found_in_many_languages(lang: str, candidate: str, reference: str) -> None:
    assert [rule for rule, _ in spans("numbers", candidate, reference, lang=lang)] == ["unit-mismatch"]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("de", "Es fielen 5 bis 10 Zentimeter auf 137 Kilometern.", "Es fielen 2 bis 4 Zoll auf 85 Meilen."),
        ("en", "It is 10 °C and 8 km away.", "It is 50 °F and 5 miles away."),
        ("fr", "Il mesure 1,83 mètre.", "Il mesure 6 pieds."),
        ("en", "It took 90 minutes.", "It took 1.5 hours."),
    ],
)
def test_a_measure_in_another_unit_is_one_value(lang: str, candidate: str, reference: str) -> None:
    assert spans("numbers", candidate, reference, lang=lang) == []


@pytest.mark.parametrize(
    ("candidate", "reference", "rule"),
    [
        ("5 km away", "5 miles away", "unit-mismatch"),
        ("5 km away", "6 miles away", "number-mismatch"),
        ("20 °C", "50 °F", "number-mismatch"),
    ],
)
def test_a_measure_badly_converted_is_found(candidate: str, reference: str, rule: str) -> None:
    assert [found for found, _ in spans("numbers", f"It is {candidate}.", f"It is {reference}.")] == [rule]


def test_a_number_that_may_stand_in_words_nobody_knows_is_no_finding() -> None:
    """Of Xhosa no number words are known, of Swahili those below a thousand."""
    assert spans("numbers", "Kukho abantu abangamashumi amabini.", "Kukho abantu abangama-20.", lang="xh") == []
    assert spans("numbers", "Kukho abantu abangama-30.", "Kukho abantu abangama-20.", lang="xh") == [
        ("number-mismatch", "30")
    ]
    assert spans("numbers", "Walikuja watu wengi.", "Walikuja watu 45.", lang="sw") == [("number-missing", "45")]
    assert spans("numbers", "Walikuja watu wengi.", "Walikuja watu 45,000.", lang="sw") == []


def test_another_separator_is_a_kind_of_its_own() -> None:
    (one,) = found("numbers", "They counted 441.611 cases.", "They counted 441,611 cases.")
    (other,) = found("numbers", "They saw 4416110 of them.", "They counted 441,611 cases.")
    assert (one.evidence, one.severity) == ("separator", "major")
    assert (other.evidence, other.severity) == ("tens", "critical")


@pytest.mark.parametrize(
    ("lang", "rules"),
    [("en-US", ["date-malformed", "date-mismatch"]), ("en-GB", []), ("en", []), ("de-AT", [])],
)
def test_a_country_says_whether_the_day_or_the_month_comes_first(lang: str, rules: list[str]) -> None:
    mine, theirs = "31/12/2024, 03/04/2024", "2024-12-31, 2024-04-03"
    assert sorted(rule for rule, _ in spans("numbers", mine, theirs, lang=lang)) == rules

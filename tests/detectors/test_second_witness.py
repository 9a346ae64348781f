"""Where the reference disagrees, the source may side with the candidate: then the reference is the odd one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.records import Finding, Passage, Segment
from evalkit.testing import context_of, units_of
from tests.detectors.units import REGISTRY, aligned


def found(detector: str, candidate: str, reference: str, source: str, lang: str, source_lang: str) -> list[Finding]:
    (unit,), context = aligned([(candidate, [reference])], lang=lang)
    passage = Passage((Segment("s", "d", 0, len(source), source),), source, "source")
    sourced = [replace(unit, source=passage)]
    return list(REGISTRY.make("detector", detector).find(sourced, replace(context, source_lang=source_lang)))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Take two on Stumpy’s crowning.", []),
        ("Take two on the crowning.", ["Stumpys"]),
        ("Take two on Stumpfi’s crowning.", ["Stumpys"]),
    ],
)
def test_a_name_as_the_source_has_it(source: str, told: list[str]) -> None:
    mine, theirs = "Es ist der zweite Versuch für Stumpys Krönung.", "Das ist der zweite Anlauf für Stumpfis Krönung."
    assert [f.text for f in found("names", mine, theirs, source, "de", "en")] == told


def test_a_place_has_its_own_name_in_each_language() -> None:
    told = found("names", "Er fuhr nach Lisbonne.", "Er reiste nach Lissabon.", "Ils sont à Lisbonne.", "de", "fr")
    assert [f.text for f in told] == ["Lisbonne"]


@pytest.mark.parametrize(
    ("candidate", "reference", "source", "source_lang"),
    [
        ("Measured within 24 hours of injury.", "Measured within 24 h after injury.", "Binnen 24 h gemessen.", "de"),
        ("It bleeds 24h a day.", "You bleed for 24 hours.", "几天内24小时流血。", "zh"),
    ],
)  # fmt: skip
def test_a_days_length_is_no_midnight(candidate: str, reference: str, source: str, source_lang: str) -> None:
    assert found("numbers", candidate, reference, source, "en", source_lang) == []


@pytest.mark.parametrize(
    ("candidate", "source", "severity"),
    [
        ("Now in 2019 it is the same.", "到现在19年，还是老样子。", "neutral"),
        ("Now in 2019 it is the same.", "到现在19年前，还是老样子。", "major"),
        ("The million yuan car and the ten million yuan one.", "百万跑车还有千万超跑。", "minor"),
        ("A ban on two rivers and a lake.", "一江一河一湖和三江源地区禁捕。", "minor"),
    ],
)
def test_numbers_that_the_source_may_mean(candidate: str, source: str, severity: str) -> None:
    said = {
        "Now in 2019 it is the same.": "It has not changed in 19 years.",
        "The million yuan car and the ten million yuan one.": "A million-level car and a tens-of-millions one.",
        "A ban on two rivers and a lake.": "A ban in the three rivers area: one river, one river, one lake.",
    }
    told = found("numbers", candidate, said[candidate], source, "en", "zh")
    assert [f.severity for f in told] == [severity]


@pytest.mark.parametrize(
    ("candidate", "reference", "source", "told"),
    [
        ("We use lipotransfer (lipotransfer) and other cells.", "We use lipotransfer and other cells.",
         "Wir nutzen Lipotransfer (lipotransfer) und andere Zellen.", 0),
        ("We use lipotransfer (lipotransfer) and other cells.", "We use lipotransfer and other cells.",
         "Wir nutzen Lipotransfer und andere Zellen.", 1),
        ("It is the CSU (CSU) (CSU) of Bavaria.", "It is the party (CSU) of Bavaria.", "Die Partei (CSU) Bayerns.", 1),
        ("It rated the level of the method and method type.", "It rated the level of the method and its type.",
         "Il évaluait le niveau de la méthode et le type de méthode.", 0),
        ("It rated the level of the method and method type.", "It rated the level of the method and its type.",
         "Il évaluait le niveau de la méthode et son type.", 1),
        ("Because he is serious, he is serious about it.", "He is conscientious, and is serious about it.",
         "因为他是认真的，他对中国是认真的。", 0),
        ("Because he is serious, he is serious about it.", "He is conscientious, and is serious about it.",
         "因为他是认真的。", 1),
        ("Who has no proof of learning, no proof of learning for years pays.", "Without a proof, you pay.",
         "未提供继续教育证明 应提供近一年的继续教育证明者付费。", 0),
        ("Who has no proof of learning, no proof of learning for years pays.",
         "Who lacks the proof of study; the proof of study for years is asked.", "", 0),
        ("Who has no proof of learning, no proof of learning for years pays.", "Without it you pay.", "付费。", 1),
    ],
)  # fmt: skip
def test_repeated_as_in_the_source(candidate: str, reference: str, source: str, told: int) -> None:
    assert len(found("repetition", candidate, reference, source, "en", "fr")) == told


def test_of_one_rendering_of_two_sources_the_references_tell_which_is_odd() -> None:
    sources = ["Die Leber ist entzündet und vergrößert.", "Häufig ist eine Fettleber ohne Alkohol."]
    rendered = "Fatty liver without alcohol is common."
    references = ["The liver is inflamed and enlarged.", "A fatty liver without alcohol is frequent."]
    context = context_of([rendered, rendered], lang="en", source_lang="de")

    def odd(theirs: list[str]) -> list[str]:
        made = REGISTRY.make("detector", "exact").find(units_of([rendered, rendered], [theirs], sources), context)
        return [f.unit for f in made if f.rule == "inconsistent-source"]

    assert odd(references) == ["d:1"]
    assert odd(references[::-1]) == ["d:2"]
    assert odd([references[1]] * 2) == []  # both sources may well say it
    assert odd(["The liver is inflamed.", "It is large."]) == ["d:2"]


def test_number_words_are_no_nouns() -> None:
    mine, theirs = "Im Verhältnis eins zu eins und einer million.", "Es steht Eins zu Eins und zu einer Million."
    told = found("casing", mine, theirs, "One to one and to a million.", "de", "en")
    assert [f.text for f in told] == ["million"]


@pytest.mark.parametrize(
    ("candidate", "reference", "severity"),
    [
        ("He is an engineer of Class 2 there.", "He is an engineer of Level 2 there.", "neutral"),
        ("They came for the New Year in Rome.", "They came for the Spring Festival in Rome.", "neutral"),
        ("They met Douyin at the fair in Rome.", "They met Weibo at the fair in Rome.", "minor"),
    ],
)  # fmt: skip
def test_other_words_for_a_name_are_a_hint(candidate: str, reference: str, severity: str) -> None:
    told = found("names", candidate, reference, "", "en", "zh")
    assert {f.severity for f in told if f.rule == "name-wrong"} == {severity}


def test_a_sentence_that_stands_twice_is_told_where_it_renders_nothing() -> None:
    line = "Thank you very much for all your help."
    source = ["Danke für alles, sehr lieb.", "Vielen Dank für eure Hilfe."]
    context = context_of([line, line], lang="en", source_lang="de")
    repeated = REGISTRY.make("detector", "repetition")

    def told(*theirs: str) -> list[str]:
        return [f.unit for f in repeated.find(units_of([line, line], [list(theirs)], source), context)]

    assert told("Many of them were kind.", "Many thanks for all your help.") == []
    assert told("Many thanks for all your help.", "Many of them were kind.") == ["d:2"]


def test_a_title_behind_its_name_is_small() -> None:
    rest = "President Xi met Prime Minister Modi and President Putin. "
    said = rest + "So said Yang Lin, deputy director general of Qinghai, and premier mitsotaki of Greece."
    (unit,), context = aligned(
        [(said, ["So said Yang Lin, Deputy Director General of Qinghai, and Premier Mitsotakis."])]
    )
    told = REGISTRY.make("detector", "casing").find([unit], context)
    assert [f.text for f in told if "title" in f.message] == ["premier"]

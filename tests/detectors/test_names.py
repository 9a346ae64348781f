"""The names detector: what it finds by list and by reference, and above all where it stays silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from evalkit.detectors.names import NamesDetector
from evalkit.records import Finding, Name
from evalkit.terms import load as termbase
from tests.detectors.lists import context, units
from tests.detectors.units import spans

LIST = (
    Name("Narendra Modi", accept=("Modi",)),
    Name("Sadyr Japarov", accept=("Japarov", "Zhaparov", "Sadyr Zhaparov")),
    Name("Emomali Rahmon", accept=("Rahmon",), variants=("Rakhmon",)),
    Name("Hassan Rouhani", accept=("Rouhani",)),
    Name("Vladimir Putin", accept=("Putin",)),
    Name("Vladimir Norov", accept=("Norov",)),
    Name("Imran Khan", accept=("Khan",)),
    Name("Ashraf Ghani", accept=("Ghani",)),
    Name("Khaltmaagiin Battulga", accept=("Battulga",)),
    Name("António Guterres", accept=("Guterres",)),
    Name("Uzbekistan", "place"),
    Name("Iran", "place"),
    Name("Ivory Coast", "place", reject=("Elfenbein Coast",)),
    Name("Shanghai Cooperation Organization", "organisation", accept=("SCO",)),
)


def find(
    text: str,
    reference: str = "",
    *,
    names: tuple[Name, ...] = LIST,
    kind: str = "report",
    trusted: bool = True,
    **more,
) -> list[Finding]:
    pairs = [(text, reference)]
    return list(NamesDetector().find(units(pairs), context(pairs, names=names, kind=kind, trusted=trusted, **more)))


def short(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.text, f.expected[0]) for f in findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prime Minister modi of India spoke.", ("name-case", "modi", "Modi")),
        ("Acting president zaparov of Kyrgyzstan spoke.", ("name-mistransliterated", "zaparov", "Japarov")),
        ("They met President Battulega yesterday.", ("name-mistransliterated", "Battulega", "Battulga")),
        ("They met President Rakhmon's envoy.", ("name-variant", "Rakhmon", "Rahmon")),
        ("They met President ruhani of Iran.", ("name-variant", "ruhani", "Rouhani")),
        ("The Secretary General of Some Organization norov Heads it.", ("name-case", "norov", "Norov")),
        (
            "Others such as battulega, president of the union, came.",
            ("name-mistransliterated", "battulega", "Battulga"),
        ),
        (
            "The Shanghai cooperation organization met.",
            ("name-case", "Shanghai cooperation organization", LIST[-1].name),
        ),
        ("A visit to Uzbekstan ended.", ("name-mistransliterated", "Uzbekstan", "Uzbekistan")),
        ("Then Vladmir Putin spoke.", ("name-mistransliterated", "Vladmir", "Vladimir")),
        ("The Elfenbein Coast won.", ("name-mistransliterated", "Elfenbein Coast", "Ivory Coast")),
        ("A guest from Kazakhstn came.", ("name-mistransliterated", "Kazakhstn", "Kazakhstan")),
    ],
)
def test_the_list_finds(text: str, expected: tuple[str, str, str]) -> None:
    assert short(find(text, trusted=False)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "President Putin, Prime Minister Imran Khan and Ghani's deputy met the Rouhanis.",
        "Zhaparov is accepted, as are Guterres, Antonio Guterres and ANTÓNIO GUTERRES.",
        "PRESIDENT PUTIN ARRIVES IN UZBEKISTAN",
        "The SHANGHAI COOPERATION ORGANIZATION and the Shanghai-Cooperation-Organization",
        "Russian and Iranian people yearn for peace; Uzbek and Uzbeks; the Afghan army ran.",
        "Niger and Nigeria, Iceland and Ireland, Iraq and Ghana, Austria and Australia.",
        "The president said the minister ran out; the director met general agreement.",
        "She saw Mohammed Kahn, Norton, Moody and Putnam at Khanate.",
        "The organization of heads of state met; modish people moved.",
        "A khan of the steppe and the modus of iran-like things.",
    ],
)
def test_the_list_is_silent_on_what_is_right(text: str) -> None:
    assert short(find(text, trusted=False)) == []


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        (
            "Yesterday Mr Kiridaroglu spoke in Ankara.",
            "Yesterday Mr Kilicdaroglu spoke in Ankara.",
            ("name-mistransliterated", "Kiridaroglu", "Kilicdaroglu"),
        ),
        ("The poet Hsiao Ming left.", "The poet Hsiao Minh left.", ("name-mistransliterated", "Ming", "Minh")),
        ("In Khodabash it rains.", "It rains in Hodabash.", ("name-variant", "Khodabash", "Hodabash")),
        (
            "Pavel Dworak and Ingrid Solheim met in Dresden.",
            "Pavel Dvorak and Ingrid Solheim met in Dresden.",
            ("name-mistransliterated", "Dworak", "Dvorak"),
        ),
        (
            "The train left Tallin late.",
            "The train left Tallinn late.",
            ("name-mistransliterated", "Tallin", "Tallinn"),
        ),
        ("Yesterday Schroeder left.", "Yesterday Schröder left.", ("name-variant", "Schroeder", "Schröder")),
        (
            "Prime Minister Pham Minh Trung left.",
            "Prime Minister Pham Minh Chinh has left.",
            ("name-mistransliterated", "Pham Minh Trung", "Pham Minh Chinh"),
        ),
        (
            "President zelenski of Ukraine left.",
            "President Zelenskyy of Ukraine left.",
            ("name-variant", "zelenski", "Zelenskyy"),
        ),
        ("The president of Nigeria left.", "The president of Niger left.", ("name-wrong", "Nigeria", "Niger")),
    ],
)
def test_the_reference_finds_without_a_list(text: str, reference: str, expected: tuple[str, str, str]) -> None:
    found = find(text, reference, names=(), kind="translation")
    assert short(found) == [expected]
    assert found[0].other is not None
    assert found[0].other.text == expected[2]


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Yesterday Xiao-Ming spoke.", "Yesterday Xiaoming spoke."),
        ("Two Marathons and Russian guests.", "One Marathon and guests from Russia."),
        ("Further talks follow.", "Farther talks follow."),
        ("The Center for Defense opened.", "The Centre for Defence opened."),
        ("China's guests left.", "The Chinese guests left."),
        ("Chinese guests saw Japan.", "Guests from China saw it."),
        ("Wang Lei met Wang Lai.", "Wang Lai met Wang Lei."),
        ("The Minister spoke.", "The Ministry spoke."),
        ("The Hong Kong government spoke.", "The Hong Kong Government spoke."),
        ("Aim: The patients were observed.", "BACKGROUND: The patients were observed."),
        ("The drug treatment of the patients was adapted.", "UMBRELLA TERMS and METHODS: the patients were treated."),
    ],
)
def test_the_reference_is_silent_on_what_is_right(text: str, reference: str) -> None:
    assert short(find(text, reference, names=(), kind="translation")) == []


def test_an_untrusted_alignment_says_nothing_about_names() -> None:
    assert find("Mr Kiridaroglu spoke.", "Then Mr Kilicdaroglu spoke.", names=(), trusted=False) == []


def test_the_list_overrules_the_reference() -> None:
    names = (Name("Kiev", "place", accept=("Kyiv",)),)
    assert find("They met in Kiev.", "They met in Kyiv.", names=names, kind="translation") == []
    assert short(find("They saw Zhaparov there.", "They saw Japarov there.", kind="translation")) == []


def test_a_missing_name_is_found_in_translations_only() -> None:
    text, reference = "The meeting was held yesterday.", "The meeting with Putin was held yesterday."
    (found,) = find(text, reference, kind="translation")
    assert (found.rule, found.side, found.text, found.reference) == ("name-missing", "reference", "Putin", "r")
    assert find(text, reference, kind="report") == []
    assert find("The meeting with him was held yesterday.", reference, kind="translation") == []


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("They thanked President Putin today.", "They thanked President Rahmon today.", [("Putin", "Rahmon")]),
        ("They thanked Putin and Rahmon.", "They thanked Rahmon and Putin.", []),
        ("They thanked Putin today.", "He was thanked by Rahmon.", []),
        ("A ship to China's coast sank.", "A ship to Chile's coast sank.", [("China", "Chile")]),
        ("A ship to China sank.", "A Chinese ship to Chile sank.", []),
    ],
)
def test_another_person_or_country(text: str, reference: str, expected: list[tuple[str, str]]) -> None:
    found = [f for f in find(text, reference, kind="translation") if f.rule == "name-wrong"]
    assert [(f.text, f.expected[0]) for f in found] == expected
    assert {f.severity for f in found} <= {"critical"}


def test_severity_of_the_entry_counts() -> None:
    names = (Name("Modi", reject=("Mody",), severity="critical"),)
    assert [f.severity for f in find("They met Mody there.", names=names)] == ["critical"]


def test_several_segments_of_one_unit_keep_their_places() -> None:
    pairs = [("They left.", ""), ("President battulega of Mongolia left.", "")]
    (found,) = NamesDetector().find(units(pairs), context(pairs, names=LIST, trusted=False))
    assert (found.start, found.end, found.text) == (21, 30, "battulega")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "ru", "zh", "xx"])
def test_other_languages_do_not_fail(lang: str) -> None:
    pairs = [("Die Häuser von Путин 普京 Rakhmon.", "Das Haus von Путиным 普京 Rahmon.")]
    found = NamesDetector().find(units(pairs), context(pairs, names=LIST, lang=lang))
    assert [f.text for f in found] == ["Rakhmon"]


def test_a_copy_of_the_reference_is_silent(root: Path) -> None:
    base = termbase.load([root / "references/names.yaml"])
    lines = next((root / "seeds").glob("001_*")).read_text(encoding="utf-8").splitlines()
    pairs = [(line, line) for line in lines if line]
    assert list(NamesDetector().find(units(pairs), context(pairs, names=base.names))) == []


GOOD_SPELLINGS = ("000", "001", "002", "003")


@pytest.mark.parametrize("number", GOOD_SPELLINGS)
def test_edited_english_texts_are_silent(root: Path, number: str) -> None:
    base = termbase.load([root / "references/names.yaml"])
    lines = next((root / "seeds").glob(f"{number}_*")).read_text(encoding="utf-8").splitlines()
    pairs = [(line, "") for line in lines if line]
    assert short(NamesDetector().find(units(pairs), context(pairs, names=base.names))) == []


@pytest.mark.parametrize("lists", ["whole", "official forms only"])
def test_the_machine_translated_report(root: Path, lists: str) -> None:
    """Every name of the human reading, with the repo's list and with one that knows no variants."""
    names = termbase.load([root / "references/names.yaml"]).names
    if lists != "whole":
        names = tuple(replace(name, accept=(), variants=()) for name in names)
    text = next((root / "seeds").glob("004_*")).read_text(encoding="utf-8")
    pairs = [(line, "") for line in text.splitlines()]
    found = list(NamesDetector().find(units(pairs), context(pairs, names=names, kind="report", trusted=False)))
    body = "Shanghai cooperation organization"
    assert [(f.rule.removeprefix("name-"), f.text) for f in found] == [
        ("case", body), ("case", "Xinhua news agency"), ("case", body),
        ("case", "modi"), ("mistransliterated", "zaparov"), ("variant", "Rakhmon"), ("variant", "mirziyoev"),
        ("mistransliterated", "Uzbekstan"), ("case", "norov"), ("mistransliterated", "jiyosov"), ("variant", "ruhani"),
        ("mistransliterated", "battulega"), ("mistransliterated", "gorovchenko"), ("case", body), ("case", body),
    ]  # fmt: skip
    assert all(text[f.start : f.end] == f.text for f in found)


REFERENCES = {
    "name-missing": "The meeting with Putin was held yesterday.",
    "name-wrong": "the President of Niger arrived",
}


@pytest.mark.parametrize("rule", NamesDetector.rules, ids=lambda rule: rule.id)
def test_examples_of_the_rules_fire_where_they_say(rule) -> None:
    start, end = rule.example.index("["), rule.example.index("]") - 1
    text = re.sub(r"[\[\]]", "", rule.example)
    found = [f for f in find(text, REFERENCES.get(rule.id, ""), kind="translation") if f.rule == rule.id]
    if rule.id == "name-missing":  # stands in the reference; the example is the candidate
        assert found[0].other is not None
        found_spans = [(found[0].other.start, found[0].other.end)]
    else:
        found_spans = [(f.start, f.end) for f in found]
    assert found_spans == [(start, end)]


@pytest.mark.parametrize(
    ("candidate", "reference", "rules"),
    [
        ("Songs of the Basques were sung.", "They sang songs of the Basks.", []),
        ("The town of the Tibetans is high.", "High is the town of the Tibettans.", []),
        ("The town of the Tibatens is high.", "High is the town of the Tibetans.", ["name-mistransliterated"]),
        ("He went to Kazakhstan in the spring.", "In the spring he went to Kazakstan.", []),
        ("He went to Kazakstan in the spring.", "In the spring he went to Kazakhstan.", ["name-mistransliterated"]),
    ],
)
def test_a_spelling_that_the_cldr_has_against_one_it_has_not(candidate: str, reference: str, rules: list[str]) -> None:
    assert [rule for rule, _ in spans("names", candidate, reference)] == rules


@pytest.mark.parametrize(
    "text",
    [
        "More is at https://www.rouhani-office.example/modi here.",
        "Write to narendra.modi@office.example or president.battulega@office.example soon.",
        "See www.ivory-coast.example today.",
    ],
)
def test_what_an_address_spells_is_no_name(text: str) -> None:
    assert find(text) == []

"""Names that only the reference speaks against: what may be right as well is a hint, or nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.language.licence import by_source
from evalkit.language.name_variants import are_both_in_use
from evalkit.records import Finding, Passage, Segment, Unit
from tests.detectors.units import REGISTRY, aligned, spans


def weighs(candidate: str, reference: str, source: str, lang: str = "en") -> list[tuple[str, str]]:
    """(rule, text) of what is more than a hint beside a source."""
    detector = REGISTRY.make("detector", "names")
    rules = {rule.id: rule for rule in detector.rules}
    (unit,), context = aligned([(candidate, [reference])], lang=lang)
    sourced = with_source(unit, source)
    found = detector.find([sourced], context)
    told = [f for item in found if (f := by_source(item, rules[item.rule], sourced, lang, "zh"))]
    return [(f.rule, f.text) for f in told if f.severity != "neutral"]


def with_source(unit: Unit, source: str) -> Unit:
    return replace(unit, source=Passage((Segment("s", "d", 0, len(source), source),), source, "source"))


@pytest.mark.parametrize(
    ("name", "other", "both"),
    [
        ("Ebrahim Raisi", "Ibrahim Raisi", True),
        ("Mohamed", "Muhammad", True),
        ("Yangtze", "Yangzi", True),
        ("Macau", "Macao", True),
        ("Erik", "Eric", False),  # one person is written one way
        ("Ebrahim Raisi", "Ibrahim Raisin", False),
        ("Raisi", "Raisi", False),
        ("Ebrahim Raisi", "Ibrahim", False),
    ],
)
def test_forms_in_use(name: str, other: str, both: bool) -> None:
    assert are_both_in_use(name, other) == both


def told(candidate: str, reference: str) -> list[tuple[str, str]]:
    (unit,), context = aligned([(candidate, [reference])])
    return [(f.evidence, f.severity) for f in REGISTRY.make("detector", "names").find([unit], context)]


def test_another_form_in_use_is_a_hint() -> None:
    mine, theirs = "Hackers interrupted President {} on Friday.", "Hackers broke in on President {} on Friday."
    assert told(mine.format("Ebrahim Raisi"), theirs.format("Ibrahim Raisi")) == [("in-use", "neutral")]
    assert told(mine.format("Ebrahym Raisi"), theirs.format("Ibrahim Raisi")) == [("titled", "minor")]


def test_two_names_of_one_place_are_no_exchange() -> None:
    mine, theirs = "Many facilities were built in the {} Islands.", "Many facilities were built on the {} Islands."
    assert spans("names", mine.format("Spratly"), theirs.format("Nansha")) == []
    assert spans("names", mine.format("Faroe"), theirs.format("Nansha")) == [("name-wrong", "Faroe Islands")]


def _of_two(second: str) -> list[Finding]:
    rows = [
        ("Ibrahim Raisi spoke to the crowd.", ["Ibrahim Raisi talked to the crowd."]),
        ("It was raining all day long.", ["It rained all day."]),
        ("Nobody else was there at all.", ["Nobody was there."]),
        (f"{second} was often interrupted by slogans.", ["Then Laisi was often interrupted by slogans."]),
    ]
    units, context = aligned(rows)
    return [f for f in REGISTRY.make("detector", "names").find(units, context) if f.rule == "name-mistransliterated"]


def test_a_reference_with_both_forms_is_no_witness() -> None:
    assert [(f.evidence, f.severity) for f in _of_two("Then Raisi")] == [("both-forms", "neutral")]
    assert [f.severity for f in _of_two("Then Laizi")] == ["minor"]


def test_the_end_of_a_name_written_apart() -> None:
    theirs = "The secretary Ouyang Yu came in the afternoon."
    assert spans("names", "The secretary, Au Yang Yu, came in the afternoon.", theirs) == []


@pytest.mark.parametrize(
    ("candidate", "reference", "source", "expected"),
    [
        # another system of romanisation; the reference's alone is how the characters are read
        ("Judge Messami was released.", "Judge Mesami was set free.", "梅萨米法官获释。", []),
        ("I saw Meia on sale.", "Meiya I saw on sale.", "我看到美亚打折。", [("name-variant", "Meia")]),
        # like in sound only, and the source tells of neither
        (
            "Together with the Quadrantid meteor shower it is known.",
            "It is known together with the Quadrantal meteor shower.",
            "与象限仪流星雨一起被称为流星雨。",
            [],
        ),
        # words of a title, which the candidate has otherwise
        (
            "Deepen the application of BoT perception in the city.",
            "Deepen the application of Web of Things discernment in the city.",
            "深化物联感知在城市应用。",
            [],
        ),
        # both are readings of the name in other languages than Mandarin
        ("Director Ong Lingli said so.", "Director Wong Lingli said so.", "署长王凌丽说。", []),
        # Wade and Giles, behind a hyphen too
        ("Mr. Ko Shu-tan pointed it out.", "Mr. Ke Shudan pointed it out.", "柯淑丹指出这一点。", []),
    ],
)  # fmt: skip
def test_beside_a_source_in_another_script(
    candidate: str, reference: str, source: str, expected: list[tuple[str, str]]
) -> None:
    assert weighs(candidate, reference, source) == expected


def test_the_source_bears_out_a_title() -> None:
    mine, theirs, source = "The Suzuki met him.", "The Song Tao met him.", "宋涛见了他。"
    assert [rule for rule, _ in weighs(mine, theirs, source)] == ["name-wrong"]


def test_an_acronym_of_beginnings_is_no_other_name() -> None:
    mine = "Experts from BOCOM said that the plan has three features."
    assert spans("names", mine, "Experts of the Bank of Communications said that the plan has three features.") == []
    other = spans("names", mine, "Experts of the Bank of Petersburg said that the plan has three features.")
    assert [rule for rule, _ in other] == ["name-wrong"]


def test_the_name_of_a_site_is_no_name() -> None:
    mine = "Chinanews.com reported the plan of the office on Monday."
    said = spans("names", mine, "Beijing Review reported the plan of the office on Monday.")
    assert said == [("name-missing", "Beijing Review")]

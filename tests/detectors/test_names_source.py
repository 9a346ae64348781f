"""Names against a source in another script."""

from __future__ import annotations

import pytest

from evalkit.detectors.names import NamesDetector
from evalkit.records import Finding
from evalkit.testing import context_of, units_of


def found(source: str, target: str, source_lang: str, reference: str = "") -> list[Finding]:
    references = [[reference]] if reference else []
    context = context_of([target], references, lang="en", source_lang=source_lang)
    findings = NamesDetector().find(units_of([target], references, [source]), context)
    return [f for f in findings if f.evidence == "source"]


def test_the_place_that_the_source_does_not_explain_is_told() -> None:
    (said,) = found("Премьер-министр Головченко прибыл в Минск.", "Prime Minister Gorovchenko came to Minsk.", "ru")
    assert (said.rule, said.severity, said.text) == ("name-mistransliterated", "minor", "Gorovchenko")
    assert said.other is not None
    assert (said.other.side, said.other.text) == ("source", "Головченко")
    assert "'r' for 'л'" in said.message


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Премьер-министр Головченко прибыл в Минск.", "Prime Minister Golvochenko came to Minsk.", "ru"),
        ("Ο Κυριάκος Μητσοτάκης ήρθε.", "Kyriakos Mitsoatkis came.", "el"),
    ],
)
def test_two_letters_that_changed_places_are_told(source: str, target: str, lang: str) -> None:
    (said,) = found(source, target, lang)
    assert " for " in said.message


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Премьер-министр Головченко прибыл.", "Prime Minister Golovchenko came.", "ru"),
        ("Встреча с Головченком прошла.", "The meeting with Golovchenko took place.", "ru"),
        ("Говорил Резерфорд.", "Rutherford spoke.", "ru"),
        ("Ο Παπαδόπουλος μίλησε.", "Papadopoulos spoke.", "el"),
        ("Prigoschin sprach.", "Prigozhin spoke.", "de"),
        ("говорил головченко", "Gorovchenko spoke.", "ru"),
    ],
)
def test_another_spelling_is_no_finding(source: str, target: str, lang: str) -> None:
    assert found(source, target, lang) == []


@pytest.mark.parametrize(
    ("source", "target", "lang", "severity"),
    [
        ("이재명은 말했다. 셰르바코프는 떠났다.", "Sherbapov left.", "ko", "minor"),
        ("وصل شيفتشينكو.", "Shebchenko arrived.", "ar", "minor"),
        ("ゴルバチョフ氏が到着した。", "Gozbachov arrived.", "ja", "neutral"),
        ("Губернатор Старовойтов выступил.", "Governor Starovoikov spoke.", "ru", "minor"),
    ],
)
def test_a_slip_is_told_by_what_its_script_is_known_for(source: str, target: str, lang: str, severity: str) -> None:
    assert [f.severity for f in found(source, target, lang)] == [severity]


def test_a_reference_with_the_same_form_licenses_it() -> None:
    assert found("Говорил Головченко.", "Gorovchenko spoke.", "ru", "Gorovchenko took the floor.") == []


def test_a_language_that_shares_its_script_with_the_table_has_hints() -> None:
    (said,) = found("Премиерът Головченко пристигна в Минск.", "Prime Minister Gorovchenko came to Minsk.", "bg")
    assert said.severity == "neutral"


@pytest.mark.parametrize(
    ("source", "target", "reference", "names"),
    [
        ("Anna Schneider came.", "Frau Anna Schnieder kam.", "Frau Anna Schneider kam.", ["Schnieder"]),
        ("Anna Schneider came.", "Frau Anna Schneiders kam.", "Frau Anna Schneider kam.", []),
        ("The National Board met.", "Das Nationale Amt tagte.", "Das National Board tagte.", []),
        ("The Music Hall is old.", "Die Musik Hall ist alt.", "Die Music Hall ist alt.", []),
    ],
)  # fmt: skip
def test_a_name_that_source_and_reference_have_alike(
    source: str, target: str, reference: str, names: list[str]
) -> None:
    context = context_of([target], [[reference]], lang="de", source_lang="en")
    told = NamesDetector().find(units_of([target], [[reference]], [source]), context)
    assert [f.text for f in told] == names


@pytest.mark.parametrize(
    ("candidate", "reference", "evidence", "severity"),
    [
        ("Netanyahu", "Netanjahu", "kept", "neutral"),  # the reference keeps the source's system
        ("Nethanyahu", "Netanyahu", "reference", "minor"),  # it has a spelling of its own
    ],
)
def test_a_spelling_that_the_reference_keeps_from_the_source(
    candidate: str, reference: str, evidence: str, severity: str
) -> None:
    text = "The people stood before the house of {} in Caesarea on Monday."
    mine, theirs = text.format(candidate), [[text.format(reference)]]
    context = context_of([mine], theirs, lang="en", source_lang="cs")
    source = "V pondělí stáli lidé před Netanjahuovou vilou v Caesarei."
    (said,) = NamesDetector().find(units_of([mine], theirs, [source]), context)
    assert (said.rule, said.evidence, said.severity) == ("name-variant", evidence, severity)


def test_an_acronym_beside_words_is_a_hint() -> None:
    text = "The Bank of Lyon told {} of its plans for Marseille on Monday evening."
    (mine,), theirs = [text.format("MGTO")], [[text.format("Gerard Tourville")]]
    (said,) = NamesDetector().find(units_of([mine], theirs), context_of([mine], theirs, lang="en"))
    assert (said.rule, said.evidence, said.severity) == ("name-wrong", "exchanged-acronym", "neutral")

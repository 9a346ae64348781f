"""Numbers against the source that translators reckon, shorten or part in another way, and what is lost of them."""

from __future__ import annotations

import pytest

from evalkit.detectors.numbers import NumberDetector
from evalkit.records import Finding
from evalkit.testing import context_of, units_of


def found(source: str, target: str, lang: str, source_lang: str = "en") -> list[Finding]:
    context = context_of([target], lang=lang, source_lang=source_lang)
    return list(NumberDetector().find(units_of([target], (), [source]), context))


@pytest.mark.parametrize(
    ("source", "target", "lang", "source_lang"),
    [
        # The unit of a range or a list stands behind its last number.
        ("It weighs between 375 and 400 pounds.", "Es wiegt zwischen 170 und 180 Kilogramm.", "de", "en"),
        ("It weighs between 375 and 400 pounds.", "Waży od 170 do 180 kilogramów.", "pl", "en"),
        ("It weighs between 375 and 400 pounds.", "体重は170から180キログラムだ。", "ja", "en"),
        ("Es wiegt zwischen 170 und 180 Kilogramm.", "It weighs between 375 and 400 pounds.", "en", "de"),
        ("It lies 20, 30 and 50 miles away.", "Es liegt 32, 48 und 80 Kilometer entfernt.", "de", "en"),
        ("It lies 20 to 30 miles away.", "Es liegt 30 bis 50 Kilometer entfernt.", "de", "en"),
        ("It has 60 or 70 degrees Fahrenheit.", "Il fait 15 ou 21 degrés Celsius.", "fr", "en"),
        # Feet and inches, with any marks, on either side.
        ("He is 5’5” tall.", "Er ist 1,65 m groß.", "de", "en"),
        ("He is 5' 5\" tall.", "Er ist 1,65 m groß.", "de", "en"),
        ("He is 5 ft. 5 in. tall.", "Il mesure 1,65 m.", "fr", "en"),
        ("He weighs 16 stone.", "Er wiegt 102 Kilo.", "de", "en"),
        ("Heat it to 350F.", "Auf 180 Grad erhitzen.", "de", "en"),
        ("Come at quarter past five.", "Kommen Sie um 17.15 Uhr.", "de", "en"),
        ('Take a 10" pan.', "Nimm eine 25-cm-Pfanne.", "de", "en"),
        ("Er ist 1,65 m groß.", "He is 5'5\" tall.", "en", "de"),
        # Sections and products by many full stops, beside Han characters too.
        ("石英女表424.10.37.20.01.001/24.60.01.001", "Quartz 424.10.37.20.01.001/24.60.01.001", "en", "zh"),
        ("See 5.1.1.2(a).", "见5.1.1.2(a)。", "zh", "en"),
        # A minute of a match, and minutes in words or by themselves.
        ("He scored on 27:37.", "Er traf in der 28. Minute.", "de", "en"),
        ("It starts at 5.30pm.", "Es beginnt um halb sechs.", "de", "en"),
        ("It starts at 5.30pm.", "Начало в половине шестого.", "ru", "en"),
        ("It starts at 5.30pm.", "Zaczyna się o wpół do szóstej.", "pl", "en"),
        ("It starts at 5.30pm.", "午後5時半に始まる。", "ja", "en"),
        ("It starts at 5.30pm.", "Dimulai pukul 5 lewat 30.", "id", "en"),
        # Telephones, however they are parted.
        ("Call 1-800-555-5550.", "Rufen Sie 1 800 555 5550 an.", "de", "en"),
        ("Call 020 7946 5550.", "Rufen Sie +44 20 7946 5550 an.", "de", "en"),
        # Decades in words.
        ("She is in her 40s.", "Sie ist in ihren Vierzigern.", "de", "en"),
        ("She is in her 40s.", "C'est une quadragénaire.", "fr", "en"),
        ("She is in her 40s.", "Hann er á fimmtugsaldri.", "is", "en"),
        ("It was in the '90s.", "Это было в девяностых.", "ru", "en"),
        ("It takes 30 days.", "这需要一个月。", "zh", "en"),
    ],
)
def test_silent(source: str, target: str, lang: str, source_lang: str) -> None:
    assert found(source, target, lang, source_lang) == []


@pytest.mark.parametrize(
    ("source", "target", "lang", "rule", "text"),
    [
        (
            "It weighs between 375 and 400 pounds.",
            "Es wiegt zwischen 375 und 410 Pfund.",
            "de",
            "number-mismatch",
            "410",
        ),
        ("See section 5.1.1.2 now.", "Siehe Abschnitt 5.1.1.3.", "de", "number-mismatch", "5.1.1.3"),
        ("It is no. 424.10.37.21.", "Es hat eine Nummer.", "de", "number-missing", "424.10.37.21"),
        ("He scored on 27:37.", "Er traf in der 38. Minute.", "de", "number-mismatch", "38"),
        ("Call 1-800-555-5550.", "Rufen Sie 1-800-555-5505 an.", "de", "number-mismatch", "1-800-555-5505"),
        ("Call +44 20 7946 5550.", "请拨打+44 20 7946 5505。", "zh", "number-mismatch", "+44 20 7946 5505"),
        ("Call 1-800-555-5550.", "Rufen Sie an.", "de", "number-missing", "1-800-555-5550"),
        ("It starts at 5.30pm.", "Il commence à 17 h.", "fr", "number-missing", "5.30pm."),
        ("It starts at 4.40 am.", "午前4時分に始まる。", "ja", "number-missing", "4.40 am."),
        ("It starts at 4.30 am.", "오전 4시에 시작합니다.", "ko", "number-missing", "4.30 am."),
        ("She is in her 40s.", "Elle a un certain âge.", "fr", "number-missing", "40s"),
        ("It was in the '90s.", "Es war damals.", "de", "number-missing", "90s"),
        ("It takes 30 days.", "这需要天。", "zh", "number-missing", "30"),
        ("It takes 30 days.", "日以内に終わる。", "ja", "number-missing", "30"),
    ],
)
def test_told(source: str, target: str, lang: str, rule: str, text: str) -> None:
    told = [f for f in found(source, target, lang) if f.severity != "neutral"]
    assert [(f.rule, f.text) for f in told] == [(rule, text)]


@pytest.mark.parametrize(
    ("source", "target", "lang", "text"),
    [
        ("He has seven brothers.", "Er hat acht Brüder.", "de", "acht"),
        ("He has seven brothers.", "Ma ośmiu braci.", "pl", "ośmiu"),
        ("He has seven brothers.", "У него 8 братьев.", "ru", "8"),
    ],
)
def test_another_small_number_is_a_hint(source: str, target: str, lang: str, text: str) -> None:
    (told,) = found(source, target, lang)
    assert (told.rule, told.severity, told.text) == ("number-mismatch", "neutral", text)


def test_small_numbers_that_others_explain() -> None:
    assert found("It lies 3 to six inches deep.", "Es liegt sieben bis fünfzehn Zentimeter tief.", "de") == []
    assert found("It took a decade and three wars.", "Es dauerte sechs Jahre und vier Kriege.", "de") == []


@pytest.mark.parametrize(
    ("source", "target", "lang", "texts"),
    [
        ("It has 1,250,000 people and 1,300.", "Es hat 1,250,000 Menschen und 1,300.", "de", ["1,250,000"]),
        ("It grew 12.5 percent.", "Es wuchs um 12.5 Prozent.", "de", ["12.5"]),
        ("It grew 12.5 percent.", "Es wuchs um 12,5 Prozent.", "de", []),
        ("It grew 12.5 percent.", "Es wuchs um 12.5 Prozent.", "de-CH", []),
        ("It grew 12.5 percent.", "Creció un 12.5 por ciento.", "es", []),  # so in Mexico
        ("It grew 12.5 percent.", "它增长了12.5%。", "zh", []),
        ("Version 12.5 is out.", "Version 12.5 ist da.", "de", []),
        ("It is in section 12.5 now.", "Es steht in Abschnitt 12.5.", "de", []),
    ],
)
def test_the_marks_of_the_source(source: str, target: str, lang: str, texts: list[str]) -> None:
    told = found(source, target, lang)
    assert [(f.rule, f.severity) for f in told] == [("number-format", "neutral")] * len(texts)
    assert [f.text for f in told] == texts

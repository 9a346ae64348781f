"""Names that are nearly right, countries exchanged, and what is no error of a name: in several languages."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from evalkit.detectors.names import NamesDetector
from evalkit.language.name_places import place_names
from evalkit.records import Name
from evalkit.testing import context_of, units_of
from tests.detectors.units import found, spans

pytestmark = pytest.mark.slow

LISTED = (
    Name("Tallinn", "place"), Name("Bratislava", "place"), Name("Kharkiv", "place"),
    Name("Kyriakos Mitsotakis", accept=("Mitsotakis",)), Name("Emmanuel Macron", accept=("Macron",)),
)  # fmt: skip
FRAMES = {
    "en": "The report from {} was sent yesterday.",
    "de": "Der Bericht über {} wurde gestern verschickt.",
    "fr": "Le rapport sur {} a été envoyé hier.",
    "es": "El informe sobre {} fue enviado ayer.",
}


@pytest.mark.parametrize("lang", FRAMES)
@pytest.mark.parametrize(
    "word", ["Tallin", "Bratislav", "Kharki", "Mitsotaki", "Macrone", "Maccron", "Macorn", "Macran"]
)
def test_a_listed_name_that_is_nearly_right_is_never_silent(lang: str, word: str) -> None:
    assert [text for _, text in spans("names", FRAMES[lang].format(word), names=LISTED, lang=lang)] == [word]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Macron's guests and the Macrons met in Bratislava and Tallinn's hall."),
        ("de", "Macrons Gäste trafen die Bratislavaer Delegation in Tallinns Rathaus."),
        ("pl", "Spotkali się z Macronem w Tallinnie, mówiąc o Macronie."),
        ("fi", "He tapasivat Macronin ja puhuivat Macronista."),
        ("hu", "Macronnal és Mitsotakisszal találkoztak."),
        ("tr", "Macron'un konukları Tallinn'de buluştu."),
    ],
)
def test_inflected_forms_are_right(lang: str, text: str) -> None:
    assert spans("names", text, names=LISTED, lang=lang) == []


@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "word"),
    [
        (
            "en",
            "Emmanuel Makron and Olaf Scholz met in Dresden.",
            "Emmanuel Macron and Olaf Scholz met in Dresden.",
            "Makron",
        ),
        ("en", "Kim Yo-jong spoke first.", "Kim Yong-jong spoke first.", "Yo"),
        ("en", "They saw Mitsotaki today.", "They saw Mitsotakis today.", "Mitsotaki"),
        (
            "de",
            "Am Montag trafen wir Anna Petrosan im Rathaus.",
            "Am Montag trafen wir Anna Petrosyan im Rathaus.",
            "Petrosan",
        ),
        ("de", "Gestern kam Kilicdarogl aus der Stadt.", "Gestern kam Kilicdaroglu aus der Stadt.", "Kilicdarogl"),
        ("fr", "La ville de Bratislav est belle.", "La ville de Bratislava est belle.", "Bratislav"),
        ("es", "El informe fue firmado por Anna Petrosya.", "El informe fue firmado por Anna Petrosyan.", "Petrosya"),
    ],
)  # fmt: skip
def test_names_without_a_list(lang: str, candidate: str, reference: str, word: str) -> None:
    assert [text for _, text in spans("names", candidate, reference, lang=lang)] == [word]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        (
            "de",
            "Die Haushaltdebatte über den Netzwerkausbau war lang.",
            "Die Haushaltsdebatte über das Networking war lang.",
        ),
        ("de", "Das Haus des Petrosyans steht.", "Das Haus von Petrosyan steht."),
        ("en", "They saw Sergei Grishko there.", "They saw Sergey Grishko there."),
        ("en", "They saw Tehran from afar.", "They saw Teheran from afar."),
        ("en", "The Decoration Fair opened.", "The Renovation Fair opened."),
        ("en", "The Center for Defense opened.", "The Centre for Defence opened."),
        ("zh", "昨天Biden在北京说了话。", "昨天拜登在北京说了话。"),
        ("en", "It was done by 12 Sep there.", "It was done by 12 September there."),
        ("es", "El acuerdo de la ONU fue firmado ayer.", "El acuerdo de las Naciones Unidas fue firmado ayer."),
        ("es", "Vino ayer de los Estados Unidos.", "Vino ayer de EE. UU."),
        ("pt", "A luta contra o HIV continua.", "A luta contra o VIH continua."),
        ("ru", "Он встретил Путина вчера.", "Он встретился с Путиным вчера."),
    ],
)  # fmt: skip
def test_what_is_no_error_of_a_name(lang: str, candidate: str, reference: str) -> None:
    assert spans("names", candidate, reference, lang=lang) == []


def test_a_yo_by_another_system_is_a_variant() -> None:
    hits = found("names", "They met Artem Suvorov there.", "They met Artjom Suvorov there.")
    assert [(f.rule, f.text) for f in hits] == [("name-variant", "Artem")]


def test_an_umlaut_spelt_out_is_a_variant() -> None:
    hits = found("names", "Gerhard Schroeder kam gestern.", "Gerhard Schröder kam gestern.", lang="de")
    assert [(f.rule, f.severity) for f in hits] == [("name-variant", "minor")]


@pytest.mark.parametrize("kind", ["translation", "report", "summary"])
@pytest.mark.parametrize(
    ("lang", "candidate", "reference", "wrong"),
    [
        ("en", "Sweden 36 million", "Switzerland 36 million", "Sweden"),
        ("fr", "Les ventes d’Allemagne montent.", "Les ventes d’Espagne montent.", "Allemagne"),
        ("pl", "Spotkał się z nim we Francji wczoraj.", "Spotkał się z nim w Niemczech wczoraj.", "Francji"),
        ("de", "Er traf ihn in Moskau am Montag.", "Er traf ihn in London am Montag.", "Moskau"),
        ("zh", "他昨天在德国见了他。", "他昨天在法国见了他。", "德国"),
        ("ar", "وصل الرئيس إلى فرنسا أمس", "وصل الرئيس إلى ألمانيا أمس", "فرنسا"),
        ("ka", "ის გუშინ საფრანგეთში ჩავიდა", "ის გუშინ გერმანიაში ჩავიდა", "საფრანგეთში"),
    ],
)
def test_a_country_or_city_exchanged_is_an_error_in_every_kind(
    kind: str, lang: str, candidate: str, reference: str, wrong: str
) -> None:
    assert spans("names", candidate, reference, lang=lang, kind=kind) == [("name-wrong", wrong)]


@pytest.mark.parametrize(
    ("lang", "candidate", "reference"),
    [
        ("en", "The guests from North Korea fled to the South.", "North Koreans fled to South Korea."),
        ("pt", "Foram da Coreia do Sul, e os norte-coreanos não.", "Foram da Coreia do Norte, e não os do Sul."),
        ("en", "A Chinese ship left Chile.", "A Chilean ship left China."),
        (
            "en",
            "It was Bolivia that the court was asked to favour.",
            "The ruling went against Chile, as some had thought.",
        ),
    ],
)  # fmt: skip
def test_countries_said_otherwise_are_not_exchanged(lang: str, candidate: str, reference: str) -> None:
    assert [f.rule for f in found("names", candidate, reference, lang=lang) if f.severity == "critical"] == []


LANGUAGES = sorted(
    {
        name
        for name in locale_identifiers()
        if "_" not in name and len(place_names(name)) > 200 and {"SE", "FR"} <= set(Locale.parse(name).territories)
    }
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_countries_exchanged_in_every_language_of_the_cldr(lang: str) -> None:
    names = Locale.parse(lang).territories
    candidate, reference = f"36 {names['SE']} 2019", f"36 {names['FR']} 2019"
    assert [rule for rule, _ in spans("names", candidate, reference, lang=lang, kind="report")] == ["name-wrong"]


def test_a_country_in_letters_of_its_own_language_is_no_misspelling() -> None:
    def told(text: str) -> list[str]:
        found = NamesDetector().find(units_of([text], ()), context_of([text], lang="nl"))
        return [f.text for f in found if f.evidence == "country"]

    assert told("Een vliegtuig in Micronesja.") == ["Micronesja"]
    assert told("Een vliegtuig in Micronesië.") == []  # the CLDR has Micronesia

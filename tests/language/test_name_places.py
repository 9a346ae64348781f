"""Countries and cities in the languages of the CLDR."""

from __future__ import annotations

import pytest

from evalkit.language.name_places import CITY, COUNTRY, find_places, is_at_home, own_script, place_names


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("en", "He left Niger for New Zealand and London.", ["NE", "NZ", "Europe/London"]),
        ("de", "In Schwedens Hauptstadt und in den Vereinigten Staaten", ["SE", "US"]),
        ("fr", "Les 36 millions d’Allemagne, l'Italie et Londres", ["DE", "IT", "Europe/London"]),
        ("pl", "W Niemczech i w Korei Południowej, w Londynie", ["DE", "KR", "Europe/London"]),
        ("fi", "Ruotsiin ja Yhdysvalloissa", ["SE", "US"]),
        ("hu", "Németországban, Londonban", ["DE", "Europe/London"]),
        ("ar", "وصل إلى فرنسا وبألمانيا", ["FR", "DE"]),
        ("he", "בצרפת ובגרמניה", ["FR", "DE"]),
        ("ko", "프랑스는 독일에서", ["FR", "DE"]),
        ("ka", "საფრანგეთში", ["FR"]),
        ("zh", "他在法国和巴布亚新几内亚，伦敦", ["FR", "PG", "Europe/London"]),
        ("ja", "フランスとドイツ、東京", ["FR", "DE", "Asia/Tokyo"]),
        ("xx", "France and Germany", []),
        ("en", "the turkey ate chad", []),
        ("ar", "التي غير العام الآن", []),
        ("ar", "زار وزير الخارجية العراق والأردن", ["IQ", "JO"]),
        ("he", "ספר טובה עיר לאומי", []),
        ("ur", "اور پولیس سال گیا", []),  # and, police, year, went: no Oral, Poland, Salta, Guyana
        ("ur", "انڈونیشیا اور جرمنی", ["ID", "DE"]),
        ("ru", "в США", ["US"]),
        ("hau", "Amma China", []),  # no Amman, Chile
        ("hi", "गया वाले समर्थन", []),  # no Guyana, Wallis, Samarkand
        ("hi", "भारत और जर्मनी", ["IN", "DE"]),
        ("bn", "যুক্তরাজ্যের করা", ["GB"]),
    ],
)
def test_places_are_found(lang: str, text: str, codes: list[str]) -> None:
    assert [place.code for place in find_places(text, lang)] == codes


def test_a_city_called_like_its_country_is_the_country() -> None:
    names = place_names("en")
    assert names["Singapore"] == (COUNTRY, "SG")
    assert names["Paris"][0] == CITY


def test_scripts() -> None:
    assert [own_script(lang) for lang in ("fr", "ru", "zh", "xx")] == ["LATIN", "CYRILLIC", "CJK", ""]


@pytest.mark.parametrize(
    ("name", "lang", "other", "expected"),
    [
        ("Macau", "en", "Macao", True),  # Portuguese is official there
        ("Roma", "fr", "Rome", True),
        ("Tallin", "en", "Tallinn", False),
        ("Nigeria", "en", "Niger", False),
        ("Bern", "xx", "Berne", False),
    ],
)
def test_what_a_place_is_called_at_home(name: str, lang: str, other: str, expected: bool) -> None:
    assert is_at_home(name, lang, other) is expected

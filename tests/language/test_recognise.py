"""Which language a text is in: recognised where it shows surely, else open."""

from __future__ import annotations

import pytest

from evalkit.language.recognise import recognised

TEXTS = {
    "de": (
        "Die Straßenbahn fährt seit dem Frühjahr wieder über die Brücke, und der Stadtrat hat "
        "beschlossen, dass sie auch am Abend und in der Nacht nicht mehr nur bis zum Bahnhof fährt, "
        "sondern mit einer neuen Linie bis in die Vororte."
    ),
    "da": (
        "Sporvognen har siden foråret igen kørt over broen, og byrådet har besluttet, at den også om "
        "aftenen og efter midnat ikke kun skal køre til stationen, men med en ny linje ud af byen, hvor "
        "der er mere plads, og hvor den ikke har været før."
    ),
    "nb": (
        "Trikken har siden våren igjen kjørt over broen, og bystyret har bestemt at den også om kvelden "
        "og etter midnatt ikke bare skal kjøre til stasjonen, men med en ny linje ut av byen, hvor det "
        "er mer plass, og hvor den ikke har vært før."
    ),
    "ja": (
        "路面電車は春から再び橋を渡っている。市議会は、夜間も駅までだけでなく、新しい路線で郊外まで"
        "走らせることを決めた。"
    ),
    "zh": (
        "有轨电车自春季以来再次驶过大桥,市议会决定晚上不仅开到火车站,还要通过一条新线路开到郊区,"
        "那里有更多的空间和住房,居民也更多。"
    ),
}
ENGLISH = (
    "The tram has crossed the bridge again since spring, and the council has decided that it should "
    "not only run to the station in the evening but also, with a new line, out to the suburbs, where"
    " there is more room than in the city."
)


@pytest.mark.parametrize("lang", TEXTS)
def test_a_running_text_is_recognised(lang: str) -> None:
    assert recognised([TEXTS[lang]]) == lang


def test_english_stays_english_beside_quotes_of_another_language() -> None:
    assert recognised([ENGLISH]) == "en"
    assert (
        recognised([f'{ENGLISH} {ENGLISH} As they say: "Der Stadtrat hat es so beschlossen, und das ist gut."']) == "en"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Die Straßenbahn fährt wieder.",  # too short
        "Grad je tramvaj pustio preko mosta i vijeće je odlučilo da se ne vozi samo do stanice nego i na"
        " periferiju, koja je do sada bila bez linije, a što su svi tražili već više godina, kako je "
        "rekao i gradonačelnik na sjednici vijeća.",
        "x = [for, if, in]; print(a, b, c, d, e) " * 20,
        "E pai ana te haere o te tangata ki te whare, ka noho ia i reira i te po, a ka hoki mai ano i te ata "
        * 4,  # Maori
    ],
)
def test_what_is_not_sure_stays_open(text: str) -> None:
    assert recognised([text]) == ""

"""What a translator says otherwise is no finding; what is lost or changed is one."""

from __future__ import annotations

import pytest

from benchmarks.source import found


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("He is 6ft 4in tall.", "Er ist 1,93 m groß.", "de"),
        ("Highs of 80F are expected.", "Es werden Höchstwerte von 27 °C erwartet.", "de"),
        ("Kick-off is at 8pm ET.", "Anpfiff ist um 02:00 Uhr.", "de"),
        ("It began at 02:30 BST.", "Cela a commencé à 3 h 30.", "fr"),
        ("He paid $20 for it.", "Er zahlte dafür 18 Euro.", "de"),
        ("About 30 yards out", "Etwa 30 Meter entfernt", "de"),
        ("Another six million people need help.", "Yderligere seks mio. mennesker har brug for hjælp.", "da"),
        ("A 42-year-old mechanic came.", "Przyszedł czterdziestodwuletni mechanik.", "pl"),
        ("About 10,000 people came.", "Egy tízezres tömeg jött.", "hu"),
        ("They met on Thursday.", "آن‌ها روز پنج شنبه دیدار کردند.", "fa"),
        ("A fine of $250,000", "جریمه 250،000 دلار", "fa"),
        ("A third defeat of the season on Friday", "Η τρίτη ήττα της σεζόν την Παρασκευή", "el"),
        ("It fell by 100,000 people.", "100 minə qədər azaldı.", "az"),
    ],
)
def test_said_otherwise(source: str, target: str, lang: str) -> None:
    assert [f for f in found([source], [target], lang) if f.detector == "numbers"] == []


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Sims was 20 years old.", "Sims war Jahre alt.", "de"),
        ("It was seen on May 30, 2005.", "Man sah es im Mai 2005.", "de"),
        ("It was seen on May 30, 2005.", "2005年5月41日见到。", "zh"),
        ("The goal came in the 65th minute.", "Das Tor fiel in der Minute.", "de"),
        ("They were 40 miles away.", "Sie waren Meilen entfernt.", "de"),
        ("She waited 45 years.", "Sie wartete Jahre.", "de"),
        ("Chelsea stood 30 yards from the goal.", "Chelsea stand Meter vor dem Tor.", "de"),  # nothing is converted
        ("It runs for over 50 years.", "Il fonctionne depuis plus de ans.", "fr"),  # half a century has a name
        ("Keep a 30-day supply and food for 2 weeks.", "Prévoyez un stock de jours et 2 semaines de repas.", "fr"),
        ('He told "60 Minutes" everything.', "Είπε στην εκπομπή Minutes τα πάντα.", "el"),
        ("On Sunday 22 men came.", "Am Montag kamen Männer.", "de"),  # another weekday is no number
        ("Within 47 firms 9 billion were spent.", "In Firmen wurden 9 Millionen ausgegeben.", "de"),
        ("Of 45 came many.", "কেউ কেউ এসেছিল।", "bn"),
        ("Of 45 came many.", "بہت سے آئے۔", "ur"),
    ],
)
def test_lost(source: str, target: str, lang: str) -> None:
    assert "number-missing" in {f.rule for f in found([source], [target], lang)}


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("He stood 30 yards from the goal.", "Er stand 41 Meter vor dem Tor.", "de"),
        ("A storm within 40 miles of it.", "Ein Sturm 51 Meilen (65 km) davon entfernt.", "de"),
        ("It came on 3:35 of the game.", "3分46秒にゴールを決めた。", "ja"),
        ("Of 45 men came many.", "৫৪ জন পুরুষ এসেছিল।", "bn"),
        ("Lows will be near 50 degrees.", "Die Tiefstwerte liegen bei 61 Grad.", "de"),
        ("Winds of 60mph hit it.", "Winde mit 71 mph trafen es.", "de"),
        ("The victim is in his 40s.", "La víctima tiene unos 51 años.", "es"),
    ],
)
def test_changed_in_another_unit_or_form(source: str, target: str, lang: str) -> None:
    assert any(f.rule in ("number-mismatch", "number-added") for f in found([source], [target], lang))


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("He stood 30 yards from the goal.", "Er stand 27 Meter vor dem Tor.", "de"),
        ("He stood 30 yards from the goal.", "Er stand 30 Meter vor dem Tor.", "de"),
        ("Lows will be near 50 degrees.", "Die Tiefstwerte liegen bei 11 Grad.", "de"),
        ("Winds of 60mph hit it.", "Winde mit bis zu 100 km/h trafen es.", "de"),
        ("It runs for over 50 years.", "Il fonctionne depuis plus d'un demi-siècle.", "fr"),
        ("Of 45 came many.", "পঁয়তাল্লিশ জন এসেছিল।", "bn"),
        ("Of 45 came many.", "پینتالیس آئے۔", "ur"),
        ("It cost 20 million.", "এর খরচ দুই কোটি।", "bn"),
        ("They met decades ago.", "Они встретились 30 лет назад.", "ru"),
    ],
)
def test_said_in_another_unit_or_in_words(source: str, target: str, lang: str) -> None:
    assert found([source], [target], lang) == []


def test_several_numbers_that_differ_are_hints_unless_they_are_slips() -> None:
    assert found(["Lots 17 and 58 and 93 sold."], ["Die Lose 21, 64 und 80 sind weg."], "de") == []
    said = found(["Lots 17 and 58 sold."], ["Die Lose 170 und 85 sind weg."], "de")
    assert [f.severity for f in said] == ["critical", "major"]  # what explains itself leaves the other alone


def test_a_lost_day_is_told_as_such() -> None:
    (said,) = found(["Closed until 12 March 2024."], ["Bis März 2024 geschlossen."], "de")
    assert said.message == "the day of '12 March 2024' is not in the candidate"

"""Names of another script: stems, and which of two spellings renders one."""

from __future__ import annotations

import pytest

from evalkit.language.native_names import is_rendered, is_slip, stems

SLIPS = [
    ("Netanyahu", "Netanyaku", "ראש הממשלה נתניהו נאם."),
    ("Rouhani", "Rouhali", "قال روحاني إن"),
    ("Mitsotakis", "Mitsotalis", "Ο Μητσοτάκης μίλησε."),
    ("Yokosuka", "Yokosuga", "ヨコスカの港"),
    ("Golovchenko", "Gorovchenko", "О Головченко говорили."),
    ("Sergey Lavrov", "Sergey Lavlov", "Сергей Лавров приехал."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "slip", "source"), [*SLIPS, ("Marquez", "Marx", "他读马尔克斯的书。")])
def test_the_source_has_one_of_two(name: str, slip: str, source: str) -> None:
    assert is_rendered(name, slip, source)
    assert not is_rendered(slip, name, source)


@pytest.mark.parametrize(("name", "slip", "source"), SLIPS)
def test_a_slip_of_the_reference_is_seen(name: str, slip: str, source: str) -> None:
    assert is_slip(slip, name, source)
    assert not is_slip(name, slip, source)


@pytest.mark.parametrize(
    ("name", "sounds", "source"),
    [
        ("McCain", "Makkein", "Маккейн сказал."),
        ("Biden", "Baiden", "バイデン大統領"),
        ("Macron", "Makron", "Макрон прибыл."),
        ("Raisi", "Laixi", "伊朗总统莱希说。"),
        ("Kilicdaroglu", "Kilidaroglu", "基利达罗格鲁说。"),
    ],
)
def test_a_name_in_the_letters_of_its_sounds_is_no_slip_of_the_reference(name: str, sounds: str, source: str) -> None:
    assert not is_slip(name, sounds, source)


@pytest.mark.parametrize(
    ("name", "other", "source"),
    [
        ("Mohammed", "Muhammad", "قال محمد إن"),  # both may be
        ("London", "Londun", "Он жил в Перми."),  # neither is there
        ("Jhajjar", "Jajjhar", "झज्जर पहले"),  # a script without a table
        ("", "Londun", "Он жил в Лондоне."),
        ("Lavrov", "Sergey Lavlov", "Сергей Лавров приехал."),  # of one word and of two
        ("Yokosuka", "Yokosuga", "横須賀の港"),  # characters that Japanese reads otherwise
    ],
)
def test_what_is_not_clear_is_left_open(name: str, other: str, source: str) -> None:
    for a, b in ((name, other), (other, name)):
        assert not is_rendered(a, b, source)
        assert not is_slip(a, b, source)


def test_stems_are_without_articles_and_endings() -> None:
    assert "Лавров" in set(stems("Лавровым"))
    assert "روحاني" in set(stems("والروحاني"))

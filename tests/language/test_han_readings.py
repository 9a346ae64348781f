"""Chinese characters that are not read in Mandarin."""

from __future__ import annotations

import pytest

from evalkit.language.han_readings import is_older_spelling, is_read, wade_giles
from evalkit.language.packs import values_of
from evalkit.text.words import script


@pytest.mark.parametrize(
    ("name", "other", "source"),
    [
        ("Nguyen Manh Hung", "Ruan Mengxiong", "外交部长阮孟雄表示"),
        ("Nguyen Hung Thang", "Ruan Xiongsheng", "阮雄生说"),  # the family name, and what the other one has for it
        ("Phạm Minh Chính", "Phan Minh Chinh", "总理范明政出席"),
        ("Moon Jae-in", "Wen Zaiyin", "总统文在寅"),
        ("Jae-in Moon", "Wen Zaiyin", "总统文在寅"),
        ("Suzuki", "Lingmu", "铃木先生"),
        ("Carrie Lam", "Lin", "林鄭月娥"),
    ],
)
def test_a_name_is_read_in_the_language_of_its_bearer(name: str, other: str, source: str) -> None:
    assert is_read(name, other, source)
    assert not is_read(other, name, source)


@pytest.mark.parametrize(
    ("name", "other", "source"),
    [
        ("Kim", "Park", "朴正熙的奖金"),  # gold is no family name where the other has none for it
        ("Han", "Han", "韩先生"),  # the same in both languages
        ("Nguyen", "Ruan", "没有这样的名字"),
        ("Nguyen", "Ruan", "Latin letters"),
        ("", "", "阮孟雄"),
    ],
)
def test_what_tells_nothing_is_not_read(name: str, other: str, source: str) -> None:
    assert not is_read(name, other, source)


@pytest.mark.parametrize(
    ("name", "pinyin", "source"),
    [
        ("Hsia Liyan", "Xia Liyan", "国民党副主席夏立言"),
        ("Chiang Ching-kuo", "Jiang Jingguo", "蔣經國先生"),
        ("Hsieh", "Xie", "谢先生"),
        ("Kuo Tai-ming", "Guo Taiming", "郭台铭"),
    ],
)
def test_an_older_spelling_is_one(name: str, pinyin: str, source: str) -> None:
    assert is_older_spelling(name, pinyin, source)
    assert not is_older_spelling(pinyin, name, source)


@pytest.mark.parametrize(
    ("name", "other"), [("Chixin", "Jixin"), ("Ko Shu", "Ke Shudan"), ("Jixin", "Jixin"), ("", "Jixin")]
)
def test_one_letter_of_an_older_spelling_is_none(name: str, other: str) -> None:
    assert not is_older_spelling(name, other, "吉欣和柯书丹")


def test_syllables_by_wade_and_giles() -> None:
    pinyin = ["zhang", "xie", "qing", "si", "zi", "shi", "ri", "jian", "xiong", "ge", "guo", "duo", "gui", "yan"]
    older = [
        "chang",
        "hsieh",
        "ching",
        "szu",
        "tzu",
        "shih",
        "jih",
        "chien",
        "hsiung",
        "ko",
        "kuo",
        "to",
        "kuei",
        "yen",
    ]
    assert [wade_giles(syllable)[0] for syllable in pinyin] == older


@pytest.mark.parametrize("kind", ["surnames", "given"])
def test_rows_are_characters_and_readings(kind: str) -> None:
    for packed in values_of("han_readings", kind).values():
        for row in packed.split():
            keys, *readings = row.split(":")
            assert all(script(char) == "CJK" for char in keys.replace("/", ""))
            assert readings
            assert all(reading.isascii() and reading.islower() for reading in readings)

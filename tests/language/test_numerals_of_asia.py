"""Numbers in words that are put together by rule: Hindi, Arabic, Chinese, Japanese."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalkit.language.numbers.myriad_words import hiragana_value
from evalkit.language.numbers.scan import scan


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("hi", "पच्चीसवां", "25"),
        ("hi", "सात का आठवां हिस्सा", "0.875"),
        ("ar", "السابع والثلاثين", "37"),
        ("ar", "ستة وأربعين كتابا", "46"),
        ("ar", "ثالثة", "3"),
        ("zh", "六千 三 百 二", "6320"),
        ("zh", "二又四分之三", "2.75"),
        ("zh", "3千零5", "3005"),
        ("zh", "四十两", "40"),
        ("zh", "三千亿", "300000000000"),
        ("ja", "七・二五", "7.25"),
        ("ja", "四と五分の一", "4.2"),
        ("ja", "よんせんさんびゃく", "4300"),
        ("ja", "3ダース", "36"),
        ("ja", "30余り万", "300000"),
        ("ja", "半数", "0.5"),
    ],
)
def test_the_value_is_among_the_readings(lang: str, text: str, value: str) -> None:
    keys = {key for quantity in scan(text, lang) for key in quantity.keys}
    assert Decimal(value) in {Decimal(said) for kind, said in keys if kind == "n"}


@pytest.mark.parametrize("run", ["にしにし", "せんせん", "さんさん", "ひゃくせん", "まんまん", "ですから", "じゅう"])
def test_a_run_of_hiragana_that_is_no_number(run: str) -> None:
    assert hiragana_value(run) is None

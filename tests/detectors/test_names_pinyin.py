"""Chinese names in pinyin, held against the characters of the source."""

from __future__ import annotations

import pytest

from evalkit.detectors.names import NamesDetector
from evalkit.detectors.names.from_han import slips
from evalkit.testing import context_of, units_of


def told(text: str, source: str, lang: str = "en") -> list[tuple[str, str, str]]:
    return [(text[s.start : s.end], s.person.text, s.right) for s in slips(text, lang, source)]


@pytest.mark.parametrize(
    ("text", "source", "right"),
    [
        ("Xi Jinpang met with Putin.", "习近平会见了普京。", "Xi Jinping"),
        ("It was said by Zhou Yunjian's team.", "周润健的团队说。", "Zhou Runjian"),
        ("Zhuge Luang wrote it.", "诸葛亮写的。", "Zhuge Liang"),
        ("Ouyang Natau sang.", "歐陽娜娜唱歌。", ""),  # two letters off
        ("Zhou Yunjian sagte es.", "周润健说。", "Zhou Runjian"),
        ("Wamg Xiaoming came.", "王小明来了。", "Wang Xiaoming"),
        ("Wang Xiaomimg came.", "王小明來了。", "Wang Xiaoming"),
    ],
)
def test_a_letter_off(text: str, source: str, right: str) -> None:
    assert [spelt for _, _, spelt in told(text, source)] == ([right] if right else [])


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("en", "Xi Jinping met with Wang Yi.", "习近平会见了王毅。"),
        ("en", "Xi Jin-ping met with Putin.", "习近平会见了普京。"),
        ("de", "Xi Jinpings Besuch war kurz.", "习近平的访问很短。"),
        ("en", "Chiang Ching-kuo spoke.", "蔣經國講話。"),
        ("en", "Li Kuanghui spoke.", "李光辉讲话。"),  # Wade and Giles
        ("en", "Wong Siuming spoke.", "王小明讲话。"),  # Cantonese
        ("en", "Zeng Zhong and Zeng Chong.", "曾重来了。"),  # read in two ways
        ("en", "Li Na won.", "李娜赢了。"),
        ("en", "Huang Chao won.", "黄少天赢了。"),  # another name, it may be
        ("en", "They saw the White House.", "他们看见了白宫。"),
    ],
)
def test_right_names_and_other_spellings_are_none(lang: str, text: str, source: str) -> None:
    assert told(text, source, lang) == []


def test_as_a_finding_it_says_where_and_what() -> None:
    text, source = "Yesterday Xi Jinpang met with Putin.", "昨天习近平会见了普京。"
    context = context_of([text], lang="en", source_lang="zh")
    (said,) = NamesDetector().find(units_of([text], (), [source]), context)
    assert (said.rule, said.severity, said.text) == ("name-mistransliterated", "minor", "Xi Jinpang")
    assert said.expected == ("Xi Jinping",)
    assert said.other is not None
    assert (said.other.side, said.other.text) == ("source", "习近平")


def test_japanese_is_another_matter() -> None:
    context = context_of(["Xi Jinpang came."], lang="en", source_lang="ja")
    assert not list(NamesDetector().find(units_of(["Xi Jinpang came."], (), ["習近平が来た。"]), context))

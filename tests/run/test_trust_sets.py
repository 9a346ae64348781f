"""Files of a set that were mixed up are told by the rare words of the other documents."""

from __future__ import annotations

from pathlib import Path

import evalkit
from evalkit.run.trust_sets import better_mates

CHATS = {
    "anna.txt": "请让我验证您的帐户。您的礼品卡还没有寄到布拉格的图书馆。请给我一点时间。感谢您的耐心等候。",
    "bert.txt": "请让我验证您的帐户。您的耳机在飞往里斯本的途中丢失了。请给我一点时间。感谢您的耐心等候。",
    "carl.txt": "请让我验证您的帐户。阅读器的字典需要重新下载更新。请给我一点时间。感谢您的耐心等候。",
}


def test_exchanged_documents_are_told_and_right_ones_are_not() -> None:
    texts = {name: [text] for name, text in CHATS.items()}
    assert better_mates(texts, texts) == {}
    exchanged = {"anna.txt": texts["bert.txt"], "bert.txt": texts["anna.txt"], "carl.txt": texts["carl.txt"]}
    assert better_mates(exchanged, texts) == {"anna.txt": "bert.txt", "bert.txt": "anna.txt"}


def test_a_document_that_shares_nothing_with_any_has_no_better_mate() -> None:
    texts = {name: [text] for name, text in CHATS.items()}
    assert better_mates({**texts, "anna.txt": ["Nothing of this."]}, texts) == {}
    assert better_mates({"dora.txt": texts["bert.txt"]}, texts) == {}  # it has no reference of its own


def test_the_result_says_which_files_were_mixed_up(tmp_path: Path) -> None:
    names = list(CHATS)
    for folder, order in (("r", names), ("c", [names[1], names[0], names[2]])):
        (tmp_path / folder).mkdir()
        for name, taken in zip(names, order, strict=True):
            (tmp_path / folder / name).write_text(CHATS[taken] + "\n", encoding="utf-8")
    result = evalkit.score(
        {"c": str(tmp_path / "c")}, str(tmp_path / "r"), metrics=["chrf"], align="document", lang="zh"
    )
    said = [failure.message for failure in result.failures if "mixed up" in failure.message]
    assert said == [
        "2 documents fit another document of the reference better than their own, perhaps the files were mixed up: "
        "'anna.txt' shares more rare words with 'bert.txt'"
    ]
    marked = [d.alignment.reason.endswith("fits it better") for d in result.systems[0].documents]
    assert marked == [True, True, False]

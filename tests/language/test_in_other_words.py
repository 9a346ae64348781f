"""Rules that a first text gave rise to hold for sentences in other words, and leave good ones alone."""

from __future__ import annotations

import pytest

from evalkit.language import boilerplate
from evalkit.language.forms import tokens
from evalkit.language.name_cues import has_title
from evalkit.language.numbers.malformed import malformed
from evalkit.plugins import Registry
from evalkit.records import Document


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("The treaty was signed on March, 3, 2021.", "March, 3"),
        ("The fair opens on July, 14.", "July, 14"),
        ("Fires broke out on the night of 17, the mayor said.", "the night of 17"),
        ("On the morning of 23 while most slept, the dam broke.", "the morning of 23"),
        ("In May, 10 people were hurt.", ""),
        ("On the night of 12 concerts the town was full.", ""),
        ("On the evening of 9 August they left.", ""),
    ],
)
def test_malformed_dates(text: str, bad: str) -> None:
    found = [text[item.start : item.end] for item in malformed(text, "en")]
    assert [item.strip(" ,") for item in found] == ([bad] if bad else [])


@pytest.mark.parametrize(
    ("text", "word", "titled"),
    [
        ("The Director General of the International Agency for Research on Rice and Maize Salim spoke.", "Salim", True),
        (
            "Chairwoman of the Board of Trustees of the Harbour Museum of Faro maria duarte spoke.",
            "maria",
            True,
        ),
        ("The mayor of Ghent vermeulen opened the fair.", "vermeulen", True),
        ("The mayor of Ghent said that the fair opened early because visitors came.", "visitors", False),
    ],
)
def test_a_name_after_a_title_with_its_body(text: str, word: str, titled: bool) -> None:
    token = next(token for token in tokens(text) if token.text == word)
    assert has_title(text, token) is titled


@pytest.mark.parametrize(
    "line", ["Published: 2021-03-04 Reuters", "date 12.04.2019 Harbour News", "issued 2018/07/30 Lisbon"]
)
def test_bylines_with_a_label(line: str) -> None:
    text = f"A title of the article\n{line}\nThe first sentence of the text stands here.\n"
    assert [item.text for item in boilerplate.find(text, "d")] == [line]
    assert not boilerplate.find(text.replace(line, "Since 2018 the port has grown by a third."), "d")


@pytest.mark.parametrize("line", ["Published: Oslo, 4 March 2021", "Dated 2019-05-06 Reuters", "date 3 June 2020"])
def test_datelines_with_a_label(line: str) -> None:
    document = Document("d", "d", f"{line}\nThe first sentence stands here.\n", "", "en")
    assert Registry().make("segmenter", "sentences").split(document)[0].kind == "dateline"


@pytest.mark.parametrize(
    ("lang", "line", "kind"),
    [
        ("de", "Peking, 10. November 2020", "dateline"),
        ("fr", "Paris, le 3 mars 2021", "dateline"),
        ("ru", "Москва, 4 марта 2021 года", "dateline"),
        ("zh", "2020年11月10日", "dateline"),
        ("de", "Die Ernte von 2020 im Norden", "heading"),
        ("zh", "2020年的收成", "heading"),
    ],
)
def test_datelines_are_known_in_every_language(lang: str, line: str, kind: str) -> None:
    document = Document("d", "d", f"{line}\nAAA bbb ccc.\n", "", lang)
    assert Registry().make("segmenter", "sentences").split(document)[0].kind == kind

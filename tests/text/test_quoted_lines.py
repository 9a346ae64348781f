"""Marks of quoted mail are layout where every line of a passage has them; elsewhere they are text."""

from __future__ import annotations

import pytest

from evalkit.text.quoted_lines import unquoted

MAIL = "Anna wrote:\n> The harbour was closed for two\n> days after the storm.\n>\n> Nobody was hurt.\n\nSo it was."


def test_the_marks_of_a_passage_become_spaces() -> None:
    found = unquoted(MAIL)
    assert found.text == MAIL.replace("> ", "  ").replace(">", " ")
    assert found.lines == 4


def test_marks_of_marks_go_too() -> None:
    text = ">> One line of it\n> > and another line\n>> and a third\n"
    assert unquoted(text).text.split() == ["One", "line", "of", "it", "and", "another", "line", "and", "a", "third"]
    assert len(unquoted(text).text) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "> 5 mg of it\n> 10 mg of it\n> 20 mg of it\n",
        "> one line\n> another line\nand no more\n",
        "a > b\nb > c\nc > d\n",
        "",
    ],
)
def test_comparisons_and_single_lines_stay(text: str) -> None:
    assert unquoted(text) == (text, 0)

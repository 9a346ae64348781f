"""The syntax of messages is no text of a language."""

from __future__ import annotations

import pytest

from evalkit.text.messages import without_syntax


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{n, plural, =0{keine} one{eine Datei} other{{n} Dateien}} da", ["keine", "eine", "Datei", "Dateien", "da"]),
        ("{n,plural,offset:1 few{je}}", ["je"]),
        ("{who, select, male{er kam} other{sie kamen}}", ["er", "kam", "sie", "kamen"]),
        ("{0,choice,0#no files|1#one file|1<{0} files}", ["no", "files", "one", "file", "files"]),
        ("am {day, date, short} um {0,time}", ["am", "um"]),
        ("Hallo {name}, other {x}", ["Hallo", "name", "other", "x"]),
        ("no syntax, other{", ["no", "syntax", "other"]),
    ],
)
def test_words_that_are_syntax_are_blanked(text: str, words: list[str]) -> None:
    plain = without_syntax(text)
    assert len(plain) == len(text)
    kept = "".join(char if char.isalpha() else " " for char in plain).split()
    assert [word for word in kept if len(word) > 1 or word == "x"] == words

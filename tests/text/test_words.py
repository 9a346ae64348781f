"""Text in messages."""

from __future__ import annotations

from ast import literal_eval

from hypothesis import example, given
from hypothesis import strategies as st

from evalkit.language.forms import tokens
from evalkit.text.words import count_words, has_more_words, quote, words


def test_a_long_text_is_quoted_by_its_beginning_and_end_in_whole_words() -> None:
    text = "Xinhua news agency, Beijing, November 10, President Xi attended and helped building a closer community."
    assert quote(text) == "'Xinhua news agency, Beijing, November … a closer community.'"
    assert quote("a  short\ntext") == "'a short text'"
    assert (
        quote("国会は半年ごとに計画の実施を監視する。" * 4, 30)
        == "'国会は半年ごとに計画の実施を監視する。国 … 画の実施を監視する。'"
    )


@given(st.text(st.sampled_from("ab …'")), st.integers(9, 70))
@example("a" * 11, 10)
def test_what_is_quoted_stands_in_the_text(text: str, limit: int) -> None:
    plain = " ".join(text.split())
    shown = literal_eval(quote(text, limit))
    assert len(shown) <= max(limit + 3, 3)
    if len(plain) <= limit:
        assert shown == plain
    else:
        assert any(
            plain.startswith(shown[:cut]) and plain.endswith(shown[cut + 3 :])
            for cut in range(len(shown))
            if shown[cut : cut + 3] == " … "
        )


@given(st.text("ab9Z.,'-_ `1\t\n", max_size=30))
@example("3.5kg of x_y, can't-won't 1,000.5-x a'-b 9.9.9a 12'a")
def test_words_of_ascii_are_those_of_any_text(text: str) -> None:
    """ASCII has patterns of its own, which are quicker."""
    assert words(text) == words(f"{text} é")[:-1]
    assert list(tokens(text)) == list(tokens(f"{text} é"))[:-1]
    assert not count_words(text) or has_more_words(text, count_words(text) - 1)
    assert not has_more_words(text, count_words(text))


@given(st.lists(st.text("ab9é’' -\r\x85\u2028", max_size=8), max_size=8))
def test_a_long_text_has_the_words_of_its_lines(lines: list[str]) -> None:
    text = "\n".join([*lines, "é " * 1000])
    start, apart = 0, []
    for line in text.split("\n"):
        apart += [token._replace(start=token.start + start, end=token.end + start) for token in tokens(line)]
        start += len(line) + 1
    assert list(tokens(text)) == apart

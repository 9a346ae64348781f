"""Text in messages."""

from __future__ import annotations

from ast import literal_eval

from hypothesis import example, given
from hypothesis import strategies as st

from evalkit.text.words import quote


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

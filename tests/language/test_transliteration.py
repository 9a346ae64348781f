"""Learned tables of transliteration."""

from __future__ import annotations

import pytest

from evalkit.language.transliteration import rendering


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Головченко", "golovchenko"), ("Путин", "putin"), ("Παπαδόπουλος", "papadopoulos"), ("محمد", "muhammad"),
        ("דוד", "david"), ("ワシントン", "washinton"), ("김", "kim"), ("マリア", "maria"),
        ("瓦尔迪维亚", "valdivia"), ("約翰", "john"),
    ],
)  # fmt: skip
def test_a_right_form_is_explained_letter_by_letter(native: str, latin: str) -> None:
    found = rendering(native, latin)
    assert found is not None
    assert found.odd == ()
    assert found.value > 0.5
    assert "".join(piece.latin for piece in found.pieces) == latin


def test_the_odd_place_is_shown() -> None:
    found = rendering("Головченко", "gorovchenko")
    assert found is not None
    assert [(piece.native, piece.latin) for piece in found.odd] == [("л", "r")]


@pytest.mark.parametrize(("native", "latin"), [("London", "london"), ("กรุงเทพ", "bangkok"), ("", "x"), ("Иван", "")])
def test_where_no_table_is_nothing_is_said(native: str, latin: str) -> None:
    assert rendering(native, latin) is None

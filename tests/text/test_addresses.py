"""Addresses in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.text.addresses import addresses, without_addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/b-c (now).", ["https://a.example/b-c"]),
        ("See WWW.a.example/wiki/B_(C), now.", ["WWW.a.example/wiki/B_(C)"]),
        ("Write to a.b@c.example.", ["a.b@c.example"]),
        ("At 5 @ home: nothing.", []),
        ("见https://a.example/b。", ["https://a.example/b"]),
    ],
)
def test_the_places(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in addresses(text)] == found


@given(st.text(alphabet="a.@:/w h", max_size=40))
def test_every_other_character_keeps_its_place(text: str) -> None:
    bare = without_addresses(text)
    assert len(bare) == len(text)
    assert all(b in (" ", a) for a, b in zip(text, bare, strict=True))

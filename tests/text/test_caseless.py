"""Patterns without case find what IGNORECASE finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.language import negation
from evalkit.text.caseless import Caseless

PATTERNS = [r"\b(?:not|never|is(?:n['’]t)?)\b", r"\w*ing\b", "[ad]k", r"\bk(?=[^.!?]{1,6}\bs\b)"]
ALPHABET = "aAdDiIkKsStTnN'’ .?ſıİΣßÄ\u212aµ中"


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(ALPHABET, max_size=30))
def test_finds_the_same_places(pattern: str, text: str) -> None:
    expected = [m.span() for m in re.compile(pattern, re.IGNORECASE).finditer(text)]
    assert [m.span() for m in Caseless(pattern).finditer(text)] == expected


@given(text=st.text(ALPHABET, max_size=30), start=st.integers(0, 30), end=st.integers(0, 30))
def test_searches_between_two_places(text: str, start: int, end: int) -> None:
    found, expected = (p.search(text, start, end) for p in (Caseless("[is]k?"), re.compile("[is]k?", re.IGNORECASE)))
    assert (found and found.span()) == (expected and expected.span())


def test_a_negator_reads_as_the_text_has_it() -> None:
    assert [cue.text for cue in negation.strong("They did NOT come. She Isn’t here.")] == ["NOT", "Isn’t"]

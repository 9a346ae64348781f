"""Nothing untrusted acts in a terminal or a build's log, and nothing large fills it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evalkit.text.visible import shown, told


@given(st.text())
def test_a_message_holds_no_control_and_no_command(text: str) -> None:
    said = told(f"note: {text}")
    assert all(char.isprintable() or char in "\n\u200c\u200d" or char.isspace() for char in said)
    assert not [line for line in said.split("\n") if line.lstrip().startswith("::")]


def test_names_that_would_act_are_shown() -> None:
    assert told("a\x1b[31mred\n ::error::x") == "a⟨U+001B⟩[31mred\n|  ::error::x"


def test_a_value_that_holds_itself_many_times_is_cut() -> None:
    value: object = "x"
    for _ in range(40):
        value = [value] * 9
    assert len(shown(value)) <= 120
    assert len(shown({"key": "x" * 10**6})) <= 120
    assert shown([10**5000]) == "a number of very many digits"

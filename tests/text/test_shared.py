"""What is known of texts: the same as without remembering, and never of many long ones at once."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakSet

from evalkit.text.shared import shared

LONG = 1_000_000


class Found:
    def __init__(self, of: str) -> None:
        self.of = of


def counted() -> tuple[Callable[[str], Found], list[int], WeakSet[Found]]:
    """A function, the lengths of the texts it was asked of, and what it found that is still held."""
    asked: list[int] = []
    held: WeakSet[Found] = WeakSet()

    def find(text: str) -> Found:
        asked.append(len(text))
        found = Found(text[:9])
        held.add(found)
        return found

    return shared(find), asked, held


def test_many_functions_together_keep_few_long_texts() -> None:
    functions = [counted() for _ in range(30)]
    for place in range(3):
        for find, _, _ in functions:
            assert find(f"text {place} " + "x" * LONG).of == f"text {place} xx"
    assert sum(len(held) for _, _, held in functions) <= 12


def test_some_functions_asked_in_turn_of_long_texts_find_once() -> None:
    functions = [counted() for _ in range(5)]
    texts = ["a" * LONG, "b" * LONG]
    for _ in range(50):
        for text in texts:
            for find, _, _ in functions:
                assert find(text).of == text[:9]
    assert [len(asked) for _, asked, _ in functions] == [2] * 5


def test_shorter_texts_are_remembered_by_each_function_and_as_many_as_before() -> None:
    functions = [counted() for _ in range(10)]
    for _ in range(2):
        for find, _, _ in functions:
            for place in range(100):
                find(f"{place} " + "y" * 1000)  # a segment
                find(f"{place % 30} " + "z" * 10_000)  # a page
    assert [len(asked) for _, asked, _ in functions] == [130] * 10

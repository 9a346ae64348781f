"""Lists of words stand in the packs: none is written into the code of what judges texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import evalkit
from evalkit.language.packs import words_of

ROOMS = ("detectors", "language", "text", "terms", "segmenters", "aligners", "run", "selftest")
# Names, not words of texts: the CLDR's categories of plurals, and the columns of the aligner.
NAMES = ("zero one two few many other", "in order in order, log odds")
FUNCTION = words_of("en", "function_words.content")
_ALTERNATIVES = re.compile(r"[A-Za-z'’?:()\[\]\\]+(?:\|[A-Za-z'’?:()\[\]\\]+)+")
_PLAIN = re.compile(r"[a-z]{2,}")


def strings(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """The words of every alternation in a string, and of every literal list, set or tuple of strings, by line."""
    texts = {
        id(n.body[0].value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef) and n.body and isinstance(n.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts:
            for found in _ALTERNATIVES.findall(node.value):
                yield node.lineno, [word for part in found.split("|") for word in _PLAIN.findall(part)[:1]]
        if isinstance(node, ast.List | ast.Set | ast.Tuple):
            yield node.lineno, [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]


def listed(code: str) -> list[tuple[int, list[str]]]:
    """Lists with two function words of English or more."""
    return [(line, words) for line, words in strings(ast.parse(code)) if len(FUNCTION & {*words}) > 1]


@pytest.mark.parametrize(
    "code",
    ['A = re.compile(r"\\b(?:is|was|said)\\b")', 'A = {"the", "and", "chair"}', 'A = rf"{x} (?:who|whose) {y}"'],
)
def test_a_list_in_the_code_would_be_found(code: str) -> None:
    assert listed(code)


@pytest.mark.parametrize("code", ['A = ("number", "time")', 'A = "It is | it was"', '"""is|was"""', 'A = r"hh|h|ll"'])
def test_what_is_no_list_of_words_is_not(code: str) -> None:
    assert listed(code) == []


def test_no_list_of_words_stands_in_the_code() -> None:
    room = Path(evalkit.__file__).parent
    found = [
        f"{path.relative_to(room)}:{line}: {' '.join(words)}"
        for name in ROOMS
        for path in sorted((room / name).rglob("*.py"))
        for line, words in listed(path.read_text("utf-8"))
        if not " ".join(words).startswith(NAMES)
    ]
    assert found == []

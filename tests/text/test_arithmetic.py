"""A sum that is the same on every Python, and no other sum of floats in the package."""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from evalkit.text.arithmetic import running_sum

# Calls of the built-in that add whole numbers alone, by what they add: anything else is looked at by hand, and added
# here or made a `running_sum`.
WHOLE = (
    "len", "count", "words", "isupper", "size", "weight", "mine", "theirs", "1", "found", "own", "there", "linked",
    "sizes", "starts", "ends", "votes", "lengths", "nested", "planted", "shown", "real", "tested", "severity", "state",
    "segments", "form", "number", "letters", "score", "==", "is None", "bool", "moved_blocks", "weights", "known",
    "missing",
)  # fmt: skip


@given(st.lists(st.floats(-1e9, 1e9)))
def test_each_step_is_rounded(values: list[float]) -> None:
    total = 0.0
    for value in values:
        total = total + value
    assert running_sum(values) == total


def test_the_package_adds_floats_in_no_other_way(root: Path) -> None:
    suspects = []
    for path in sorted((root / "evalkit").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
                added = ast.get_source_segment(text, node) or ""
                if not any(word in added for word in WHOLE):
                    suspects.append(f"{path.relative_to(root)}:{node.lineno}: {added}")
    assert suspects == []

"""What holds for every renderer: the same bytes twice, an empty result, and text that stays text."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from evalkit.plugins.protocols import Renderer
from evalkit.records import json as jsonio
from evalkit.records.config import parse
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate
from evalkit.testing.units import BAD, GOOD

_MARKUP = "<script>alert(1)</script> <b>bold</b>"
_CONTROL = "\x1b[31m \u202e \u2066 \x7f"
_MARKED_UP = (".html", ".htm", ".xml", ".svg")


@cache
def result() -> Result:
    """A result of two systems whose texts and names hold markup and control characters."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ref.txt").write_text("\n".join(GOOD) + "\n", encoding="utf-8")
        for system, texts in (("one", BAD), ("two", GOOD)):
            text = "\n".join([*texts[:-1], f"{texts[-1]} {_MARKUP} {_CONTROL}  "]) + "\n"
            (folder / f"{system}.txt").write_text(text, encoding="utf-8")
        config = parse(
            {
                "name": _MARKUP,
                "metrics": ["bleu", "chrf"],
                "align": "lines",
                "statistics": {"trials": 100},
                "candidate": [{"name": f"one {_MARKUP} {_CONTROL}", "path": "one.txt"}, {"path": "two.txt"}],
                "reference": [{"path": "ref.txt"}],
            },
            "the kit",
        )
        return jsonio.seen(evaluate(config, folder=folder))


@cache
def without_reference() -> Result:
    """A result of a metric that needs no reference: there is nothing to trust or distrust, and the score counts."""
    whole = result()
    alone = [
        replace(
            system,
            alignment=replace(system.alignment, trusted=False),
            units=tuple(replace(unit, references=()) for unit in system.units),
            findings=tuple(f for f in system.findings if f.side != "reference" and not f.other),
        )
        for system in whole.systems
    ]
    return replace(whole, references=(), systems=tuple(alone), comparisons=(), finding_comparisons=(), rankings=())


def empty_result() -> Result:
    """The result of an evaluation of nothing."""
    return replace(
        result(), references=(), systems=(), comparisons=(), terms=(), failures=(), finding_comparisons=(), rankings=(),
        disagreements=(), metrics={}, rules={},
    )  # fmt: skip


def check_renderer(renderer: Renderer, *, for_programs: bool = False) -> None:
    """The same result gives the same bytes; a result of nothing renders; texts cannot become markup or control.

    A format `for_programs`, which must hold every character as it is, may hold control characters.
    """
    assert renderer.suffix.startswith("."), f"the suffix {renderer.suffix!r} is no file ending"
    text = renderer.render(result())
    assert isinstance(text, str), "`render` gives text"
    assert renderer.render(result()) == text, "the same result has other bytes the second time"
    text.encode("utf-8")
    assert isinstance(renderer.render(empty_result()), str)
    assert isinstance(renderer.render(without_reference()), str)
    if renderer.suffix in _MARKED_UP:
        assert "<script>alert" not in text, "text of a candidate, or a name, stands as markup: escape it"
    if not for_programs:
        left = sorted(set(text) & set("\x1b\x7f\u202e\u2066\x00"))
        assert not left, f"control characters of a text pass as they are: {left}; see evalkit.text.visible"

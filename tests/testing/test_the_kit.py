"""The kit says what is wrong with a plug-in that breaks the contract."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evalkit.plugins import Registry
from evalkit.testing import check_plugin, check_text_form

STRANGERS = Path(__file__).parents[1] / "plugins" / "strangers.py"
KINDS = {
    "detector": "loud", "scorer": "lengths", "segmenter": "rows", "aligner": "in-order", "reader": "upside",
    "renderer": "sheet", "termbase": "plain",
}  # fmt: skip


def made(folder: Path, kind: str, old: str = "", new: str = ""):
    text = STRANGERS.read_text(encoding="utf-8")
    assert old in text
    path = folder / "changed.py"
    path.write_text(text.replace(old, new) if old else text)
    return Registry((str(path),)).make(kind, KINDS[kind])


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "reader"])
def test_a_strangers_plug_in_keeps_the_contract(tmp_path: Path, kind: str) -> None:
    lossy = kind == "termbase"
    if lossy:
        with pytest.raises(AssertionError, match="says of no loss"):
            check_plugin(made(tmp_path, kind))
    else:
        check_plugin(made(tmp_path, kind))


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        (
            "detector",
            "LOUD, self.name, unit, segment, at, at + 1",
            "LOUD, self.name, unit, segment, at, at + 2000",
            "no place",
        ),
        ("detector", 'summary="A sentence shouts."', 'summary=""', "has no summary"),
        ("detector", "Come at once[!]", "Come at [once]!", "marks"),
        ("detector", 'find("!")', 'find("e")', "a perfect copy has findings"),
        ("scorer", 'better: ClassVar[str] = "lower"', 'better: ClassVar[str] = "higher"', "but good texts have"),
        ("scorer", "float(abs(a - b)), float(b)", "float(abs(a - b)), float(len(units))", "a row is of its unit alone"),
        ("segmenter", "start += len(line)", "start += len(text)", "says"),
        ("aligner", "range(both, len(candidate))", "range(both + 1, len(candidate))", "not each of"),
        ("renderer", "{visible(s.name)}", "{s.units[-1].candidate.text}", "control characters"),
        ("renderer", "{visible(s.name)}", "{s.name}", "control characters"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, kind: str, old: str, new: str, said: str) -> None:
    from evalkit import testing

    with pytest.raises(AssertionError, match=said):
        getattr(testing, f"check_{kind}")(made(tmp_path, kind, old, new))


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    from evalkit.testing import check_reader

    with pytest.raises(AssertionError, match="a missing file raises FileNotFoundError"):
        check_reader(made(tmp_path, "reader"))


def test_options_without_a_default_are_refused(tmp_path: Path) -> None:
    plugin = made(tmp_path, "scorer", '    """How much longer', '    """How much longer')
    check_text_form(plugin)
    assert replace(plugin) == plugin
    with pytest.raises(AssertionError, match="not frozen"):
        check_text_form(made(tmp_path, "renderer", "@dataclass(frozen=True)\nclass Sheet", "@dataclass\nclass Sheet"))

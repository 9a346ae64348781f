"""What `evalkit run` tells on a terminal: the first findings with their places, and each pair's verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
LINES = [f"The council of town {k} opened a new bridge in {1900 + k}." for k in range(24)]
WRONG = [line.replace("of town", "of of town").replace("opened a new", "shut the old") for line in LINES]


@pytest.fixture
def told(run: Run, tmp_path: Path) -> Callable[..., str]:
    """`told(good, mt, "-q")`: what a run over these lines prints."""

    def command(good: list[str], mt: list[str], *options: str, more: str = "") -> str:
        for name, lines in (("ref", LINES[: len(mt)]), ("good", good), ("mt", mt)):
            (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n")
        (tmp_path / "evalkit.toml").write_text(
            'lang = "en"\nalign = "lines"\nmetrics = ["chrf"]\noutput = "reports"\n'
            '[[reference]]\npath = "ref.txt"\n[[candidate]]\npath = "mt.txt"\n'
            f'[[candidate]]\npath = "good.txt"\n{more}'
        )
        code, out, _ = run("run", *options)
        assert code == 0
        assert max(map(len, out.splitlines())) <= 80
        return " ".join(out.split())

    return command


def test_the_first_findings_have_their_places_and_the_rest_is_counted(told) -> None:
    out = told(LINES, WRONG)
    assert "Look at these first: mt.txt:" in out
    assert "more findings (hints not counted); all are in the report" in out
    assert "Which is better? good better than mt by " in out
    assert " chrF" in out.partition("Which is better?")[2]
    assert ", shown" in out


def test_what_is_not_shown_says_what_so_many_items_show(told) -> None:
    near = [LINES[0].replace("bridge", "road"), *LINES[1:]]
    out = told(LINES, near)
    assert "good and mt not told apart by chrF" in out
    assert "24 items show differences from about " in out


def test_too_few_items_are_one_line(told) -> None:
    out = told(LINES[:6], WRONG[:6])
    assert "Which is better? No comparison was possible: 6 units in common, at least 10 needed." in out


def test_other_kinds_of_text_are_said(told) -> None:
    assert "(but one is a translation, the other a report)" in told(LINES, WRONG, more='kind = "report"\n')


def test_quietly_the_table_stands_alone(told) -> None:
    out = told(LINES, WRONG, "-q")
    assert "Findings (by programs" in out
    assert "Look at these" not in out
    assert "Which is better?" not in out

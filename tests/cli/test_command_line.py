"""The short way from a command line to a call gives what typer gives, or leaves the line to typer."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.cli import app
from evalkit.cli import command_line as declared
from evalkit.cli.command_line import quick_call, typer_app

WORDS = [
    "a.txt",
    "b.txt",
    "-",
    "",
    "x=y",
    "13a",
    "ä b",
    "0",
    "7",
    "18",
    "-1",
    "1.5",
    "nan",
    "1_0",
    "²",
    "bleu,chrf",
    "--",
]


def command(name: str) -> Any:
    return app._command(name)


def option_names(name: str) -> list[str]:
    return [text for parameter in declared._parameters(command(name)) for text in parameter.info.names]


def by_typer(name: str, line: list[str]) -> dict[str, Any] | None:
    """What typer calls the command with, None where it refuses the line."""
    got: list[dict[str, Any]] = []

    @functools.wraps(command(name))
    def stub(**values: Any) -> None:
        got.append(values)

    made = typer_app([stub], app.root, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    with pytest.raises(SystemExit):
        made([name, *line], prog_name="evalkit")
    return got[0] if got else None


LINES = {
    "score": [
        ["s", "-r", "r"],
        ["s", "t", "-r", "r", "-r", "q", "-m", "bleu,chrf", "-m", "ter", "--paired-bs", "--paired-bs-n=300", "-b"],
        ["-", "--reference=r", "-w", "4", "--alpha", "0.1", "-f", "json", "--names-of-systems", "a", "-q"],
        ["-r", "r", "s", "--seed", "7", "--lowercase", "--smooth-value", "2", "--chrf-word-order", "2"],
    ],
    "run": [[], ["my.toml"], ["--jobs", "2", "-q"]],
    "check": [["a", "-r", "b", "--terms", "t", "--names", "n"], ["--self-test", "-r", "b"]],
    "report": [["result.json", "-f", "html", "-o", "x"]],
    "explain": [[], ["name-case"]],
}


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in LINES.items() for line in lines])
def test_a_plain_line_is_understood_as_typer_understands_it(name: str, line: list[str]) -> None:
    assert quick_call(command(name), line) == by_typer(name, line) is not None


@pytest.mark.parametrize(
    "line",
    [
        [], ["s", "-r"], ["s", "-r", "r", "--no-such"], ["s", "-r", "r", "-h"], ["s", "-r", "r", "--help"],
        ["s", "-rr"], ["s", "-r", "--jobs"], ["s", "-r", "r", "--jobs", "two"], ["s", "-r", "r", "-w", "18"],
        ["s", "-r", "r", "--paired-bs=yes"], ["--", "s", "-r", "r"], ["s", "-r", "r", "--seed", "-1"], ["s", "-r=r"],
    ],
)  # fmt: skip
def test_any_other_line_is_left_to_typer(line: list[str]) -> None:
    assert quick_call(command("score"), line) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["score", "check", "run", "compare"]), st.data())
def test_any_line(name: str, data: st.DataObject) -> None:
    names = [*option_names(name), "--nothing"]
    token = st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(names),
        st.builds("{}={}".format, st.sampled_from(names), st.sampled_from(WORDS)),
    )
    line = data.draw(st.lists(token, max_size=6))
    if name in ("score", "check"):
        line = ["s", "-r", "r", *line]
    quick = quick_call(command(name), line)
    if quick is not None:
        assert quick == by_typer(name, line)


def test_the_list_of_commands_is_that_of_the_modules(root: Path) -> None:
    for name, module in app.COMMANDS.items():
        assert command(name).__module__ == f"evalkit.cli.{module}"
    typer_commands = [c.callback.__name__ for c in app.load_commands().registered_commands if c.callback]
    assert typer_commands == list(app.COMMANDS)


def test_defaults_that_are_lists_are_made_anew() -> None:
    first = quick_call(command("score"), ["s", "-r", "r"])
    assert first
    first["metric"].append("ter")
    again = quick_call(command("score"), ["s", "-r", "r"])
    assert again
    assert again["metric"] == []


@pytest.mark.parametrize("kernel", ["", "off"])
def test_two_lines_load_nothing_heavy(tmp_path: Path, kernel: str) -> None:
    """With the kernel; without it sacrebleu counts, and nothing else comes with it."""
    (tmp_path / "two").write_text("The cat sat.\nOn the mat.\n", encoding="utf-8")
    heavy = ["typer", "rich", "numpy", "jiwer", "datasets", "babel", "yaml", "jinja2", "vl_convert", "rapidfuzz"]
    heavy += (
        []
        if kernel
        else ["sacrebleu", "regex", "importlib.metadata", "tomllib", "tempfile", "evalkit.compare.statistics"]
    )
    code = (
        "import sys\nsys.argv = ['evalkit', 'score', 'two', '-r', 'two', '-b']\nfrom evalkit.cli import main\nmain()\n"
        f"print([name for name in {heavy!r} if name in sys.modules and name not in BEFORE])"
    )
    code = "import sys\nBEFORE = set(sys.modules)\n" + code
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**__import__("os").environ, "EVALKIT_KERNEL": kernel},
    )  # fmt: skip
    assert done.stdout.splitlines() == ["100.00", "[]"]

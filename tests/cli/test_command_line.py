"""How a command line reaches its command: groups of options, lazy commands, what is said of a bad line."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pytest
import typer

from evalkit.cli import app, metrics
from evalkit.cli.grouped import ungrouped
from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.plugins.options import flags
from tests.cli.conftest import Run


class _Group(NamedTuple):
    size: Annotated[int, typer.Option("--size")] = 3
    many: Annotated[list[str], typer.Option("--many")] = []  # noqa: RUF012 - typer makes each default anew


GROUP = _Group()


def _called(line: list[str]) -> dict[str, Any]:
    """What a command with a group gets from a line."""
    got: dict[str, Any] = {}

    def command(file: str, group: _Group = GROUP, last: bool = False) -> None:
        got.update(file=file, group=group, last=last)

    application = typer.Typer(add_completion=False)
    application.command()(ungrouped(command))
    application(line, standalone_mode=False)
    return got


def test_a_group_of_options_reaches_the_command_as_one() -> None:
    assert _called(["a"]) == {"file": "a", "group": _Group(), "last": False}
    assert _called(["a", "--size=4", "--many", "x", "--many", "y", "--last"]) == {
        "file": "a", "group": _Group(4, ["x", "y"]), "last": True,
    }  # fmt: skip


def test_defaults_that_are_lists_are_made_anew() -> None:
    _called(["a"])["group"].many.append("x")
    assert _called(["a"])["group"].many == []


def test_the_list_of_commands_is_that_of_the_modules() -> None:
    commands = app.application().commands
    assert list(commands) == [*app.COMMANDS, *app.GROUPS]
    for name, module in app.COMMANDS.items():
        assert callable(getattr(import_module(f"evalkit.cli.{module}"), name))
        assert commands[name].name == name


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("explian",), "no such command 'explian'; did you mean 'explain'?"),
        (("terms", "tets"), "terms: no such command 'tets'; did you mean 'test'?"),
        (("score", "a", "--refrence", "b"), "did you mean '--reference'?"),
        (("score", "a", "-r", "b", "--lowercas"), "did you mean '--lowercase'?"),
        (("report",), "report: missing argument"),
        (("score", "a", "-r"), "requires an argument"),
        (("score", "a", "-r", "b", "-w", "18"), "score: invalid value for '-w'"),
        (("score", "a", "-r", "b", "--jobs", "two"), "score: invalid value for '--jobs'"),
        (("score", "a", "-r", "b", "--paired-bs=yes"), "does not take a value"),
        (("run", "a", "b"), "run: got unexpected extra argument"),
        (("--verison",), "did you mean '--version'?"),
    ],
)
def test_a_bad_line_is_told_in_one_sentence(run: Run, line: tuple[str, ...], said: str) -> None:
    code, out, err = run(*line)
    assert (code, out) == (2, "")
    assert err.startswith("evalkit: error: ")
    assert len(err.splitlines()) == 1
    assert said in err


@pytest.mark.parametrize("line", [(), ("terms",)])
def test_no_command_shows_the_help(run: Run, line: tuple[str, ...]) -> None:
    _, out, err = run(*line)
    assert "Commands:" in out + err


def test_the_shell_is_given_words_to_complete(tmp_path: Path) -> None:
    settings = {"_EVALKIT_COMPLETE": "complete_bash", "COMP_WORDS": "evalkit sc", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "evalkit"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, **settings},
    )  # fmt: skip
    assert done.stdout.split() == ["score"]


def test_the_options_of_metrics_are_their_scorers_fields() -> None:
    names = [
        flag.name for scorer in ("bleu", "chrf", "ter") for flag in flags(Registry().get("scorer", scorer)).values()
    ]
    assert names == [
        "--tokenize", "--smooth-method", "--smooth-value", "--lowercase", "--effective-order", "--chrf-char-order",
        "--chrf-word-order", "--chrf-beta", "--chrf-whitespace", "--chrf-lowercase", "--chrf-eps-smoothing",
        "--ter-normalized", "--ter-no-punct", "--ter-asian-support", "--ter-case-sensitive",
    ]  # fmt: skip
    assert [name.replace("_", "-") for name in metrics.OPTIONS._fields] == [name.strip("-") for name in names]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["bleu, chrf", "ter"], ["bleu", "chrf", "ter"]),
        (["BLEU,chrF++"], ["bleu", "chrf++"]),
        (["bleu(tokenize=char, lowercase=yes),wer"], ["bleu", "wer"]),
    ],
)
def test_metrics_repeat_or_stand_between_commas(given: list[str], names: list[str]) -> None:
    assert [spec["name"] for spec in metrics.specs(given, metrics.OPTIONS, [])] == names


def test_an_option_goes_to_the_metrics_that_have_it() -> None:
    options = metrics.OPTIONS._replace(lowercase=True, chrf_beta=3, chrf_word_order=1)
    bleu, chrf, plus, wer = metrics.specs(["bleu(smooth_method=floor),chrf,chrf++,wer"], options, [])
    assert bleu == {"name": "bleu", "smooth_method": "floor", "lowercase": True, "effective_order": False}
    assert (chrf["beta"], chrf["word_order"], plus["word_order"]) == (3, 1, 1)
    assert wer == {"name": "wer"}


def test_an_option_that_no_metric_has_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"^--tokenize: no metric of this command has it \(-m chrf,ter\)"):
        metrics.specs(["chrf", "ter"], metrics.OPTIONS._replace(tokenize="zh"), [])


@pytest.mark.parametrize("kernel", ["", "off"])
def test_two_lines_load_nothing_heavy(tmp_path: Path, kernel: str) -> None:
    """With the kernel; without it sacrebleu counts, and nothing else comes with it."""
    (tmp_path / "two").write_text("The cat sat.\nOn the mat.\n", encoding="utf-8")
    heavy = ["rich", "pydantic", "numpy", "jiwer", "datasets", "babel", "yaml", "jinja2", "rapidfuzz"]
    heavy += (
        []
        if kernel
        else ["sacrebleu", "regex", "importlib.metadata", "tomllib", "tempfile", "evalkit.compare.statistics"]
    )
    code = (
        "import sys\nBEFORE = set(sys.modules)\nsys.argv = ['evalkit', 'score', 'two', '-r', 'two', '-b']\n"
        "from evalkit.cli import main\nmain()\n"
        f"print([name for name in {heavy!r} if name in sys.modules and name not in BEFORE])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "EVALKIT_KERNEL": kernel},
    )  # fmt: skip
    assert done.stdout.splitlines() == ["100.00", "[]"]

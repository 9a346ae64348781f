"""Names of files that no system takes, given to every option and setting that names one: one line each, exit code 2."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_foreign_outputs import LINES, NO_FILES, evalkit, parameters  # noqa: F401

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, str]]
_MORE = {"run": "run", "explain": "explain name-missing", "plugins": "plugins", "init": "init new",
         "terms add": "terms add x",
         "review import": "review import sheet.csv", "review advise": "review advise"}  # fmt: skip
_SERVES = {"serve", "models install", "models remove", "cache", "models list"}


def _names() -> list[str]:
    Path("circle").symlink_to("circle")
    Path("plain").write_text("x")
    return ["a" * 300, "b/" * 3000, "circle", "circle/x.txt", "plain/x.txt", os.fsdecode(b"\xff\xfe"), "folder", ""]


def test_every_option_that_names_a_file_takes_or_refuses_what_is_none(evalkit: Run) -> None:  # noqa: F811
    Path("folder").mkdir()
    wrong = []
    names = _names()
    for command, each in parameters():
        option = each.opts[-1]
        if getattr(each, "is_flag", False) or {f"{command} {option}", option} & NO_FILES or command in _SERVES:
            continue
        for name in names:
            line = (LINES | _MORE)[command].split()
            added = [option, name] if option.startswith("-") else [name]
            if not option.startswith("-"):  # takes the place of the first argument
                first = len(command.split())
                line[first : first + 1] = []
            if command == "review export" and option != "--output":
                added += ["-o", "new.csv"]
            code, err = evalkit(*line, *added)
            if code not in (0, 1, 2) or (code == 2 and err.count("\n") > 9) or "Traceback" in err:
                wrong.append((command, option, name[:20], code, err[-200:]))
    assert wrong == [], "\n".join(map(str, wrong))


def test_every_setting_that_names_a_file_takes_or_refuses_what_is_none(evalkit: Run) -> None:  # noqa: F811
    Path("folder").mkdir()
    wrong = []
    sides = '[[reference]]\npath = "r.txt"\n[[candidate]]\npath = "x.txt"\n'
    settings = {
        "output": "output = {}\n" + sides, "terms": "terms = [{}]\n" + sides, "names": "names = [{}]\n" + sides,
        "plugins": "plugins = [{}]\n" + sides, "verdicts": "verdicts = {}\n" + sides,
        "ratings": "ratings = [{}]\n" + sides, "reference": sides.replace('"r.txt"', "{}"),
        "candidate": sides.replace('"x.txt"', "{}"), "source": sides + "[source]\npath = {}\n",
        "derived": sides + '[[reference]]\nname = "b"\npath = "r.txt"\nderived_from = {}\n',
        "baseline": sides + "[gate]\nbaseline = {}\n", "alignment": "align = {{name = 'file', path = {}}}\n" + sides,
        "set": '[[set]]\nname = "s"\nlanguages = ["de"]\nreferences = [{0}]\n[[system]]\nname = "a"\npath = "x.txt"\n',
        "system": '[[set]]\nname = "s"\nlanguages = ["de"]\nreferences = ["r.txt"]\n[[system]]\nname = "a"\n'
        "path = {}\n",
        "set name": '[[set]]\nname = {}\nlanguages = ["de"]\nreferences = ["r.txt"]\n[[system]]\nname = "a"\n'
        'path = "x.txt"\n',
        "judge": "metrics = [{{name = 'llm-judge', model = 'x', replay = true, log = {}}}]\n" + sides,
    }  # fmt: skip
    for what, text in settings.items():
        for name in (each for each in _names_in_toml()):
            Path("evalkit.toml").write_text("output = 'out2'\n" * ("output = " not in text) + text.format(f'"{name}"'))
            for line in (("run", "-q"), ("history", "-f", "json"), ("terms", "test")):
                code, err = evalkit(*line)
                if code not in (0, 1, 2) or "Traceback" in err:
                    wrong.append((what, line[0], name[:20], code, err[-200:]))
    assert wrong == [], "\n".join(map(str, wrong))


def _names_in_toml() -> list[str]:
    if not Path("circle").is_symlink():
        _names()
    return ["a" * 300, "b/" * 3000, "circle", "circle/x.txt", "plain/x.txt", "folder", "", "\\u0000", "."]


def test_no_path_is_resolved_in_the_way_that_fails_at_a_circle_of_links() -> None:
    package = Path(__file__).parents[2] / "evalkit"
    using = [path.name for path in package.rglob("*.py") if ".resolve()" in path.read_text(encoding="utf-8")]
    assert using == [], "use evalkit.text.files.resolved"

"""House rules that no tool holds: light start, documented parts, nothing of a machine in the repo."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import evalkit
from evalkit.records.json import json_schema, make_schema

HEAVY = (
    "numpy",
    "sacrebleu",
    "jiwer",
    "rapidfuzz",
    "datasets",
    "babel",
    "rich",
    "pydantic",
    "jinja2",
    "yaml",
)


@pytest.mark.parametrize(
    "arguments", [["-c", "import evalkit"], ["-m", "evalkit", "--help"], ["-m", "evalkit", "score", "--help"]]
)
def test_the_start_imports_nothing_heavy(arguments: list[str]) -> None:
    code = "import sys, runpy\n"
    if arguments[0] == "-c":
        code += arguments[1]
    else:
        code += f"sys.argv = {['evalkit', *arguments[2:]]!r}\n"
        code += "from evalkit.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
    code += f"\nprint('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "LOADED []"


def test_public_names_are_pinned_and_documented() -> None:
    assert set(evalkit.__all__) == {
        "EvalkitError", "Lines", "Registry", "Result", "RunConfig", "Text", "__version__", "check", "evaluate",
        "load_config", "read_result", "render", "score", "write_reports",
    }  # fmt: skip
    for name in evalkit.__all__:
        assert getattr(evalkit, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = evalkit.nothing


def test_the_shipped_schema_is_the_records_schema() -> None:
    """To renew it, run `python benchmarks/schema.py`."""
    assert json_schema() == json.loads(json.dumps(make_schema()))


def test_every_command_has_help_with_an_example(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from evalkit.cli import main
    from evalkit.cli.app import application

    commands = application().commands
    lines = [name for name in commands if not hasattr(commands[name], "commands")]
    groups = [name for name in commands if hasattr(commands[name], "commands")]
    lines += [f"{group} {name}" for group in groups for name in commands[group].commands]
    for name in lines:
        monkeypatch.setattr(sys, "argv", ["evalkit", *name.split(), "--help"])
        with pytest.raises(SystemExit):
            main()
        text = capsys.readouterr().out
        assert f"Usage: evalkit {name}" in text
        assert "Example: evalkit" in text, name
        assert all(len(line) <= 80 for line in text.splitlines()), name


def test_the_list_of_commands_shows_whole_sentences() -> None:
    for line in (["--help"], ["terms", "--help"], ["review", "--help"]):
        done = subprocess.run([sys.executable, "-m", "evalkit", *line], capture_output=True, text=True, check=True)
        assert "..." not in done.stdout.partition("Commands:")[2]


def test_nothing_of_a_machine_or_of_work_in_the_repo(root: Path) -> None:
    files = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False).stdout.split()
    pattern = re.compile(r"(?<![\w.])/(work|tmp|root|home)/[a-z.]|pypi\.org|pythonhosted|registry\.npmjs")
    bad = []
    for name in files:
        path = root / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".json", ".tsv", ".html", ".css", ""} and path.is_file():
            text = path.read_text(encoding="utf-8")
            bad += [f"{name}: {m.group()}" for m in pattern.finditer(text) if name != "tests/test_house.py"]
    assert bad == []


def _modules(root: Path) -> list[Path]:
    return sorted((root / "evalkit").rglob("*.py"))


def test_the_top_of_the_repo_holds_what_the_readme_names(root: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("no checkout of git")
    top = {name.partition("/")[0] for name in listed.split("\0") if name}
    folders = {"seeds", "evalkit", "references", "reports", "tests", "benchmarks", "docs", "install", ".ci", ".github"}
    built = {"pyproject.toml", "setup.py", "MANIFEST.in", "constraints.txt", ".gitignore", ".dockerignore"}
    read = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "evalkit.toml", ".pre-commit-hooks.yaml"}
    assert top <= folders | built | read


def test_ten_loose_files_at_the_top_at_most(root: Path) -> None:
    assert len(list((root / "evalkit").glob("*.py"))) <= 10


def test_every_room_says_what_it_is_for_and_what_it_may_use(root: Path) -> None:
    for path in (root / "evalkit").glob("*/__init__.py"):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert "This room" in text, f"{path.parent.name}: what may it use?"
        assert len(text) > 80, f"{path.parent.name}: what is it for?"


def test_every_module_says_what_it_holds(root: Path) -> None:
    for path in _modules(root):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_every_room_stands_in_one_of_nine_layers_and_no_import_is_excepted(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert len(layers) <= 9
    rooms = {name.removeprefix("evalkit.") for layer in layers for name in layer.split(" | ")}
    assert rooms - {"api"} == {path.parent.name for path in (root / "evalkit").glob("*/__init__.py")}
    assert not any("ignore_imports" in contract for contract in contracts)


def test_no_file_is_too_long_to_read(root: Path) -> None:
    long = {path.name: n for path in _modules(root) if (n := len(path.read_text(encoding="utf-8").splitlines())) > 300}
    assert long == {}


def test_a_renderer_sees_the_result_alone(root: Path) -> None:
    """No reader of a result builds a registry or asks a plug-in of another kind; but for the one that sets marks in the
    user's own file, which it has to read again."""
    for path in (root / "evalkit" / "renderers").rglob("*.py"):
        names = [
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        rooms = {name.split(".")[1] for name in names if name.startswith("evalkit.")}
        more = {"plugins"} if path.name == "itsxliff.py" else set()
        assert rooms <= {"renderers", "records", "text", "errors", *more}, path


def _is_number(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Tuple):
        return all(map(_is_number, value.elts))
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    value = value.operand if isinstance(value, ast.UnaryOp) else value
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def test_every_threshold_has_its_reason(root: Path) -> None:
    """Beside it or on the line above; several in a row may share one."""
    bare = []
    for path in _modules(root):
        text = path.read_text(encoding="utf-8")
        lines, said = text.splitlines(), 0
        for node in ast.parse(text).body:
            if isinstance(node, ast.Assign) and _is_number(node.value):
                above = lines[node.lineno - 2]
                known = "#" in lines[(node.end_lineno or node.lineno) - 1] or above.startswith("#")
                if known or said == node.lineno - 1:
                    said = node.end_lineno or node.lineno
                else:
                    bare.append(f"{path.relative_to(root)}:{node.lineno}: {lines[node.lineno - 1]}")
    assert bare == []


@pytest.mark.slow
def test_every_benchmark_takes_from_evalkit_what_is_there() -> None:
    """No test runs most of them: a name that moved would be seen when a figure is printed anew, perhaps years later."""
    missing = []
    for path in sorted((Path(__file__).parent.parent / "benchmarks").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evalkit"):
                module = importlib.import_module(node.module or "")
                parts = {part.name for part in pkgutil.iter_modules(getattr(module, "__path__", []))}
                names = {alias.name for alias in node.names}
                missing += [(path.name, node.module, name) for name in names - parts if not hasattr(module, name)]
    assert missing == []

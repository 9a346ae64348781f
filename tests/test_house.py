"""House rules that no tool holds: light start, documented parts, nothing of a machine in the repo."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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
    "vl_convert",
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
        "EvalkitError", "Registry", "Result", "RunConfig", "__version__", "check", "evaluate", "load_config",
        "read_result", "render", "score", "write_reports",
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
    lines += [f"terms {name}" for name in commands["terms"].commands]
    for name in lines:
        monkeypatch.setattr(sys, "argv", ["evalkit", *name.split(), "--help"])
        with pytest.raises(SystemExit):
            main()
        text = capsys.readouterr().out
        assert f"Usage: evalkit {name}" in text
        assert "Example: evalkit" in text, name
        assert all(len(line) <= 80 for line in text.splitlines()), name


def test_the_list_of_commands_shows_whole_sentences() -> None:
    for line in (["--help"], ["terms", "--help"]):
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

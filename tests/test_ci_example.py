"""The worked example of docs/ci.md, run as it stands there in a repository of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow

FILE = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
EXIT = re.compile(r"\(exit code (\d+)\)")


@pytest.fixture(scope="module")
def page() -> str:
    root = Path(__file__).resolve().parent.parent
    return (root / "docs" / "ci.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def team(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team's files as the page gives them, once every step has done what the page says."""
    folder = tmp_path_factory.mktemp("team")
    for name, content in FILE.findall(page):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for command, lines, code in steps(page):
        done, printed = shell(folder, command)
        assert done == code, f"{command}\n{printed}"
        for line in lines:
            assert line in printed, f"{command}\n{printed}"
    return folder


def shell(folder: Path, command: str, **more: str) -> tuple[int, str]:
    """Exit code and everything printed, with this Python's programs first and nothing of the outer repository."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTEST_"))}
    who = {
        f"GIT_{role}_{what}": f"{role}@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    programs = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env={**environment, **who, "PATH": programs, **more},
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def steps(page: str) -> list[tuple[str, list[str], int]]:
    """Every command of the page's sessions with the lines shown below it and its exit code."""
    found: list[tuple[str, list[str], int]] = []
    for line in "".join(CONSOLE.findall(page)).splitlines():
        code = EXIT.fullmatch(line)
        if line.startswith("$ "):
            found.append((line[2:], [], 0))
        elif code:
            found[-1] = (*found[-1][:2], int(code[1]))
        else:
            found[-1][1].append(line)
    return found


def test_every_step_of_the_example_does_what_the_page_says(page: str, team: Path) -> None:
    """The steps are run by the fixture; what is left of them is a clean repository of two commits."""
    ran = steps(page)
    assert sum(code for _, _, code in ran) == 3
    assert [command for command, _, _ in ran if command.startswith("git commit")][-1].endswith('"Last sentence"')
    assert len(shell(team, "git log --oneline")[1].splitlines()) == 2
    changed = shell(team, "git show --stat --format= HEAD")[1]
    assert "baseline.json" in changed
    assert "translations/speech.txt" in changed


def test_the_jobs_run_with_the_same_files(page: str, team: Path) -> None:
    """The commands of both jobs, but for the installation, after the example's end; then with a bad term."""
    github = yaml.safe_load((team / ".github" / "workflows" / "translation.yml").read_text())
    gitlab = yaml.safe_load((team / ".gitlab-ci.yml").read_text())["translation"]
    commands = [step["run"] for step in github["jobs"]["evalkit"]["steps"] if "run" in step]
    assert [command for command in commands if command.startswith("pip install")] == commands[:1]
    for command in (*commands[1:], *gitlab["script"], *gitlab["after_script"]):
        done, printed = shell(team, command, GITHUB_STEP_SUMMARY=str(team / "step.md"))
        assert done == 0, f"{command}\n{printed}"
    assert "### speech: passed" in (team / "step.md").read_text(encoding="utf-8")
    assert json.loads((team / "evalkit.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads((team / "codequality.json").read_text(encoding="utf-8")) == []
    for name in ("terms.xml", "evalkit.xml"):
        assert "<failure" not in (team / name).read_text(encoding="utf-8")

    text = team / "translations" / "speech.txt"
    good = text.read_text(encoding="utf-8")
    text.write_text(good.replace("precautionary", "careful"), encoding="utf-8")
    assert shell(team, "evalkit run")[0] == 1
    _, printed = shell(team, commands[3].replace('>> "$GITHUB_STEP_SUMMARY"', ""))
    assert (
        "::error file=translations/speech.txt,line=8,col=20,endColumn=36,title=evalkit term-forbidden (new)::"
        in printed
    )
    assert "### speech: failed" in printed
    text.write_text(good, encoding="utf-8")


def test_the_framework_runs_what_the_hook_runs(team: Path) -> None:
    config = yaml.safe_load((team / ".pre-commit-config.yaml").read_text())
    (hook,) = config["repos"][0]["hooks"]
    assert (team / ".githooks" / "pre-commit").read_text().splitlines()[1] == f"exec {hook['entry']}"
    assert re.match(hook["files"], "translations/speech.txt")

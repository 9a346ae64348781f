"""The hooks, the action and the image for other people's repositories: each command in them works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow

GOOD, BAD = "The council met in May.\n", "The the council met in May.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "ref.txt").write_text(GOOD)
    (tmp_path / "terms.yaml").write_text("terms:\n  - term: council\n    reject: [board]\n")
    sides = '[[candidate]]\npath = "a.txt"\n[[reference]]\npath = "ref.txt"\n'
    (tmp_path / "evalkit.toml").write_text('terms = ["terms.yaml"]\n' + sides)
    return tmp_path


def shell(folder: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command line with the environment's own evalkit."""
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": paths, **more}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def hooks(root: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())
    return found


def test_every_hook_passes_on_good_texts(root: Path, repository: Path) -> None:
    for hook in hooks(root):
        assert {"id", "name", "description", "entry", "language"} <= set(hook)
        names = "" if hook.get("pass_filenames") is False else " a.txt"
        done = shell(repository, hook["entry"] + names)
        assert done.returncode == 0, f"{hook['id']}: {done.stdout}{done.stderr}"


def test_the_hook_that_checks_files_fails_on_errors_and_takes_only_texts(root: Path, repository: Path) -> None:
    (hook,) = [hook for hook in hooks(root) if hook["id"] == "evalkit-check"]
    assert re.search(hook["files"], "deep/a.sdlxliff")
    assert not re.search(hook["files"], "a.py")
    (repository / "b.txt").write_text("It met on 31 February 2020. " + BAD)
    strict = hook["entry"].replace("major", "minor")
    assert shell(repository, f"{strict} a.txt b.txt").returncode == 1


def test_the_steps_of_the_action_run(root: Path, repository: Path) -> None:
    action = yaml.safe_load((root / ".github" / "actions" / "evalkit" / "action.yml").read_text())
    steps = {step["name"]: step for step in action["runs"]["steps"] if "run" in step}
    assert not [step for step in steps.values() if "${{" in step["run"]]  # nothing of a stranger's gets into a script
    files = {"GITHUB_STEP_SUMMARY": str(repository / "summary"), "GITHUB_OUTPUT": str(repository / "output")}
    usual = {name: given["default"] for name, given in action["inputs"].items()}
    done = shell(repository, steps["Evaluate"]["run"], COMMAND=usual["command"])
    assert done.returncode == 0, done.stderr
    done = shell(repository, steps["Tell"]["run"], RESULT=usual["result"], **files)
    assert done.returncode == 0, done.stderr
    assert (repository / "output").read_text() == "sarif=evalkit.sarif\n"
    assert (repository / "summary").read_text()
    assert (repository / "evalkit.sarif").is_file()
    nothing = shell(repository, steps["Tell"]["run"], RESULT="none.json", **files)
    assert (nothing.returncode, "no result" in nothing.stdout) == (0, True)


def test_the_image_is_nobody_in_particular(root: Path) -> None:
    text = (root / "docs" / "examples" / "docker" / "Dockerfile").read_text()
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    assert text.index("USER") < text.index("ENTRYPOINT")


def test_the_image_is_built_and_runs(root: Path, repository: Path) -> None:
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "info"], capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("NOT TESTED: no builder of images")
    build = [docker, "build", "-q", "-f", "docs/examples/docker/Dockerfile", "-t", "evalkit-test", "."]
    done = subprocess.run(build, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TESTED: the image cannot be built here: {done.stderr[-300:]}")
    safe = ["--rm", "--network", "none", "--read-only", "-v", f"{repository}:/texts:ro"]
    done = subprocess.run(
        [docker, "run", *safe, "evalkit-test", "score", "a.txt", "-r", "ref.txt", "-b"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "100.00\n"


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_words_are_completed(name: str, tmp_path: Path) -> None:
    more = {"_EVALKIT_COMPLETE": f"complete_{name}", "_TYPER_COMPLETE_ARGS": "evalkit sc", "COMP_WORDS": "evalkit sc"}
    done = shell(tmp_path, "evalkit", COMP_CWORD="1", _TYPER_COMPLETE_FISH_ACTION="get-args", **more)
    assert "score" in done.stdout

"""The example packages of the documentation, installed and run as a stranger would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

EXAMPLES = ("evalkit-source-length", "evalkit-notes-reader")
TABLE = "ok | Gut gemacht | Well done | max=4\nx | Nein | No | \n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with copies of the packages, and `site` into which they are installed."""
    folder = tmp_path_factory.mktemp("examples")
    for name in EXAMPLES:
        shutil.copytree(root / "docs" / "examples" / name, folder / name)
        run(
            folder, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index",
            "--disable-pip-version-check", "--target", "site", f"./{name}",
        )  # fmt: skip
    return folder


def run(folder: Path, *arguments: str) -> str:
    paths = [str(folder / "site"), str(Path(__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", EXAMPLES)
def test_its_own_tests_pass(installed: Path, name: str) -> None:
    run(installed, "-m", "pytest", "-q", "-p", "no:cacheprovider", name)


def test_they_are_found_and_work_together(installed: Path) -> None:
    (installed / "a.notes").write_text(TABLE, encoding="utf-8")
    listed = run(installed, "-m", "evalkit", "plugins")
    assert all(f"\n  {name}\n" in listed for name in ("source-length", "notes", "note-max-length"))
    options = ("--source-lang", "de", "-f", "json")
    scored = run(installed, "-m", "evalkit", "score", "a.notes", "-m", "source-length", *options)
    (score,) = json.loads(scored)["systems"][0]["scores"]
    assert score["value"] == pytest.approx(100 * (2 + 2) / 15)
    checked = json.loads(run(installed, "-m", "evalkit", "check", "a.notes", *options))
    assert checked["source"]["lang"] == "de"
    found = [(f["rule"], f["text"]) for f in checked["systems"][0]["findings"]]
    assert ("note-max-length", "Well done") in found

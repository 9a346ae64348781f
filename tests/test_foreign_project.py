"""A project of somebody else's that has installed the wheel and nothing of this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked into a folder as an installer would; the packages it needs are those of the tests."""
    if tuple(map(int, version("setuptools").split(".")[:2])) < (70, 1):
        pytest.skip("NOT TESTED: setuptools 70.1 or newer is needed to build a wheel; install the extra `test`")
    made, installed, copy = (tmp_path_factory.mktemp(name) for name in ("wheel", "site", "copy"))
    for name in ("evalkit", "install"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(root / name, copy / name)
    options = ("--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(made))
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(copy)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (path,) = made.glob("*.whl")
    with zipfile.ZipFile(path) as packed:
        packed.extractall(installed)
    return installed


def test_term_tests_run_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "ref.txt").write_text("We support people-to-people exchanges.\n")
    (tmp_path / "cand.txt").write_text("We support folk exchanges.\n")
    (tmp_path / "terms.tbx").write_text(
        "<tbx><text><body><conceptEntry><langSec xml:lang='en'><termSec><term>people-to-people exchanges</term>"
        "</termSec><termSec><term>folk exchanges</term><termNote type='administrativeStatus'>deprecatedTerm-admn-sts"
        "</termNote></termSec></langSec></conceptEntry></body></text></tbx>"
    )
    (tmp_path / "speech.terms.yaml").write_text(
        "candidates: [cand.txt]\nreferences: [ref.txt]\ntermbase: [terms.tbx]\n"
    )
    (tmp_path / "test_where.py").write_text(
        f"import evalkit\n\n\ndef test_it_is_the_wheel():\n    assert evalkit.__file__.startswith({str(wheel)!r})\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:evalkit", "-p",
         "evalkit.termtests.pytest_plugin"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(wheel)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "cand.txt:1:12: term-forbidden (major)" in done.stdout
    names = (wheel / next(p.name for p in wheel.glob("*.dist-info")) / "entry_points.txt").read_text()
    assert "[pytest11]\nevalkit = evalkit.termtests.pytest_plugin" in names

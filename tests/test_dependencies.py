"""What the package asks for are ranges; what its figures were made with is in constraints.txt."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

PIN = re.compile(r"(?m)^([a-z0-9-]+)==(\S+)$")


@pytest.fixture
def pins(root: Path) -> dict[str, str]:
    return dict(PIN.findall((root / "constraints.txt").read_text(encoding="utf-8")))


def test_nothing_the_package_needs_is_pinned_in_it_and_all_of_it_in_the_constraints(
    root: Path, pins: dict[str, str]
) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [asked for extra in project["optional-dependencies"].values() for asked in extra]
    assert [asked for asked in [*project["dependencies"], *extras] if "==" in asked] == []
    needed = {re.split(r"[<>=\[ ]", asked)[0].lower() for asked in project["dependencies"]}
    assert needed <= set(pins)


def test_the_commands_of_the_readme_use_the_constraints(root: Path) -> None:
    installs = re.findall(r"pip install .*", (root / "README.md").read_text(encoding="utf-8"))
    assert [line for line in installs[:2] if "-c constraints.txt" not in line] == []


def audit(root: Path, monkeypatch: pytest.MonkeyPatch, answer: str, error: str = "") -> int:
    spec = importlib.util.spec_from_file_location("audit", root / "install" / "audit.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    done = subprocess.CompletedProcess([], 0, answer, error)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    return int(module.main())


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0, "1 versions of constraints.txt asked"),
        (
            '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}',
            0,
            "NOT TESTED for known vulnerabilities, the",
        ),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]}',
            1,
            "X-1",
        ),
        ("", 0, "NOT TESTED for known vulnerabilities: no network"),
        ("[]", 0, "NOT TESTED"),
    ],
)
def test_a_vulnerable_version_fails_and_what_could_not_be_asked_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, code: int, said: str
) -> None:
    assert audit(root, monkeypatch, answer, "first\nno network") == code
    assert said in capsys.readouterr().out


def test_the_figures_are_tested_with_the_versions_they_were_made_with(pins: dict[str, str]) -> None:
    """Elsewhere the tests still hold; a number that another version moves is a failure of its own."""
    other = {}
    for name, pinned in pins.items():
        try:
            if version(name) != pinned:
                other[name] = version(name)
        except PackageNotFoundError:
            continue
    if other:
        pytest.skip(f"NOT TESTED with the versions of constraints.txt, but with {other}")

"""Environments of model families: found, made whole or not at all, and only one's own removed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.errors import ConfigError, EvalkitError
from evalkit.models import environments as module
from evalkit.models.environments import environment, environments, install, remove, required


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVALKIT_MODELS", str(tmp_path / "models"))
    for name in ("COMET", "METRICX", "BERTSCORE"):
        monkeypatch.delenv(f"EVALKIT_PYTHON_{name}", raising=False)
    return tmp_path / "models"


def test_every_family_has_its_worker_and_pinned_packages() -> None:
    for family in environments():
        assert Path(family.script).is_file()
        assert all("==" in package for package in family.packages)


def test_a_metric_without_an_environment_says_how_to_get_one() -> None:
    with pytest.raises(ConfigError, match="`evalkit models install comet` makes it, or EVALKIT_PYTHON_COMET"):
        required("comet", "comet")


def test_an_interpreter_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALKIT_PYTHON_COMET", sys.executable)
    assert required("comet", "comet").python == sys.executable


def test_an_unknown_family() -> None:
    with pytest.raises(ConfigError, match="did you mean 'comet'"):
        environment("commet")


def test_an_install_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        failed = "pip" in command
        return subprocess.CompletedProcess(command, int(failed), "", "no such release" if failed else "")

    monkeypatch.setattr(module.subprocess, "run", run)
    with pytest.raises(EvalkitError, match="no such release"):
        install("comet")
    assert not (folder / "comet").exists()


def test_only_what_was_installed_is_removed(folder: Path) -> None:
    assert not remove("comet")
    (folder / "comet").mkdir(parents=True)
    (folder / "comet" / "mine").touch()
    with pytest.raises(ConfigError, match="evalkit did not make this folder"):
        remove("comet")
    assert (folder / "comet" / "mine").exists()
    with pytest.raises(ConfigError, match="already there"):
        install("comet")

"""What is installed, read off folder names: as importlib.metadata has it."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest

from evalkit.plugins import Registry
from evalkit.plugins import packages as installed


def test_versions_are_those_of_the_library() -> None:
    for package in metadata.distributions():
        name = package.metadata["Name"]
        assert installed.version(name) == metadata.version(name), name


def test_an_unknown_package_is_the_librarys_error() -> None:
    with pytest.raises(metadata.PackageNotFoundError):
        installed.version("no-such-package")


def made(folder: Path, name: str, entry_points: str = "") -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.split('-')[0]}\nVersion: 3.0\n")
    if entry_points:
        (folder / name / "entry_points.txt").write_text(entry_points)


def test_names_are_compared_as_packages_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "Some_Odd.name-3.0.dist-info")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed.version("some-odd-name") == "3.0"


def test_two_of_one_name_in_one_folder_are_left_to_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "twice-1.0.dist-info")
    made(tmp_path, "twice-2.0.dist-info")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed.version("twice") == metadata.version("twice") == "3.0"


def test_groups_that_are_declared_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed.may_declare("console_scripts")
    assert not installed.may_declare("evalkit-test-group")
    made(tmp_path, "plug-1.0.dist-info", "[evalkit-test-group]\nx = y\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert installed.may_declare("evalkit-test-group")


def test_what_is_no_folder_may_declare_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some.zip").write_bytes(b"")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "some.zip"), *sys.path])
    assert installed.may_declare("evalkit-test-group")


def test_the_formats_of_the_help_are_those_there_are() -> None:
    registry = Registry()
    every = {name: registry.get("renderer", name) for name in registry.names("renderer")}
    own = [name for name, cls in every.items() if cls.__module__.startswith("evalkit.")]
    assert installed.own_names("renderer") == own

"""The build backend: which compiler a build gets, and that it gets by without one."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def backend(root: Path) -> ModuleType:
    pytest.importorskip("setuptools", reason="NOT TESTED: no setuptools in this environment")
    spec = importlib.util.spec_from_file_location("evalkit_build", root / "install" / "evalkit_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("EVALKIT_ZIG", "1")


def answers(monkeypatch: pytest.MonkeyPatch, code: int | Exception) -> list[list[str]]:
    """Lets pip answer with an exit code; what it was asked."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        if isinstance(code, Exception):
            raise code
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_with_a_compiler_nothing_more_is_needed(backend: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, 0)
    monkeypatch.setenv("CC", f"{sys.executable} -x")
    assert backend.compiler_wanted() == []
    assert asked == []
    backend.use_zig()
    assert os.environ["CC"] == f"{sys.executable} -x"


@pytest.mark.usefixtures("no_compiler")
def test_without_one_zig_is_asked_for(backend: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, 0)
    assert backend.compiler_wanted() == [backend.ZIG]
    (command,) = asked
    assert "--dry-run" in command


@pytest.mark.usefixtures("no_compiler")
@pytest.mark.parametrize("code", [1, OSError("no pip"), subprocess.TimeoutExpired("pip", 1)])
def test_without_either_the_build_goes_on_and_says_so(
    backend: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int | Exception
) -> None:
    answers(monkeypatch, code)
    assert backend.compiler_wanted() == []
    assert "no C compiler here" in capsys.readouterr().out


@pytest.mark.usefixtures("no_compiler")
def test_zig_becomes_the_compiler_when_it_was_installed(backend: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("CC", "LDSHARED", "CFLAGS", "CPPFLAGS", "LDFLAGS"):
        monkeypatch.setenv(key, "x")
        monkeypatch.delenv(key)
    there = importlib.util.find_spec("json")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: there if name == "ziglang" else None)
    backend.use_zig()
    assert os.environ["CC"].endswith(" -m ziglang cc")
    assert os.environ["LDSHARED"] == os.environ["CC"] + " -shared"


@pytest.mark.usefixtures("no_compiler")
def test_nobody_gets_a_compiler_who_has_not_asked(backend: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers(monkeypatch, 0)
    monkeypatch.delenv("EVALKIT_ZIG")
    assert backend.compiler_wanted() == []
    assert asked == []


@pytest.mark.parametrize("command", ["  ", "", "\t", "'cc"])
def test_a_compiler_of_blanks_or_half_a_quotation_stops_no_install(
    backend: ModuleType, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("CC", command)
    assert backend.has_compiler() in (True, False)


def test_the_bill_of_materials_names_every_dependency_with_its_licence(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("sbom", root / "install" / "sbom.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    extras = ("dask",)
    bill = module.bill(extras)
    names = {component["name"] for component in bill["components"]}
    assert {"sacrebleu", "jiwer", "numpy", "regex", "msgspec", "distributed", "tornado"} <= names
    licences = {c["name"]: c["licenses"][0]["license"]["name"] for c in bill["components"]}
    assert not [
        name for name, licence in licences.items() if licence == "not stated" or "GPL" in licence.replace("LGPL", "")
    ]
    assert bill == module.bill(extras), "the same environment gives the same bill"


def test_an_editable_install_is_compiled(backend: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Else every start compiles the whole package again where Python may not write bytecode."""
    (tmp_path / "evalkit").mkdir()
    (tmp_path / "evalkit" / "module.py").write_text("X = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(backend.build_meta, "build_editable", lambda *_: "wheel")
    assert backend.build_editable("wheels") == "wheel"
    assert [path.suffix for path in (tmp_path / "evalkit" / "__pycache__").iterdir()] == [".pyc"]

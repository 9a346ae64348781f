"""`evalkit init --plugin KIND NAME`: what it writes passes the kit, for every kind, and overwrites nothing."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from pathlib import Path

import pytest

from evalkit.cli.scaffold import write_plugin
from evalkit.errors import ConfigError, InputError
from evalkit.plugins import KINDS


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_scaffold_of_every_kind_passes_its_test(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_plugin(kind, "my-own")
    spec = importlib.util.spec_from_file_location("test_my_own", tmp_path / "test_my_own.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.test_it_keeps_the_contract(*([tmp_path] if kind == "reader" else []))


def test_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test_mine.py").write_text("x = 1\n")
    with pytest.raises(InputError, match=r"test_mine\.py: already there"):
        write_plugin("scorer", "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["test_mine.py"]


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [("scorr", "x", "did you mean 'scorer'"), ("scorer", ".", "lower case"), ("scorer", "../x", "lower case")],
)
def test_wrong_names_are_said(kind: str, name: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        write_plugin(kind, name)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evalkit.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["evalkit", "init", "--plugin", "detector", "shouting"])
    with contextlib.suppress(SystemExit):
        main()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shouting.py", "test_shouting.py"]

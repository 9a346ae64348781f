"""Configuration: unknown keys name the nearest known one, everything else has one clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.errors import ConfigError, InputError
from evalkit.records.config import load, parse

GOOD = {"candidate": [{"path": "a.txt"}], "reference": [{"path": "b.txt"}]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"metrcs": []}, "unknown key 'metrcs'; did you mean 'metrics'"),
        ({"candidate": [{"path": "a", "knd": "report"}]}, r"unknown key 'knd' in \[candidate\]; did you mean 'kind'"),
        ({"gate": {"fail_onn": "major"}}, r"unknown key 'fail_onn' in \[gate\]; did you mean 'fail_on'"),
        ({"candidate": [{"path": "a", "kind": "novel"}]}, "'novel'.*one of: translation, report, summary"),
        ({"candidate": []}, r"no \[\[candidate\]\]"),
        ({"seed": -1}, "seed"),
        ({"seed": "x"}, "seed"),
        ({"statistics": {"trials": -1}}, "trials"),
        ({"metrics": "bleu"}, "metrics"),
    ],
)
def test_bad_settings_say_which_and_what(change: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse({**GOOD, **change}, "evalkit.toml")


def test_not_toml_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "evalkit.toml"
    path.write_text("name = \n")
    with pytest.raises(ConfigError, match=r"evalkit\.toml: not valid TOML: .*line 1"):
        load(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "evalkit.toml")


def test_the_starter_is_valid(root: Path) -> None:
    config, folder = load(root / "evalkit" / "starter" / "evalkit.toml")
    assert config.candidate[0].name == "system-a"
    assert folder == root / "evalkit" / "starter"

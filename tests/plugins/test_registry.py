"""The registry: three doors, specs, errors that name the culprit."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.errors import ConfigError, InputError
from evalkit.plugins import KINDS, Registry, full_spec, parse_spec, spec_of

PLUGIN = '''
from dataclasses import dataclass
from typing import ClassVar

@dataclass(frozen=True)
class Shout:
    """Every document is one segment."""
    kind: ClassVar[str] = "segmenter"
    name: ClassVar[str] = "{name}"
    def split(self, document):
        return ()
'''


def test_every_kind_has_plugins_and_every_plugin_is_documented_frozen_and_pickles() -> None:
    registry = Registry()
    for kind in KINDS:
        assert registry.names(kind), kind
    for cls, _ in registry.all():
        assert cls.__doc__, cls
        made = registry.make(cls.kind, cls.name)
        assert pickle.loads(pickle.dumps(made)) == made
        assert registry.make(cls.kind, full_spec(made)) == made
        with pytest.raises(AttributeError):
            made.name = "other"


def test_a_file_is_a_door(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(PLUGIN.format(name="shout"))
    registry = Registry((str(path),))
    assert "shout" in registry.names("segmenter")
    assert "shout" not in Registry().names("segmenter")


def test_two_of_one_name_are_an_error_naming_both(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(PLUGIN.format(name="lines"))
    with pytest.raises(ConfigError, match=r"two segmenter plug-ins are called 'lines'.*mine\.py"):
        Registry((str(path),)).names("segmenter")


@pytest.mark.parametrize(
    ("content", "said"), [("1/0", "cannot be loaded: division by zero"), ("x = 1", "no plug-in in this file")]
)
def test_a_bad_plugin_file_is_named(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(content)
    with pytest.raises(ConfigError, match=said):
        Registry((str(path),))


def test_a_missing_plugin_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no plug-in file"):
        Registry((str(tmp_path / "none.py"),))


def test_unknown_names_list_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"unknown metric 'blue'; did you mean 'bleu'\? \(known: .*bleu"):
        Registry().make("scorer", "blue")


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("bleu(tokenise=zh)", "no option 'tokenise'; did you mean 'tokenize'"),
        ("bleu(max_ngram_order=four)", "'four' is not of type int"),
        ("bleu(lowercase=perhaps)", "'perhaps' is not of type bool"),
        ("bleu(lowercase)", "write options as name=value"),
        ("bleu(lowercase=yes", "closing bracket"),
        ({"tokenize": "zh"}, "needs the key `name`"),
    ],
)
def test_bad_specs(spec: object, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Registry().make("scorer", spec)


def test_specs_as_text_and_table_are_the_same() -> None:
    registry = Registry()
    text = registry.make("scorer", "bleu(tokenize=zh, smooth-value=0.5, smooth-method=floor)")
    table = registry.make("scorer", {"name": "bleu", "tokenize": "zh", "smooth_value": 0.5, "smooth_method": "floor"})
    assert text == table
    assert registry.make("scorer", spec_of(text)) == text
    assert parse_spec("scorer", "bleu") == ("bleu", {})


def test_our_own_are_found_by_name_without_loading_the_rest() -> None:
    code = (
        "import sys\nfrom evalkit.plugins import Registry\nregistry = Registry()\n"
        "assert registry.get('scorer', 'bleu').name == 'bleu'\n"
        "assert registry.get('renderer', 'findings-tsv').name == 'findings-tsv'\n"
        "loaded = (m for m in sys.modules if m.startswith(('evalkit.scorers.', 'evalkit.detectors.')))\n"
        "print(sorted(m for m in loaded if '._' not in m))\n"
        "assert registry.get('scorer', 'mer').name == 'mer'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['evalkit.scorers.bleu']"]


@pytest.mark.parametrize("name", ["../errors", "_groups", "os", "no-such", "", "BLEU", "bleu.x"])
def test_names_that_are_no_modules_of_plug_ins_are_unknown(name: str) -> None:
    with pytest.raises(ConfigError, match="unknown aligner"):
        Registry().get("aligner", name)


def test_an_entry_point_of_one_of_our_names_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs.py").write_text(PLUGIN.format(name="lines"))
    (tmp_path / "theirs-1.0.dist-info").mkdir()
    (tmp_path / "theirs-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n")
    (tmp_path / "theirs-1.0.dist-info" / "entry_points.txt").write_text("[evalkit]\ntheirs = theirs\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConfigError, match="two segmenter plug-ins are called 'lines'"):
        Registry().get("segmenter", "lines")


def test_no_two_readers_of_ours_take_the_same_files_but_those_that_look_into_them() -> None:
    registry = Registry()
    readers = [registry.get("reader", name) for name in registry.names("reader")]
    taken = [suffix for reader in readers if not hasattr(reader, "fits") for suffix in reader.suffixes]
    assert len(taken) == len(set(taken))

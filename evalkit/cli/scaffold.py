"""`evalkit init --plugin KIND NAME`: a plug-in to start from, and a test that holds it to the contract."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from evalkit.cli.output import note
from evalkit.errors import ConfigError, InputError, nearest
from evalkit.plugins import KINDS, Registry
from evalkit.text.files import write_text
from evalkit.text.turns import turn


def unfinished(base: Path, files: Mapping[str, str], *, all_of_it: bool = True) -> frozenset[str]:
    """Of the files to be written, those that an `init` that was broken off has left as they should be.

    Raises InputError where one is there that differs, or all are there already and they are `all_of_it`.
    """
    there = [name for name in files if (base / name).exists()]
    same = [name for name in there if (base / name).is_file() and (base / name).read_bytes() == files[name].encode()]
    if there != same or (len(same) == len(files) and all_of_it):
        raise InputError(
            f"{', '.join(there)}: already there; init never overwrites. Move them away, or edit them (for a plug-in "
            "choose another name)"
        )
    return frozenset(same)


def write_plugin(kind: str, name: str) -> None:
    """Writes NAME.py and test_NAME.py into this folder; never overwrites."""
    if kind not in KINDS:
        raise ConfigError(f"--plugin: unknown kind {kind!r}{nearest(kind, KINDS)} (known: {', '.join(KINDS)})")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ConfigError(f"--plugin {kind}: name the plug-in in lower case, with hyphens, for example my-{kind}")
    module = name.replace("-", "_")
    if name in Registry().names(kind):
        raise ConfigError(f"--plugin {kind}: evalkit has a {kind} {name!r} of its own; choose another name")
    if module in sys.stdlib_module_names or keyword.iskeyword(module):
        raise ConfigError(f"--plugin {kind}: {module!r} is a word of Python itself, and {module}.py would hide it")
    starter = resources.files("evalkit").joinpath("starter", "plugins")
    test = "test_reader.txt" if kind == "reader" else "test.txt"
    files = {f"{module}.py": f"{kind}.txt", f"test_{module}.py": test}
    words = {"CLASS": "".join(map(str.title, name.split("-"))), "MODULE": module, "KIND": kind, "NAME": name}
    made = {
        file: re.sub("|".join(words), lambda match: words[match.group()], starter.joinpath(t).read_text("utf-8"))
        for file, t in files.items()
    }
    with turn(Path(f"{module}.py")):
        done = unfinished(Path(), made)
        for file, text in made.items():
            if file not in done:
                write_text(Path(file), text)
                note(f"wrote {file}")
    note(f"now `pytest test_{module}.py`; then give it to any command: --plugin {module}.py")

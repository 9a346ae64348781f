"""What is installed, read off the names of folders: importlib.metadata takes longer than scoring a small file."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = re.compile(r"([^-]+)-([^-]+)\.dist-info")


class _Installed(NamedTuple):
    """Versions by normalised name, None where a folder holds two, and the files that may declare entry points.

    `whole` is False where something is importable from elsewhere than a folder.
    """

    versions: dict[str, str | None]
    declarations: tuple[Path, ...]
    whole: bool


def version(package: str) -> str:
    """The version of an installed package, as importlib.metadata gives it."""
    found = _installed(tuple(sys.path)).versions.get(_normalised(package))
    if found is None:
        from importlib import metadata

        found = metadata.version(package)
    return found


def own_names(kind: str) -> list[str]:
    """Names of evalkit's own plug-ins of a kind that has a file for each, in order; none of them is loaded."""
    return sorted(file.stem.replace("_", "-") for file in (Path(__file__).parent.parent / f"{kind}s").glob("[a-z]*.py"))


def may_declare(group: str) -> bool:
    """False where no installed package declares an entry point of this group."""
    found = _installed(tuple(sys.path))
    if not found.whole:
        return True
    for file in found.declarations:
        try:
            if f"[{group}]".encode() in file.read_bytes():
                return True
        except OSError:
            return True
    return False


@lru_cache(maxsize=8)
def _installed(folders: tuple[str, ...]) -> _Installed:
    versions: dict[str, str | None] = {}
    declarations: list[Path] = []
    usual = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    whole = len(usual) == 1
    for folder in folders:
        try:
            inside = sorted(Path(folder).iterdir())
        except FileNotFoundError:
            continue
        except OSError:  # a zip file, or a folder that may not be read
            whole = False
            continue
        whole = whole and not folder.endswith(".egg")
        here: dict[str, str | None] = {}
        for item in inside:
            if item.name.endswith((".dist-info", ".egg-info")):
                declarations += [file] if (file := item / "entry_points.txt").is_file() else []
                if match := _FOLDER.fullmatch(item.name):
                    package = _normalised(match[1])
                    here[package] = None if package in here else match[2]
        versions = here | versions
    return _Installed(versions, tuple(declarations), whole)


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()

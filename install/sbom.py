"""Prints what an installation of evalkit consists of: a software bill of materials in CycloneDX 1.5, JSON.

Usage: python install/sbom.py [EXTRA ...]       (in the environment that evalkit is installed in)

One component a distribution: name, version, licence as it states it, and package URL; its dependencies as they are
resolved here. No clock and no serial number is in it: the same environment gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from typing import Any

TOP = "mt-evalkit"
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?[^;]*(?:;(.*))?")


def bill(extras: tuple[str, ...] = ()) -> dict[str, Any]:
    """The bill of the environment this runs in; raises PackageNotFoundError where evalkit is not installed there."""
    found: dict[str, list[str]] = {}
    waiting = [(TOP, extras)]
    while waiting:
        name, wanted = waiting.pop()
        if name in found:
            continue
        found[name] = sorted(key for key, _ in _needed(name, wanted))
        waiting += _needed(name, wanted)
    components = [_component(name) for name in sorted(found) if name != TOP]
    dependencies = [
        {"ref": _purl(name), "dependsOn": [_purl(key) for key in needed]} for name, needed in sorted(found.items())
    ]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": _component(TOP)},
        "components": components, "dependencies": dependencies,
    }  # fmt: skip


def _needed(name: str, extras: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """What a distribution requires and is there, with the extras it asks for."""
    needed = []
    for text in metadata.requires(name) or []:
        match = _REQUIREMENT.match(text)
        if match is None:
            continue
        package, inner, marker = match.groups()
        asked = re.search(r"""extra\s*==\s*['"]([^'"]+)['"]""", marker or "")
        key = re.sub(r"[-_.]+", "-", package).lower()
        if (asked and asked[1] not in extras) or not _is_there(key):
            continue
        needed.append((key, tuple(part.strip() for part in (inner or "").split(",") if part.strip())))
    return needed


def _is_there(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _component(name: str) -> dict[str, Any]:
    about = metadata.metadata(name)
    stated = about.get("License-Expression") or about.get("License") or ""
    classified = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
    licence = stated.strip().partition("\n")[0] or ", ".join(classified)
    return {
        "type": "application" if name == TOP else "library", "bom-ref": _purl(name), "name": name,
        "version": metadata.version(name), "purl": _purl(name),
        "licenses": [{"license": {"name": licence or "not stated"}}],
    }  # fmt: skip


def _purl(name: str) -> str:
    return f"pkg:pypi/{name}@{metadata.version(name)}"


if __name__ == "__main__":
    print(json.dumps(bill(tuple(sys.argv[1:])), indent=1, ensure_ascii=False))

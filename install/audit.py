"""Asks whether a version in constraints.txt has a known vulnerability; exit code 1 where one has.

Usage: python install/audit.py          (pip-audit must be installed beside: `pip install pip-audit`)

What could not be asked is said as NOT TESTED, each package by its name: offline, or with an index that has no list of
vulnerabilities, pip-audit itself would say that none are known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"
ASK = ["-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json", "-r"]


def audited(answer: str) -> tuple[list[str], list[str], int]:
    """Vulnerabilities, packages that could not be asked about, and how many could, of pip-audit's JSON."""
    known, unasked, asked = [], [], 0
    listed: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    for package in listed:
        if "skip_reason" in package:
            unasked.append(package["name"])
            continue
        asked += 1
        for found in package["vulns"]:
            repaired = ", ".join(found.get("fix_versions", [])) or "no version"
            known.append(f"{package['name']} {package['version']}: {found['id']}, mended in {repaired}")
    return known, unasked, asked


def main() -> int:
    done = subprocess.run([sys.executable, *ASK, str(CONSTRAINTS)], capture_output=True, text=True, check=False)
    try:
        known, unasked, asked = audited(done.stdout)
    except (ValueError, KeyError, TypeError):
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"NOT TESTED for known vulnerabilities: {last}")
        return 0
    if unasked:
        print(f"NOT TESTED for known vulnerabilities, the index does not know: {', '.join(unasked)}")
    for line in known:
        print(f"vulnerable: {line}")
    print(f"{asked} versions of constraints.txt asked about, {len(known)} known vulnerabilities")
    return bool(known)


if __name__ == "__main__":
    sys.exit(main())

"""Renews figures of docs/measured: runs the command that a block names and writes what it prints into the block.

    python benchmarks/renew.py findings           # every block of docs/measured/findings.md
    python benchmarks/renew.py findings mqm       # only blocks whose command contains "mqm"
    python benchmarks/renew.py                    # lists all pages and commands, runs nothing

A block is `<!-- figures: COMMAND -->`, the output, `<!-- end of figures -->`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEASURED = ROOT / "docs" / "measured"
BLOCK = re.compile(r"(<!-- figures: (.+?) -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def printed(command: str) -> str:
    """The output of a benchmark as Markdown: tables as they are, everything else as a block of text."""
    words = [sys.executable if word == "python" else word for word in shlex.split(command)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    print(f"+ {command}", flush=True)
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    text = done.stdout.strip("\n").rstrip()
    return f"\n{text}\n\n" if text.startswith("|") else f"```text\n{text}\n```\n"


def renew(page: Path, wanted: str) -> None:
    """Writes a page with its blocks renewed; a command that fails leaves the page as it was."""

    def block(match: re.Match[str]) -> str:
        return match[1] + printed(match[2]) + match[3] if wanted in match[2] else match[0]

    page.write_text(BLOCK.sub(block, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        renew(MEASURED / f"{sys.argv[1]}.md", " ".join(sys.argv[2:]))
    else:
        for path in sorted(MEASURED.glob("*.md")):
            for found in BLOCK.finditer(path.read_text(encoding="utf-8")):
                print(f"{path.stem:12} {found[2]}")

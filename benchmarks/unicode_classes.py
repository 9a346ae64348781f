"""Writes evalkit/kernel/c/unicode_classes.h: which characters are numbers, punctuation and symbols for BLEU's `intl`.

The classes are those of the installed `regex` package, which sacrebleu uses; the kernel does `intl` itself only
where the version is the one written here.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import regex

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "kernel" / "c" / "unicode_classes.h"
CATEGORIES = "NPS"


def ranges() -> list[tuple[int, int, str]]:
    """First and last code point of each run of one category, in order."""
    category = dict.fromkeys(range(sys.maxunicode + 1), "")
    everything = "".join(map(chr, category))
    for name in CATEGORIES:
        for match in regex.finditer(rf"\p{{{name}}}", everything):
            category[match.start()] = name
    found: list[tuple[int, int, str]] = []
    for point, name in category.items():
        if not name:
            continue
        if found and found[-1][1] == point - 1 and found[-1][2] == name:
            found[-1] = (found[-1][0], point, name)
        else:
            found.append((point, point, name))
    return found


def header() -> str:
    """The header file's text."""
    cells = [f"{{0x{first:X}, 0x{last:X}, '{name}'}}" for first, last, name in ranges()]
    rows = [", ".join(cells[i : i + 5]) for i in range(0, len(cells), 5)]
    return (
        "/* Written by benchmarks/unicode_classes.py: categories N, P and S of the regex package. */\n"
        f'#define REGEX_VERSION "{version("regex")}"\n\n'
        "static const struct {\n    uint32_t first, last;\n    char category;\n} UNICODE_CLASSES[] = {\n    "
        + ",\n    ".join(rows)
        + "};\n"
    )


if __name__ == "__main__":
    TARGET.write_text(header(), encoding="ascii")

"""Writes evalkit/kernel/c/unicode_classes.h: which characters are numbers, punctuation and symbols for BLEU's `intl`.

The classes are those of the installed `regex` package, which sacrebleu uses; the kernel does `intl` itself only
where the version is the one written here.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from evalkit.kernel.classes import digest, runs

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "kernel" / "c" / "unicode_classes.h"


def header() -> str:
    """The header file's text."""
    cells = [f"{{0x{first:X}, 0x{last:X}, '{name}'}}" for first, last, name in runs()]
    rows = [", ".join(cells[i : i + 5]) for i in range(0, len(cells), 5)]
    return (
        "/* Written by benchmarks/unicode_classes.py: categories N, P and S of the regex package. */\n"
        f'#define REGEX_CLASSES "{version("regex")} {digest()}"\n\n'
        "static const struct {\n    uint32_t first, last;\n    char category;\n} UNICODE_CLASSES[] = {\n    "
        + ",\n    ".join(rows)
        + "};\n"
    )


if __name__ == "__main__":
    TARGET.write_text(header(), encoding="ascii")

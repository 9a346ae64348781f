"""Peak memory and CPU of whole commands on texts of hostile shapes, a megabyte a side; prints a table of the docs.

    python benchmarks/memory.py                                # every command on every shape: hours of the processor
    python benchmarks/memory.py --shapes words digits --commands score check --size 250000
    python benchmarks/memory.py --most 150                     # CPU seconds after which a command is given up

Each command runs in a process of its own without a cache to read from. MB is the most the process had at once.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

MEGABYTE = 1_000_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MONTHS = ("January", "March", "April", "June", "July", "August", "October", "December")
# The peak of the process itself: ru_maxrss would count that of the process that started it.
CODE = """
import pathlib, re, resource, sys
from evalkit.cli import main
try:
    main()
finally:
    status = pathlib.Path("/proc/self/status")
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.is_file() else None
    used = resource.getrusage(resource.RUSAGE_SELF)
    megabytes = (int(peak[1]) if peak else used.ru_maxrss) // 1024
    print("USED", megabytes, round(used.ru_utime + used.ru_stime, 1), file=sys.stderr)
"""


def _of(make: Callable[[random.Random], str], between: str) -> Callable[[int, int], str]:
    """A text of so many bytes of things with something between them."""

    def text(seed: int, size: int) -> str:
        draw, found = random.Random(seed), list[str]()
        while size > 0:
            found.append(make(draw) + between)
            size -= len(found[-1].encode())
        return "".join(found) + ("" if between == "\n" else "\n")

    return text


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(LETTERS, k=6))


def _character(draw: random.Random) -> str:
    return chr(draw.randint(0x4E00, 0x5DFF))


def _date(draw: random.Random) -> str:
    return f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(1900, 2030)}"


KINDS: dict[str, Callable[[random.Random], str]] = {
    "words": _word,
    "characters": _character,
    "digits": lambda draw: str(draw.randint(1000, 99999)),
    "dates": _date,
    "names": lambda draw: _word(draw).capitalize(),
    "quotes": lambda draw: draw.choice(('"a', 'b"', "“c", "(d", "[e", "'f")),
}
SHAPES: dict[str, Callable[[int, int], str]] = {
    **{f"{kind}, one a line": _of(make, "\n") for kind, make in KINDS.items()},
    **{f"{kind}, in one line": _of(make, "" if kind == "characters" else " ") for kind, make in KINDS.items()},
    "letters without a space": _of(_word, ""),
}


def _files(folder: Path, text: Callable[[int, int], str], size: int) -> None:
    for seed, name in enumerate(("candidate", "reference", "source"), 1):
        (folder / f"{name}.txt").write_text(text(seed, size), encoding="utf-8")


def _against(*line: str) -> Callable[[Path, list[str]], list[str]]:
    return lambda _, lang: [line[0], "candidate.txt", *line[1:], *lang]


def _by_lines(folder: Path, lang: list[str]) -> list[str]:
    """As many lines on both sides as the shorter has."""
    sides = [
        (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines(keepends=True)
        for name in ("candidate", "reference")
    ]
    for name, lines in zip(("candidate", "reference"), sides, strict=True):
        (folder / f"{name}.txt").write_text("".join(lines[: min(map(len, sides))]), encoding="utf-8")
    return ["check", "candidate.txt", "-r", "reference.txt", "--align", "lines", "-f", "json", *lang]


def _run(folder: Path, lang: list[str]) -> list[str]:
    stated = f'lang = "{lang[1]}"\n' if lang else ""
    sides = '[[candidate]]\npath = "candidate.txt"\n[[reference]]\npath = "reference.txt"\n'
    (folder / "evalkit.toml").write_text(f'{stated}align = "document"\n{sides}')
    return ["run", "evalkit.toml"]


def _folders(folder: Path, lang: list[str]) -> list[str]:
    """Each text twice: two documents of a megabyte."""
    for name in ("candidate", "reference"):
        (folder / name).mkdir()
        for number in "12":
            (folder / name / f"{number}.txt").write_bytes((folder / f"{name}.txt").read_bytes())
    return ["score", "candidate", "-r", "reference", "--align", "document", *lang]


def _results(folder: Path, lang: list[str]) -> list[str]:
    for name in ("candidate", "source"):
        line = ["score", f"{name}.txt", "-r", "reference.txt", "--align", "document", *lang, "-o", f"{name}.json", "-q"]
        subprocess.run([sys.executable, "-m", "evalkit", *line], cwd=folder, check=True, capture_output=True)
    return ["compare", "candidate.json", "source.json"]


COMMANDS: dict[str, Callable[[Path, list[str]], list[str]]] = {
    "align": _against("align", "-r", "reference.txt", "-f", "json"),
    "score": _against("score", "-r", "reference.txt", "--align", "document", "-f", "json"),
    "check -r": _against("check", "-r", "reference.txt", "-f", "json"),
    "check -s": _against("check", "-s", "source.txt", "-f", "json"),
    "check -s -r": _against("check", "-s", "source.txt", "-r", "reference.txt", "-f", "json"),
    "check -r, line by line": _by_lines,
    "run": _run,
    "score, two documents": _folders,
    "compare": _results,
}


class Used(NamedTuple):
    """What a command took, and how it ended: its exit code, or a signal as a number below 0."""

    megabytes: int
    seconds: float
    code: int


def measured(command: str, shape: str, size: int = MEGABYTE, most: int = 300) -> Used:
    """The peak and the CPU of a command on texts of a shape; neither where it was given up after `most` seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _files(folder, SHAPES[shape], size)
        line = COMMANDS[command](folder, ["--lang", "zh"] if shape.startswith("characters") else [])
        output = [] if command == "run" else ["-o", "made.json"]
        done = subprocess.run(
            [sys.executable, "-c", CODE, *line, *output, "-q", *([] if command == "compare" else ["--jobs", "1"])],
            cwd=folder,
            env={**os.environ, "EVALKIT_CACHE": str(folder / "cache")},
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (most, most)),
        )
    told = [told.split() for told in done.stderr.splitlines() if told.startswith("USED ")]
    return Used(int(told[-1][1]) if told else 0, float(told[-1][2]) if told else 0.0, done.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shapes", nargs="*", default=[""], metavar="WORD", help="those whose names have the words")
    parser.add_argument("--commands", nargs="*", default=list(COMMANDS), metavar="COMMAND", choices=COMMANDS)
    parser.add_argument("--size", type=int, default=MEGABYTE, metavar="BYTES")
    parser.add_argument("--most", type=int, default=300, metavar="SECONDS")
    given = parser.parse_args()
    print("| command | shape | MB | CPU s | ended with |\n| --- | --- | ---: | ---: | --- |")
    for shape in (shape for shape in SHAPES if any(word in shape for word in given.shapes)):
        for command in given.commands:
            used = measured(command, shape, given.size, given.most)
            told = "given up" if used.code < 0 else used.code
            shown = f"{used.megabytes} | {used.seconds:.0f}" if used.megabytes else f" | over {given.most}"
            print(f"| {command} | {shape} | {shown} | {told} |", flush=True)


if __name__ == "__main__":
    main()

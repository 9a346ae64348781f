"""Re-segmentation of one long stream, and the same by the program `mweralign` (plain words) where it is installed."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from pathlib import Path

from _alignment_data import segments
from _alignment_languages import documents

from evalkit.plugins import Registry
from evalkit.text.words import count_words

LINES = 1500
SETS = (("wmt23.zh-en", "en", "ONLINE-B"), ("wmt24.en-de", "de", "ONLINE-B"), ("wmt22.en-zh", "zh", "Online-B"))


def table(theirs: bool) -> None:
    """Lines that come out exactly as they were, words that come to no line, and seconds of processor time.

    `theirs`: those of the other program.
    """
    print("| set | re-segmentation | lines | exactly recovered | words unassigned | processor time |")
    print("|---|---|---|---|---|---|")
    for name, lang, system in SETS:
        texts = documents(name, lang, system)
        lines, reference = ([line for text in texts for line in text[side]][:LINES] for side in (1, 2))
        if not theirs:
            began = time.process_time()
            found, left = _ours(lines, reference, "" if lang == "zh" else " ")
            _row(name, "resegment", found, lines, str(left), time.process_time() - began)
        elif lang != "zh":  # in plain words it needs spaces
            began = _children()
            found = _mweralign(lines, reference)
            _row(name, "mweralign", found, lines, "-", _children() - began)


def _ours(mine: list[str], theirs: list[str], between: str) -> tuple[list[str], int]:
    aligner = Registry().make("aligner", "resegment")
    reference = segments(theirs)
    pieces = aligner.cut(segments([between.join(mine)]), reference)
    found, left = [""] * len(theirs), 0
    for link in aligner.align(pieces, reference):
        for j in link.reference:
            found[j] = " ".join(pieces[i].text for i in link.candidate)
        left += sum(count_words(pieces[i].text) for i in link.candidate) if not link.reference else 0
    return found, left


def _mweralign(mine: list[str], theirs: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        stream, reference, out = (Path(folder) / name for name in ("stream", "reference", "out"))
        stream.write_text(" ".join(mine) + "\n", "utf-8")
        reference.write_text("".join(line + "\n" for line in theirs), "utf-8")
        command = ["mweralign", "-m", "none", "-r", str(reference), "-t", str(stream), "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True)
        return [line.strip() for line in out.read_text("utf-8").split("\n")]


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _row(name: str, method: str, found: list[str], lines: list[str], left: str, seconds: float) -> None:
    exact = sum(one == line for one, line in zip(found, lines, strict=False))
    print(f"| {name} | {method} | {len(lines)} | {exact} | {left} | {seconds:.1f} s |", flush=True)

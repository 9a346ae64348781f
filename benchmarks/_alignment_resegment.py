"""Re-segmentation of one long stream, beside the program `mweralign` where it is installed (plain words)."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from _alignment_data import segments, wmt_documents

from evalkit.plugins import Registry

LINES = 1500


def table() -> None:
    """Lines that come out exactly as they were, and seconds of processor time."""
    documents = wmt_documents("wmt23.zh-en", "ONLINE-B", "refA")
    mine, theirs = ([" ".join(line.split()) for doc in documents for line in doc[side]][:LINES] for side in (1, 2))
    print("| re-segmentation | lines | exactly recovered | processor time |\n|---|---|---|---|")
    began = time.process_time()
    found = _ours(mine, theirs)
    _row("resegment", found, mine, time.process_time() - began)
    if shutil.which("mweralign"):
        began = _children()
        found = _mweralign(mine, theirs)
        _row("mweralign", found, mine, _children() - began)


def _ours(mine: list[str], theirs: list[str]) -> list[str]:
    aligner = Registry().make("aligner", "resegment")
    reference = segments(theirs)
    pieces = aligner.cut(segments([" ".join(mine)]), reference)
    found = [""] * len(theirs)
    for link in aligner.align(pieces, reference):
        for j in link.reference:
            found[j] = " ".join(pieces[i].text for i in link.candidate)
    return found


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


def _row(name: str, found: list[str], lines: list[str], seconds: float) -> None:
    exact = sum(one == line for one, line in zip(found, lines, strict=False))
    print(f"| {name} | {len(lines)} | {exact} | {seconds:.1f} s |", flush=True)

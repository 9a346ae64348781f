"""How far a corpus score depends on the unit it is counted in: sentences, lines, joined lines, whole documents.

BLEU and chrF clip what matches at each unit, so in longer units more matches by chance. The differences are those of
one text to the score of its true lines.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

from _alignment_data import read_json_lines, split
from _alignment_languages import Texts, documents, is_blind
from _alignment_layouts import FEWEST, put, running
from _alignment_rows import scores

import evalkit

METRICS = ("bleu", "chrf")
JOINED = (2, 4)
SETS = (
    ("wmt22.zh-en", "en", ("Online-B", "Online-W", "HuaweiTSC")),
    ("wmt23.zh-en", "en", ("ONLINE-B", "GPT4-5shot", "NLLB_Greedy")),
    ("wmt22.en-zh", "zh", ("Online-B", "Online-G", "HuaweiTSC")),
    ("wmt24.en-de", "de", ("ONLINE-B", "GPT-4", "Claude-3.5")),
)


def sets() -> Iterator[tuple[str, str, list[Texts]]]:
    """(set, language, documents of each system)."""
    for name, lang, systems in SETS:
        yield name, lang, [documents(name, lang, system) for system in systems]
    yield "wmt23.en-de", "de", list(_paragraphs())


def _paragraphs() -> Iterator[Texts]:
    """WMT23 en-de, whose lines are paragraphs: the systems that are rated on all lines."""
    rows = {row["seg"]: row for row in read_json_lines("mqm/wmt23.en-de.segments.jsonl.gz")}
    systems: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_json_lines("mqm/wmt23.en-de.annotations.jsonl.gz"):
        systems[row["system"]][row["seg"]] = " ".join(row["hyp"].split())
    for _, mine in sorted(
        (name, mine) for name, mine in systems.items() if name != "refA" and rows.keys() <= mine.keys()
    ):
        by_document: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for seg in sorted(rows, key=int):
            left, right = by_document[rows[seg]["doc"]]
            left.append(mine[seg])
            right.append(" ".join(rows[seg]["refs"]["refA"].split()))
        yield [(name, *sides) for name, sides in by_document.items()]


def _of_lines(base: Path, sides: Sequence[Sequence[str]], lang: str) -> dict[str, float]:
    for name, lines in zip(("mine.txt", "theirs.txt"), sides, strict=True):
        (base / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    found = scores(evalkit.score(str(base / "mine.txt"), str(base / "theirs.txt"), metrics=list(METRICS), lang=lang))
    return {metric: found[metric, "corpus"] for metric in METRICS}


def differences(texts: Texts, lang: str) -> dict[str, dict[str, float]]:
    """By unit: score less that of the lines, by metric."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        lines = _of_lines(base, [[line for text in texts for line in text[side]] for side in (1, 2)], lang)
        for name, side in (("mine", 1), ("theirs", 2)):
            put(base / name, [running(text[side], lang) for text in texts])
        free = scores(
            evalkit.score(str(base / "mine"), str(base / "theirs"), metrics=list(METRICS), lang=lang, align="document")
        )
        found = {"running": {metric: free[metric, "document"] for metric in METRICS}}
        for size in (*JOINED, max(len(text[1]) for text in texts)):
            name = f"{size} lines" if size in JOINED else "documents"
            found[name] = _of_lines(base, [_joined(texts, side, size, lang) for side in (1, 2)], lang)
    return {unit: {metric: value - lines[metric] for metric, value in of.items()} for unit, of in found.items()}


def _joined(texts: Texts, side: int, size: int, lang: str) -> list[str]:
    return [running(text[side][k : k + size], lang) for text in texts for k in range(0, len(text[side]), size)]


def table() -> None:
    """Mean differences over the systems, by set and half."""
    print(
        "| set | half | sentences a line | running text, BLEU / chrF | two lines as one | four lines | documents |\n"
        "|---|---|---|---|---|---|---|"
    )
    for name, lang, systems in sets():
        for blind in (False, True):
            kept = [[t for t in texts if is_blind(t[0]) == blind and len(t[1]) >= FEWEST] for texts in systems]
            lines = [line for text in kept[0] for line in text[2]]
            found = [differences(texts, lang) for texts in kept]
            cells = [" / ".join(f"{fmean(f[u][m] for f in found):+.2f}" for m in METRICS) for u in found[0]]
            sentences = sum(len(split(line + "\n", lang)) for line in lines) / len(lines)
            half = "blind" if blind else "development"
            print(f"| {name} | {half} | {sentences:.1f} | {' | '.join(cells)} |", flush=True)

"""CPU time and peak memory of scoring, evalkit beside sacrebleu and jiwer in one run; prints the tables of the docs.

    python benchmarks/scoring.py                 # all, some ten minutes, nearly all of them the other tools'
    python benchmarks/scoring.py statistics wer  # some of: statistics, wer, commands, large, growth

Every figure comes from a process of its own. "Statistics" leave out imports and reading; commands are whole. Both
sides' scores are held against each other; a difference ends the run.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data")) / "wmt" / "wmt23.zh-en"
TER_SEGMENTS = 300
LARGE = 200_000


def lines(path: Path) -> list[str]:
    """Lines of a gzip file; only a newline ends one."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def load() -> tuple[list[list[str]], list[str]]:
    """All systems' lines and the reference's."""
    return [lines(p) for p in sorted((DATA / "systems").glob("*.gz"))], lines(DATA / "references" / "refA.en.txt.gz")


# ---- what the child processes do: each returns the part to be timed --------------------------------------------

OPTIONS: dict[str, dict[str, Any]] = {"bleu": {}, "chrf": {}, "chrf++": {"word_order": 2}, "ter": {}}


def sacrebleu_scores(metric: str, systems: list[list[str]], reference: list[str]) -> Callable[[], list[float]]:
    """sacrebleu's Python calls, with its cache of references, as its command line has it."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    kind = {"bleu": BLEU, "ter": TER}.get(metric, CHRF)

    def run() -> list[float]:
        made = kind(references=[reference], **OPTIONS[metric])
        return [made.corpus_score(system, None).score for system in systems]

    return run


def units_of(systems: list[list[str]], reference: list[str]) -> list[list[Any]]:
    """The systems as units, as the pipeline has them."""
    from evalkit.model import Passage, Segment, Unit

    def passage(text: str) -> Passage:
        return Passage((Segment("s", "d", 0, len(text), text),), text, "")

    sides = [(passage(text),) for text in reference]
    return [
        [Unit("u", "d", "1-1", 1.0, passage(text), side) for text, side in zip(system, sides, strict=True)]
        for system in systems
    ]


def total(rows: list[tuple[float, ...]]) -> list[float]:
    """The sum of rows."""
    return [sum(column) for column in zip(*rows, strict=True)]


def evalkit_scores(metric: str, systems: list[list[str]], reference: list[str]) -> Callable[[], list[float]]:
    """evalkit's scorers, one system after the other."""
    from evalkit.plugins import Registry

    scorer, bundles = Registry().make("scorer", metric), units_of(systems, reference)
    scorer.value(total(scorer.measure(bundles[0][:1])))  # imports
    return lambda: [scorer.value(total(scorer.measure(units))) for units in bundles]


def kernel_scores(metric: str, systems: list[list[str]], reference: list[str]) -> Callable[[], list[float]]:
    """The kernel over all systems at once, each reference read once."""
    from evalkit.kernels import native
    from evalkit.plugins import Registry

    kernel, scorer = native.load(), Registry().make("scorer", metric)
    if kernel is None:
        sys.exit("the kernel is not built")
    references = [(text,) for text in reference]
    scorer.value(total(scorer.measure(units_of([["a"]], ["a"])[0])))

    def run() -> list[float]:
        if metric == "bleu":
            rows = kernel.bleu(systems, references, "13a", 4)
        elif metric == "ter":
            rows = kernel.ter([[t.lower() for t in s] for s in systems], [(t.lower(),) for t in reference])
        else:
            rows = kernel.chrf(
                systems, references, char_order=6, word_order=scorer.word_order, beta=2, whitespace=False,
                eps_smoothing=False,
            )  # fmt: skip
        return [scorer.value(total(of_system)) for of_system in rows]

    return run


def jiwer_scores(metric: str, systems: list[list[str]], reference: list[str]) -> Callable[[], list[float]]:
    """jiwer's Python call over lists."""
    import jiwer

    return lambda: [100 * getattr(jiwer, metric)(reference, system) for system in systems]


ENGINES = {"sacrebleu": sacrebleu_scores, "jiwer": jiwer_scores, "evalkit": evalkit_scores, "kernel": kernel_scores}


def child(engine: str, metric: str, count: int, segments: int) -> None:
    """Prints seconds and scores of one engine on the first `count` systems and `segments` segments."""
    systems, reference = load()
    if segments > len(reference):
        # A large corpus: all systems' lines one behind the other, again and again, as one system.
        times = segments // (len(systems) * len(reference)) + 1
        systems = [([text for system in systems for text in system] * times)[:segments]]
        reference = (reference * (segments // len(reference) + 1))[:segments]
    else:
        systems, reference = [system[:segments] for system in systems[:count]], reference[:segments]
    run = ENGINES[engine](metric, systems, reference)
    start = time.process_time()
    scores = run()
    print(json.dumps({"seconds": time.process_time() - start, "scores": scores}))


# ---- measuring ------------------------------------------------------------------------------------------------


class Measured:
    """CPU seconds and peak memory of a process and those it started, and what it printed."""

    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        # By way of a small process: a new process's peak memory starts at that of the one it was made from.
        watch = [sys.executable, __file__, "watch", *command]
        done = subprocess.run(watch, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: {done.stderr}")
        found = json.loads(done.stdout)
        self.seconds, self.megabytes, self.output = found["seconds"], found["megabytes"], found["output"]


def watch(command: list[str]) -> None:
    """Runs a command and prints what it used."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    seconds, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "output": text}))
    sys.exit(process.returncode)


def scored(engine: str, metric: str, count: int = 15, segments: int = 1976) -> tuple[float, float, list[float]]:
    """Seconds, megabytes and scores of a child."""
    done = Measured([sys.executable, __file__, "child", engine, metric, str(count), str(segments)])
    result = json.loads(done.output)
    return result["seconds"], done.megabytes, result["scores"]


def must_equal(metric: str, ours: list[float], theirs: list[float], exact: bool = True) -> None:
    """Ends the run where scores differ."""
    near = all(abs(a - b) <= 1e-9 for a, b in zip(ours, theirs, strict=True))
    if ours != theirs and (exact or not near):
        sys.exit(f"{metric}: {ours} is not {theirs}")


def header(*columns: str) -> None:
    """A Markdown table's head."""
    print("\n| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))


def line(*cells: object) -> None:
    """A Markdown table's row."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def statistics() -> None:
    """Rows and corpus scores, 15 systems of 1,976 segments."""
    header("statistics and scores, one thread", "sacrebleu", "evalkit, system by system", "kernel, all systems at once")
    for metric in ("bleu", "chrf", "chrf++"):
        theirs, ours, kernel = (scored(engine, metric) for engine in ("sacrebleu", "evalkit", "kernel"))
        must_equal(metric, ours[2], theirs[2])
        must_equal(metric, kernel[2], theirs[2])
        cells = [f"{s:.3f} s, {mb:.0f} MB ({theirs[0] / s:.0f}x)" for s, mb, _ in (ours, kernel)]
        line(f"{metric}, 15 systems", f"{theirs[0]:.2f} s, {theirs[1]:.0f} MB", *cells)
    theirs, ours, kernel = (scored(e, "ter", 1, TER_SEGMENTS) for e in ("sacrebleu", "evalkit", "kernel"))
    must_equal("ter", ours[2], theirs[2])
    cells = [f"{s:.4f} s, {mb:.0f} MB ({theirs[0] / s:.0f}x)" for s, mb, _ in (ours, kernel)]
    line(f"ter, 1 system, {TER_SEGMENTS} segments", f"{theirs[0]:.2f} s, {theirs[1]:.0f} MB", *cells)
    ours, kernel = (scored(e, "ter") for e in ("evalkit", "kernel"))
    line("ter, 15 systems", "-", *(f"{s:.3f} s, {mb:.0f} MB" for s, mb, _ in (ours, kernel)))


def error_rates() -> None:
    """WER and CER against jiwer's call."""
    header("error rates, 15 systems", "jiwer", "evalkit", "ratio")
    for metric in ("wer", "cer"):
        theirs, ours = scored("jiwer", metric), scored("evalkit", metric)
        must_equal(metric, ours[2], theirs[2], exact=False)
        line(metric, *(f"{s:.3f} s, {mb:.0f} MB" for s, mb, _ in (theirs, ours)), f"{theirs[0] / ours[0]:.0f}x")


def tool(name: str) -> str:
    """A command beside this Python."""
    return str(Path(sys.executable).parent / name)


def commands() -> None:
    """Whole commands."""
    header("whole command", "sacrebleu", "evalkit score --jobs 1", "ratio")
    systems, reference = load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ref").write_text("\n".join(reference) + "\n", encoding="utf-8")
        files = [f"s{i:02}" for i in range(len(systems))]
        for file, texts in zip(files, systems, strict=True):
            (folder / file).write_text("\n".join(texts) + "\n", encoding="utf-8")
        (folder / "two").write_text("The cat sat.\nOn the mat.\n", encoding="utf-8")
        for title, inputs, target, metrics, extra in [
            ("two lines, BLEU", ["two"], "two", ["bleu"], []),
            ("15 systems, BLEU, chrF", files, "ref", ["bleu", "chrf"], []),
            ("15 systems, BLEU, chrF, paired bootstrap 1,000", files, "ref", ["bleu", "chrf"], ["--paired-bs"]),
        ]:
            theirs = Measured([tool("sacrebleu"), target, "-i", *inputs, "-m", *metrics, "-f", "text", *extra], folder)
            ours = Measured(
                [tool("evalkit"), "score", *inputs, "-r", target, "-m", ",".join(metrics), *extra, "--jobs", "1"],
                folder,
            )
            line(
                title,
                *(f"{m.seconds:.2f} s, {m.megabytes:.0f} MB" for m in (theirs, ours)),
                f"{theirs.seconds / ours.seconds:.1f}x",
            )


def large() -> None:
    """200,000 segments in one file: statistics and the score."""
    header(f"{LARGE:,} segments, statistics and score", "sacrebleu", "evalkit", "kernel", "ratio (evalkit)")
    for metric in ("bleu", "chrf"):
        theirs, ours, kernel = (scored(e, metric, 1, LARGE) for e in ("sacrebleu", "evalkit", "kernel"))
        must_equal(metric, ours[2], theirs[2])
        must_equal(metric, kernel[2], theirs[2])
        cells = (f"{s:.2f} s, {mb:.0f} MB" for s, mb, _ in (theirs, ours, kernel))
        line(metric, *cells, f"{theirs[0] / ours[0]:.0f}x")


def growth() -> None:
    """The kernel alone: longer segments, more of them, and hostile ones."""
    from evalkit.kernels import native

    kernel = native.load()
    if kernel is None:
        sys.exit("the kernel is not built")
    rng = random.Random(1)
    words = [f"word{i}" for i in range(5000)]

    def text(size: int, of: list[str]) -> str:
        return " ".join(rng.choice(of) for _ in range(size))

    def shuffled(original: str, share: float) -> str:
        parts = original.split(" ")
        for _ in range(int(len(parts) * share)):
            i, j = rng.randrange(len(parts)), rng.randrange(len(parts))
            parts[i], parts[j] = parts[j], parts[i]
        return " ".join(parts)

    def row(title: str, candidates: list[str], references: list[str]) -> None:
        sides = [(reference,) for reference in references]
        runs: list[Callable[[], Any]] = [
            lambda: kernel.bleu([candidates], sides, "13a", 4),
            lambda: kernel.chrf(
                [candidates], sides, char_order=6, word_order=2, beta=2, whitespace=False, eps_smoothing=False
            ),
            lambda: kernel.ter([candidates], sides),
            lambda: kernel.edits(candidates, sides, False),
        ]
        cells = []
        for run in runs:
            start = time.process_time()
            rows = run()
            taken = time.process_time() - start
            left = any(str(row).startswith(("[(-1", "(-1")) for row in (rows if run is runs[3] else rows[0]))
            cells.append("the library's" if left else f"{taken:.4f}")
        line(title, *cells)

    header("growth, CPU seconds", "BLEU", "chrF++", "TER", "WER")
    sentence = [text(25, words) for _ in range(16_000)]
    moved = [shuffled(t, 0.2) for t in sentence]
    for count in (1000, 4000, 16_000):
        row(f"{count:,} segments of 25 words", moved[:count], sentence[:count])
    for size in (100, 1000, 10_000, 100_000):
        whole = text(size, words)
        row(f"1 segment of {size:,} words", [shuffled(whole, 0.2)], [whole])
    row("10,000 times one word against 9,000 times", ["a " * 9000], ["a " * 10_000])
    row("100,000 words, two kinds", [text(100_000, ["a", "b"])], [text(100_000, ["a", "b"])])
    row("100,000 words against one", [text(100_000, words)], ["word1"])


PARTS = {"statistics": statistics, "wer": error_rates, "commands": commands, "large": large, "growth": growth}

if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    elif sys.argv[1:2] == ["watch"]:
        watch(sys.argv[2:])
    else:
        for part in sys.argv[1:] or PARTS:
            PARTS[part]()

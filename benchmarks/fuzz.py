"""Hands every loader and every renderer what nobody would write, and counts how it ends.

    python benchmarks/fuzz.py --inputs 2000 --seed 1
    python benchmarks/fuzz.py --seconds 3600 --only renderer

A valid sample of each kind of file is changed at random and read: it must be taken, or refused with an error that the
user can put right. A result is changed in its JSON, read, and shown in every format, compared and judged. Of
settings, results, histories, lists and tables each field is given a value of each kind (`--only field`). Anything
else is a fault: another exception, more than 10 seconds, a message without bound. Faults are told with
the seed that makes them, and `--keep FOLDER` keeps their inputs. Exit code 1 where there is one.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from msgspec.structs import replace

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._fuzz_changes import changed_bytes, changed_json
from benchmarks._fuzz_fields import field_input, field_samples, number
from benchmarks._fuzz_loaders import loaders
from evalkit.compare import gates
from evalkit.compare.scorers import scorers_of
from evalkit.compare.systems import compare as compare_systems
from evalkit.errors import EvalkitError
from evalkit.plugins import Registry
from evalkit.records import config as configuration
from evalkit.records import json as jsonio
from evalkit.records.result import Result
from evalkit.run.pipeline import evaluate
from evalkit.text.visible import told

SECONDS = 10
LINE, LINES = 1200, 110
MEMORY = 4 * 1024**3


class Fault(NamedTuple):
    """What went wrong with the input that `seed` makes of `target`."""

    target: str
    seed: str
    problem: str
    where: str


class Task(NamedTuple):
    """`make` makes the input that a generator of chance draws; `use` takes it. `suffix` is for the one that is kept."""

    make: Callable[[random.Random], bytes]
    use: Callable[[bytes], object]
    suffix: str


def tasks(folder: Path) -> dict[str, Task]:
    """Every loader, then every format a result is shown in, and what compares and judges it."""
    saved = sample_result(folder)
    plain = json.loads(saved)
    found = {}
    for name, loader in loaders(saved).items():
        found[name] = Task(
            lambda rng, loader=loader: changed_bytes(rng, loader.samples),
            lambda data, loader=loader: loader.read(_file(folder, f"input{loader.suffix}", data)),
            loader.suffix,
        )
    registry = Registry()

    def changed(rng: random.Random) -> bytes:
        return json.dumps(changed_json(rng, plain)).encode()

    for name in registry.names("renderer"):
        renderer = registry.make("renderer", name)
        found[f"renderer {name}"] = Task(
            changed, lambda data, renderer=renderer: renderer.render(jsonio.loads(data.decode())), ".json"
        )
    base = jsonio.loads(saved.decode())
    for name, (sample, use) in field_samples(loaders(saved), saved).items():
        found[f"field {name}"] = Task(
            lambda rng, sample=sample: field_input(sample, rng.randrange(number(sample))),
            lambda data, use=use: use(data, folder),
            ".json",
        )
    found["renderer after comparing"] = Task(changed, lambda data: _compare(data, base), ".json")
    return found


def sample_result(folder: Path) -> bytes:
    """A saved result with everything in it: two systems, a source, terms, findings, tests, a gate, failures."""
    lines = ["The council met in Bishkek on 3 May 2020.", "Nobody came to the shared future.", "He said: no."]
    texts = {
        "r.txt": lines, "a.txt": [lines[0].replace("3", "4"), "Nobody  came to the common destiny.", lines[2]],
        "b.txt": [*lines[:2], "He said yes."], "s.txt": ["Der Rat tagte.", "Niemand kam.", "Er sagte: nein."],
    }  # fmt: skip
    for name, content in texts.items():
        (folder / name).write_text("\n".join(content) + "\n", encoding="utf-8")
    (folder / "t.yaml").write_text("terms:\n  - term: shared future\n    reject: [common destiny]\n", encoding="utf-8")
    config = configuration.parse(
        {
            "name": "fuzz", "align": "lines", "metrics": ["bleu", "chrf", "ter"], "terms": ["t.yaml"],
            "statistics": {"trials": 50, "confidence": True}, "source": {"path": "s.txt", "lang": "de"},
            "reference": [{"path": "r.txt"}], "candidate": [{"path": "a.txt"}, {"path": "b.txt"}],
            "gate": {"fail_on": "critical", "fail_under": {"bleu": 1}},
            "ignore": [{"reason": "none", "rule": "whitespace-*"}, {"reason": "idle", "rule": "no-*"}],
        },
        "the sample",
    )  # fmt: skip
    return jsonio.dumps(evaluate(config, folder=folder)).encode()


def _compare(data: bytes, base: Result) -> object:
    """Paired tests between the systems, and against another result."""
    now = jsonio.loads(data.decode())
    scorers, _ = scorers_of(now, Registry())
    statistics = configuration.StatisticsConfig(trials=20)
    found = compare_systems(now.systems, scorers, statistics, 1)
    compared = replace(now, **{name: getattr(found, name) for name in found.__struct_fields__})
    gate = configuration.GateConfig(fail_on="minor", fail_under={"bleu": 50.0}, fail_on_new="minor")
    gates.judge(compared, gate, base, scorers=scorers, statistics=statistics)
    return Registry().make("renderer", "text").render(compared)


def attack(name: str, task: Task, seed: str) -> tuple[str, Fault | None]:
    """How one input ends: `taken`, `refused`, or `fault`."""
    data = task.make(random.Random(f"{name} {seed}"))
    start = time.monotonic()
    try:
        task.use(data)
    except EvalkitError as problem:
        text = told(str(problem))
        if max(map(len, text.split("\n"))) > LINE or text.count("\n") > LINES:
            return "fault", Fault(name, seed, f"a message of {len(text):,} characters", text[:80])
        return "refused", None
    except Exception as problem:
        frames = [f for f in traceback.extract_tb(problem.__traceback__) if "/evalkit/" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return "fault", Fault(name, seed, f"{type(problem).__name__}: {problem}"[:200], where)
    if time.monotonic() - start > SECONDS:
        return "fault", Fault(name, seed, f"{time.monotonic() - start:.0f} seconds", "")
    return "taken", None


def run(
    inputs: int, seed: int, only: str = "", seconds: float = 0.0
) -> Iterator[tuple[str, Counter[str], list[Fault]]]:
    """For each target how many inputs ended in which way, and the faults, each place once."""
    with tempfile.TemporaryDirectory() as name:
        chosen = {key: task for key, task in tasks(Path(name)).items() if only in key}
        for key, task in chosen.items():
            ends: Counter[str] = Counter()
            faults: dict[tuple[str, str], Fault] = {}
            until = time.monotonic() + seconds / len(chosen) if seconds else float("inf")
            number = 0
            while time.monotonic() < until and (seconds or number < inputs):
                end, fault = attack(key, task, f"{seed}.{number}")
                number += 1
                ends[end] += 1
                if fault:
                    faults.setdefault((fault.problem.partition(":")[0], fault.where), fault)
            yield key, ends, list(faults.values())


def input_of(target: str, seed: str) -> tuple[bytes, str]:
    """The bytes of one input, and the ending of its file: to look at a fault."""
    with tempfile.TemporaryDirectory() as name:
        task = tasks(Path(name))[target]
        return task.make(random.Random(f"{target} {seed}")), task.suffix


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {6 * SECONDS} seconds")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=500, help="of each target")
    parser.add_argument("--seconds", type=float, default=0, help="for all targets together, instead of a number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="targets with this in their name")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs of faults")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_long)
    total: Counter[str] = Counter()
    for name, ends, faults in run(options.inputs, options.seed, options.only, options.seconds):
        total += ends
        counts: Any = ", ".join(f"{ends[end]:,} {end}" for end in ("taken", "refused", "fault") if ends[end])
        print(f"{name:28} {ends.total():8,} inputs: {counts}", flush=True)
        for fault in faults:
            print(f"    {fault.seed}: {fault.problem} [{fault.where}]", flush=True)
            if options.keep:
                data, suffix = input_of(fault.target, fault.seed)
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{fault.target} {fault.seed}{suffix}".replace(" ", "-")).write_bytes(data)
    print(
        f"{total.total():,} inputs: {total['taken']:,} taken, {total['refused']:,} refused, {total['fault']:,} faults"
    )
    return bool(total["fault"])


if __name__ == "__main__":
    sys.exit(main())

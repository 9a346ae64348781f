"""Breaks off every command that writes, at each of its writes, and counts what is lost.

    PYTHONPATH=. python benchmarks/faults_commands.py
    PYTHONPATH=. python benchmarks/faults_commands.py --only "terms add"
    PYTHONPATH=. python benchmarks/faults_commands.py --most 3          # of the steps of each command, drawn

A command is run once to see what it makes and how often it touches the disk. Then, from the same start, it is run again
for each of these steps (an opening to write, a write, an fsync, a rename, a removal): with a full disk from there on,
and killed (SIGKILL), ended (SIGTERM) or interrupted (SIGINT) in it; `--moments N` ends it at N random moments besides.
After each, every file must be as it was before the command or as the whole command leaves it; the command run again
must come to the same, and leave no temporary file. A full disk must end with code 2 and one line, an interruption
with 130.

At last eight processes change one file at once: a termbase, a file of verdicts, a history and what of it is accepted.
What each of them said must be in it. Prints figures; exit code 1 where something was lost. Linux only.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks._faults_layer import Forked, warm

TEXT = "The council met met in the hall on day {} .\n"
CONFIG = """
name = "faults"
output = "out"
[statistics]
trials = 10
[[reference]]
path = "r.txt"
[[candidate]]
path = "a.txt"
"""
MATRIX = """
name = "faults"
output = "m"
[statistics]
trials = 10
[[set]]
name = "s"
languages = ["en"]
references = ["r.txt"]
[[system]]
name = "a"
path = "a.txt"
"""

TESTS = """
# mine
candidates: [a.txt]
references: [r.txt]
terms:
  - term: town hall
    reject: [met met]
"""


class Case(NamedTuple):
    """A command line, what is run before it, and the codes of a whole run and of one that finds its work done."""

    line: str
    before: tuple[str, ...] = ()
    codes: tuple[int, ...] = (0,)


RUN = "run out.toml -q"
ROWS = "score a.txt -r r.txt -m bleu --engine local --jobs 1 --rows rows -o scores.json"
CASES = {
    "score -o": Case("score a.txt -r r.txt -m bleu,ter -o scores.json"),
    "score --rows": Case(ROWS),
    "score --rows, again": Case(ROWS, (ROWS, "touch a.txt")),
    "check -o": Case("check a.txt -r r.txt -o findings.html"),
    "align -o": Case("align a.txt -r r.txt -f tsv -o links.tsv"),
    "clean -o": Case("clean a.txt -o clean.txt"),
    "run, a new folder": Case(RUN),
    "run, again": Case(RUN, ("run out.toml -q", "touch a.txt")),
    "run --label": Case("run out.toml -q --label v2", ("run out.toml -q --label v1",)),
    "run, a matrix": Case("run matrix.toml -q"),
    "history --accept": Case("history out.toml --accept v1", ("run out.toml -q --label v1",)),
    "report -o": Case("report out/result.json -o page.html", (RUN,)),
    "run --update-baseline": Case("run gated.toml --update-baseline -q"),
    "terms add": Case("terms add council --reject committee --terms terms.yaml -q"),
    "terms add, a new file": Case("terms add council --reject committee --terms new.yaml -q"),
    "terms convert -o": Case("terms convert terms.yaml -o terms.tbx -q"),
    "review export": Case("review export out/result.json -o sheet.csv", (RUN,)),
    "review import": Case("review import judged.csv --who anna -q", (RUN,)),
    "init": Case("init ."),
    "init --plugin": Case("init --plugin detector mine"),
    "compare -o": Case("compare out/result.json out/result.json -o changes.md", (RUN,)),
    "terms test -o": Case("terms test a.txt -r r.txt --terms terms.yaml -o tests.txt", codes=(1,)),
    "terms extract -o": Case("terms extract r.txt --least 1 -o proposed.yaml"),
    "pytest --evalkit-update": Case("pytest --evalkit-update", codes=(0, 1)),
    "check, a folder": Case("check docs -r refs -o found.json -f json", codes=(0, 1)),
    "report -o, a workbook": Case("report out/result.json -o page.xlsx", (RUN,)),
    "check --rows": Case("check a.txt -r r.txt --engine local --jobs 1 --rows rows -o f.json"),
    "history -o": Case("history out.toml -o trends.md", ("run out.toml -q --label v1",)),
}  # fmt: skip


def project(folder: Path) -> None:
    """Texts, lists and configurations."""
    for name in ("docs", "refs"):
        (folder / name).mkdir()
        for n in range(3):
            (folder / name / f"{n}.txt").write_text(f"{name} The council met in the hall on day {n}.\n" * 3)
    (folder / "x.terms.yaml").write_text(TESTS)
    (folder / "a.txt").write_text("".join(TEXT.format(n) for n in range(20)))
    (folder / "r.txt").write_text("".join(f"The council met in the town hall on day {n}.\n" for n in range(20)))
    (folder / "terms.yaml").write_text("# mine\nterms:\n  - term: town hall\n    reject: [city hall]\n")
    (folder / "out.toml").write_text(CONFIG)
    (folder / "gated.toml").write_text(CONFIG + '[gate]\nbaseline = "base.json"\n')
    (folder / "matrix.toml").write_text(MATRIX)
    (folder / "verdicts.tsv").write_text(
        "key\tverdict\trule\twho\ttext\tnote\naaaaaaaaaaaaaaaa-1\twrong\tnumber\tme\tx\t\n"
    )


def start(folder: Path, line: str) -> Forked:
    return Forked(folder, line.split())


def done(folder: Path, line: str, count: str = "") -> tuple[int, str]:
    return Forked(folder, line.split(), count=count).end()


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "count"}


def judged(folder: Path, name: str, place: int) -> None:
    """A sheet in which a person has judged one finding."""
    done(folder, f"review export out/result.json -o {name}")
    head, *rows = (folder / name).read_text(encoding="utf-8").splitlines()
    parts = [row.rsplit(",", 2) for row in rows]
    parts[place][1] = "wrong"
    (folder / name).write_text("\n".join([head, *(",".join(part) for part in parts)]) + "\n", encoding="utf-8")


SIGNALS = {"killed": signal.SIGKILL, "ended": signal.SIGTERM, "interrupted": signal.SIGINT}


def made(name: str, case: Case, top: Path) -> Path:
    """The folder in which a case begins."""
    first = top / "first"
    first.mkdir()
    project(first)
    for line in case.before:
        if line.startswith("touch"):
            (first / "a.txt").write_text("".join(TEXT.format(n + 1) for n in range(20)))
        else:
            assert done(first, line)[0] == 0, line
    if name == "review import":
        judged(first, "judged.csv", 0)
    return first


def broken(here: Path, case: Case, way: str, at: float) -> str:
    """Runs it, and breaks it off at a step (or, less than 0, after so many seconds); what was wrong in how it ended."""
    line = case.line.split()
    if way == "full disk":
        code, said = Forked(here, line, fail=int(at)).end()
        well = (code == 2 and said.count("\n") == 1) or (code in case.codes and not said.count("No space"))
        return "" if well else f"code {code}: {said[-200:]!r}"
    process = Forked(here, line, pause=int(max(at, 0)))
    if at < 0:
        time.sleep(-at)
    elif not process.wait_for_pause():
        return f"never came to step {at}: {process.end()}"
    process.send(SIGNALS[way])
    code, said = process.end()
    well = (130,) if way == "interrupted" else (-SIGNALS[way],)
    if at < 0:
        well = (*well, *case.codes, 99)  # it had done its work, or not begun
    return "" if code in well and said.count("\n") < 3 else f"code {code}: {said[-300:]!r}"


def lost_in(here: Path, before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Files that are neither as before nor as the whole command leaves them; a folder's marker says in between which
    files of both times are evalkit's, and the overview of an interrupted matrix shows what was done till then."""
    found = {p: data for p, data in state(here).items() if not p.endswith((".tmp", ".evalkit.json"))}
    found = {p: data for p, data in found.items() if p in before or Path(p).stem != "overview"}
    of_before = (p for p in before if not p.endswith(".evalkit.json"))
    lost = [p for p in of_before if found.get(p) not in (before[p], after.get(p, b""))]
    return lost + [p for p in found if p not in before and found[p] != after.get(p)]


def breaks(steps: int, most: int, moments: int, seconds: float) -> Iterable[tuple[str, float]]:
    """Every way and step (or the drawn ones), and the random moments."""
    rng = random.Random(steps)
    for way in ("full disk", *SIGNALS):
        chosen = range(1, steps + 1) if steps <= most else sorted(rng.sample(range(1, steps + 1), most))
        yield from ((way, at) for at in chosen)
    for _ in range(moments):
        yield rng.choice(list(SIGNALS)), -rng.uniform(0.0001, seconds)


def faults(name: str, case: Case, most: int = 1000, moments: int = 0) -> Counter[str]:
    """A case broken off at each step, in each way."""
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        first = made(name, case, top)
        before, whole, here = state(first), top / "whole", top / "here"
        shutil.copytree(first, whole, symlinks=True)
        begun = time.monotonic()
        code, said = done(whole, case.line, count=str(top / "count"))
        seconds = time.monotonic() - begun
        assert code in case.codes, f"{name}: {code} {said}"
        after, steps = state(whole), int((top / "count").read_text())
        for way, at in breaks(steps, most, moments, seconds):
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(first, here, symlinks=True)
            wrong = broken(here, case, way, at)
            ends[way if at > 0 else f"{way} at random"] += 1
            ends["not ended as it should"] += bool(wrong)
            lost = lost_in(here, before, after)
            litter = [p for p in state(here) if p.endswith(".tmp")] if way in ("full disk", "interrupted") else []
            again, said = done(here, case.line)
            ends["cannot be run again"] += again not in case.codes
            other = [p for p in after if state(here).get(p) != after[p]]
            litter += [p for p in state(here) if p not in after]
            ends["lost"] += bool(lost or (again in case.codes and other))
            ends["temporary files that stay"] += len(litter)
            if wrong or lost or other or litter or again not in case.codes:
                told = f"{lost} {other} {litter} {again} {said[-200:]!r}"
                print(f"  {name}, {way} {at}: {wrong} | {told}", flush=True)
    return ends


def together(number: int = 8) -> Counter[str]:
    """Processes that change one file at once: what each said must be there."""
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        project(folder)
        lines = [f"terms add word{n} --reject bad{n} --terms terms.yaml -q" for n in range(number)]
        lines += [f"run out.toml -q --jobs 1 --label v{n}" for n in range(number)]
        for process in [start(folder, line) for line in lines]:
            ends[f"exit code {process.end()[0]}"] += 1
        for n in range(number):
            judged(folder, f"s{n}.csv", n)
        for process in [start(folder, f"review import s{n}.csv --who p{n} -q") for n in range(number)]:
            ends[f"exit code {process.end()[0]}"] += 1
        for process in [start(folder, f"history out.toml --accept v{n}") for n in range(number)]:
            ends[f"exit code {process.end()[0]}"] += 1
        terms = (folder / "terms.yaml").read_text()
        history = (folder / "out" / "history.json").read_text()
        verdicts = (folder / "verdicts.tsv").read_text()
        ends["terms kept"] = sum(f"word{n}" in terms for n in range(number))
        ends["labels kept"] = sum(f'"v{n}"' in history for n in range(number))
        ends["verdicts kept"] = sum(f"\tp{n}\t" in verdicts for n in range(number))
        accepted = json.loads(history)["accepted"]
        ends["labels accepted"] = sum(f"v{n}" in accepted for n in range(number))
        ends["lost"] = 4 * number - sum(count for what, count in ends.items() if what.endswith(("kept", "accepted")))
        ends["lost"] += "\tme\t" not in verdicts or "# mine" not in terms
        ends["temporary files left"] = len(list(folder.rglob("*.tmp")))
    return ends


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="commands whose name holds this")
    parser.add_argument("--most", type=int, default=1000, help="steps of each command, drawn anew for each way")
    parser.add_argument("--moments", type=int, default=0, help="random moments of each command")
    options = parser.parse_args()
    warm()
    bad, total = 0, Counter[str]()
    for name, case in CASES.items():
        if options.only in name:
            ends = faults(name, case, options.most, options.moments)
            total += ends
            print(f"{name}: {', '.join(f'{number} {end}' for end, number in ends.items() if number)}", flush=True)
    if not options.only:
        ends = together()
        print(f"8 at once: {', '.join(f'{number} {end}' for end, number in sorted(ends.items()))}", flush=True)
        bad += ends["lost"]
    print(f"all: {', '.join(f'{number} {end}' for end, number in total.items() if number)}")
    wrong = ("lost", "cannot be run again", "temporary files that stay", "not ended as it should")
    return bool(bad + sum(total[what] for what in wrong))


if __name__ == "__main__":
    sys.exit(main())

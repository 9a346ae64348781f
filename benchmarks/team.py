"""What a team would write itself, beside evalkit in one run; and what one system more costs a run.

    python benchmarks/team.py loops [SYSTEMS]     # sacrebleu in a loop, datasets.map, evalkit; default 4 systems
    python benchmarks/team.py adding [SYSTEMS]    # a run of so many systems, and of one more; default 3

WMT23 zh-en with its first reference, lines beside lines. CPU seconds of whole processes, start and imports included.
"""

from __future__ import annotations

import compileall
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data")) / "wmt" / "wmt23.zh-en"
# Runs a command and prints CPU seconds and peak megabytes of it and its processes.
WATCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode, done.stderr[-300:]]))
"""
LOOP = """
import sys
import sacrebleu
from pathlib import Path
reference, *systems = [Path(name).read_text().splitlines() for name in sys.argv[1:]]
for system in systems:
    print(sacrebleu.corpus_bleu(system, [reference]), sacrebleu.corpus_chrf(system, [reference]))
"""
MAP = """
import sys
from datasets import Dataset, disable_progress_bars
from sacrebleu.metrics import BLEU, CHRF
from pathlib import Path
disable_progress_bars()
reference, *systems = [Path(name).read_text().splitlines() for name in sys.argv[1:]]
bleu, chrf = BLEU(), CHRF()

def statistics(row):
    of = {"bleu": bleu, "chrf": chrf}
    return {k: m._extract_corpus_statistics([row["text"]], [[row["reference"]]])[0] for k, m in of.items()}

for system in systems:
    done = Dataset.from_dict({"text": system, "reference": reference}).map(statistics)
    for name, metric in (("bleu", bleu), ("chrf", chrf)):
        print(metric._compute_score_from_stats([sum(column) for column in zip(*done[name])]))
"""
CONFIG = 'lang = "en"\nalign = "lines"\nmetrics = ["bleu", "chrf"]\noutput = "report"\n'
CONFIG += '[statistics]\nconfidence = true\n[[reference]]\npath = "reference"\n'


def write(folder: Path, number: int) -> list[str]:
    """The reference and so many systems; their names."""
    reference = next(iter(sorted((DATA / "references").glob("*.gz"))))
    files = {f"system{n}": path for n, path in enumerate(sorted((DATA / "systems").glob("*.gz"))[:number])}
    for name, path in {"reference": reference, **files}.items():
        (folder / name).write_bytes(gzip.decompress(path.read_bytes()))
    return list(files)


def used(folder: Path, command: list[str], cache: str = "off") -> tuple[float, float]:
    environment = {**os.environ, "EVALKIT_CACHE": cache, "HF_HOME": str(folder / "hf"), "HF_DATASETS_OFFLINE": "1"}
    line = [sys.executable, "-c", WATCH, sys.executable, *command]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    seconds, megabytes, code, said = json.loads(done.stdout)
    if code:
        sys.exit(f"{command}: {said}")
    return seconds, megabytes


def loops(folder: Path, number: int) -> None:
    systems = write(folder, number)
    score = ["-m", "evalkit", "score", *systems, "-r", "reference", "-m", "bleu,chrf"]
    ways = {
        "sacrebleu in a loop": ["-c", LOOP, "reference", *systems],
        "sacrebleu in `datasets.map`": ["-c", MAP, "reference", *systems],
        "`evalkit score --jobs 1`": [*score, "--jobs", "1"],
        "`evalkit score --engine local --jobs 1`": [*score, "--engine", "local", "--jobs", "1"],
    }
    print(f"| {number} systems, BLEU and chrF | CPU s | MB | times evalkit |\n| --- | ---: | ---: | ---: |")
    found = {name: used(folder, command) for name, command in ways.items()}
    least = found["`evalkit score --jobs 1`"][0]
    for name, (seconds, megabytes) in found.items():
        print(f"| {name} | {seconds:.2f} | {megabytes:.0f} | {seconds / least:.1f} |")


def adding(folder: Path, number: int) -> None:
    """A run that all are new to, one with a system more, the same again, and all of them in a cache of their own."""
    systems = write(folder, number + 1)

    def run(many: list[str], cache: str) -> tuple[float, bytes]:
        text = CONFIG + "".join(f'[[candidate]]\nname = "{name}"\npath = "{name}"\n' for name in many)
        (folder / "evalkit.toml").write_text(text)
        command = ["-m", "evalkit", "run", "evalkit.toml", "--jobs", "1", "-q"]
        seconds = used(folder, command, str(folder / cache))[0]
        return seconds, (folder / "report" / "result.json").read_bytes()

    (before, _), (more, warm) = run(systems[:-1], "kept"), run(systems, "kept")
    (again, _), (cold, alone) = run(systems, "kept"), run(systems, "new")
    print(f"| run | CPU s | of a cold run of {number + 1} |\n| --- | ---: | ---: |")
    for name, seconds in ((f"{number} systems, cold", before), ("one more", more), ("again", again)):
        print(f"| {name} | {seconds:.1f} | {seconds / cold:.0%} |")
    print(f"| {number + 1} systems, cold | {cold:.1f} | 100% |")
    print(f"\nresult.json of the warm and the cold run: {'the same bytes' if warm == alone else 'DIFFERENT'}")


def main() -> None:
    what, number = (*sys.argv[1:], *("loops", "")[len(sys.argv) - 1 :])[:2]
    with tempfile.TemporaryDirectory() as name:
        if what == "adding":
            adding(Path(name), int(number or 3))
        else:
            loops(Path(name), int(number or 4))


if __name__ == "__main__":
    compileall.compile_dir(ROOT / "evalkit", quiet=1)  # as an installation does
    main()

"""One evaluation in a process of its own: `python -m evalkit.serve.worker FOLDER MEMORY SECONDS`.

Its limits are its own: whatever a text makes it do ends this process, not the server. What it has to say stands in
files of the job's folder: `stage`, then `result.json` or `problem`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import Any

from evalkit.errors import EvalkitError
from evalkit.records.config import DEFAULT_LANG, RunConfig, load, parse
from evalkit.run.pipeline import evaluate
from evalkit.run.stages import told
from evalkit.serve.store import Job, Store
from evalkit.text.files import write_text

# Where paths start, so that a result names files as their owner does.
_BASE = "inputs/candidate"
_FILE = 512 * 1024**2  # bytes of the largest file it may write: a result of the largest request has a tenth


def main() -> None:
    """Evaluates the job of a folder; the exit code is 0 where its result or its problem is written."""
    folder, memory, seconds = Path(sys.argv[1]).absolute(), int(sys.argv[2]), int(sys.argv[3])
    _end_with_the_server()
    _limit(memory, seconds)
    try:
        with told(lambda stage: write_text(folder / "stage", stage)):
            evaluate_job(folder)
    except EvalkitError as problem:
        write_text(folder / "problem", _bare(str(problem), folder))
    except MemoryError:
        write_text(folder / "problem", "The texts need more memory than an evaluation may take; give smaller ones.")


def evaluate_job(folder: Path) -> None:
    """The evaluation of a job's texts, or of its project's configuration; writes `result.json`."""
    from evalkit.records import json as jsonio

    store = Store(folder.parent.parent)
    job = store.get(folder.name)
    if job is None:
        return  # deleted: what is written now would make its folder anew
    config, base = settings_of(job, folder)
    if job.links:
        base.mkdir(parents=True, exist_ok=True)
        os.chdir(base)  # an aligner's file is looked for from here; this process is the job's own
    jsonio.write(evaluate(config, folder=base), folder / "result.json")


def _bare(message: str, folder: Path) -> str:
    """The message with files named as their owner does: where they lie here is no business of a visitor."""
    for side in ("candidate", "reference", "source"):
        for inputs in (f"{folder / 'inputs' / side}{os.sep}", f"..{os.sep}{side}{os.sep}"):
            message = message.replace(inputs, "")
    return message.replace(f"{folder}{os.sep}", "")


def settings_of(job: Job, folder: Path) -> tuple[RunConfig, Path]:
    """The configuration of a job, and where its paths start. Verdicts are applied when a result is shown, so they
    are no part of it."""
    from msgspec.structs import replace

    if job.config:
        config, base = load(job.config)
        if job.links:
            config = replace(config, align={"name": "file", "path": str(folder / job.links)})
        return replace(config, verdicts=""), base

    def below(path: str) -> str:
        return os.path.relpath(folder / path, folder / _BASE)

    lists = (folder / "lists").read_text("utf-8").splitlines() if (folder / "lists").is_file() else []
    data: dict[str, Any] = {
        "name": job.title,
        "lang": "" if job.lang == DEFAULT_LANG else job.lang,  # what the form offers is nobody's word
        "metrics": ["bleu", "chrf", "ter"],
        "candidate": [{"path": below(path), "kind": job.kind} for path in job.candidates],
        "reference": [{"path": below(path)} for path in job.references],
        "names": [path for path in lists if Path(path).name.startswith("names")],
        "terms": [path for path in lists if not Path(path).name.startswith("names")],
    }
    if job.links:
        data["align"] = {"name": "file", "path": below(job.links)}
    if job.source or job.source_lang:
        data["source"] = {"path": below(job.source) if job.source else "", "lang": job.source_lang}
    return parse(data, "the form"), folder / _BASE


def _end_with_the_server() -> None:
    """Ends this process when the server's end of its standard input closes: no evaluation outlives its server."""

    def watch() -> None:
        with contextlib.suppress(OSError, ValueError):
            while os.read(0, 1024):
                pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit(memory: int, seconds: int) -> None:
    """Bounds memory, processor time and files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the server's clock is the limit there
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, _FILE)):
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()

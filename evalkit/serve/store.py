"""What the application keeps: a folder of jobs, and beside them the lists and verdicts of the project.

Everything is a plain file, written whole or not at all, so a server that is killed loses nothing that was said. A job
is a folder with its texts (`inputs/`), its settings and state (`job.json`) and its result.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from evalkit.errors import InputError, all_problems
from evalkit.records.verdicts import Verdict
from evalkit.review import file as verdict_file
from evalkit.review.sheet import Reviewed
from evalkit.review.taking import Taken, taken
from evalkit.text.files import BOM, is_temporary, write_bytes
from evalkit.text.turns import turn

State = Literal["waiting", "running", "done", "failed"]
_ID_BYTES = 12  # 96 bits: nobody guesses the address of another's texts
# Where `--data` names a folder that somebody works in, `jobs` may hold his own: a job's is known by its name, and one
# that never became a job also by what may be in it until then.
_ID = re.compile(r"[\w-]{16}", re.ASCII)
_BEFORE_JOB = frozenset({"inputs", "lists", "links.tsv", "result.json"})


class Job(Struct, frozen=True):
    """An evaluation: what was given, and how far it is. Paths are relative to its folder."""

    id: str
    title: str
    created: float
    kind: str = "translation"
    lang: str = "en"
    source_lang: str = ""
    candidates: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    source: str = ""
    lists: bool = True
    config: str = ""  # of a project: its configuration, in place of the files
    state: State = "waiting"
    problem: str = ""
    kept: bool = False
    links: str = ""  # an alignment that a person has corrected
    before: str = ""  # the job of the version before this one


class Store:
    """The jobs of a folder. Methods may be called from any thread."""

    def __init__(self, folder: Path, *, names: Path | None = None, terms: Path | None = None,
                 verdicts: Path | None = None) -> None:  # fmt: skip
        self.folder = folder
        self.names = names or folder / "names.yaml"
        self.terms = terms or folder / "terms.yaml"
        self.verdicts_path = verdicts or folder / verdict_file.USUAL
        self.lock = threading.RLock()
        for made in (folder, folder / "jobs"):
            made.mkdir(parents=True, exist_ok=True, mode=0o700)

    def new(self, **given: object) -> Job:
        """A job with a folder of its own, not saved yet."""
        job = msgspec.convert({"id": secrets.token_urlsafe(_ID_BYTES), "created": time.time(), **given}, Job)
        self.path(job.id).mkdir(mode=0o700)
        return job

    def path(self, id_: str) -> Path:
        """The folder of a job."""
        return self.folder / "jobs" / id_

    def save(self, job: Job) -> None:
        """Writes the job's state."""
        write_bytes(self.path(job.id) / "job.json", msgspec.json.encode(job))

    def get(self, id_: str) -> Job | None:
        """The job of an id, None where there is none (any text may be asked for)."""
        if not _ID.fullmatch(id_):
            return None
        try:
            job = msgspec.json.decode((self.path(id_) / "job.json").read_bytes(), type=Job)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return job if job.id == id_ else None  # a copy that somebody has made of a folder is no job

    def change(self, id_: str, **values: object) -> Job | None:
        """The job with other values, saved; None where it has gone."""
        with self.lock:
            job = self.get(id_)
            if job is None:
                return None
            changed: Job = replace(job, **values)
            self.save(changed)
            return changed

    def all(self) -> list[Job]:
        """Every job, the newest first."""
        found = [job for path in (self.folder / "jobs").iterdir() if (job := self.get(path.name))]
        return sorted(found, key=lambda job: (-job.created, job.id))

    def remove(self, id_: str) -> None:
        """Takes a job away with its texts and its result; verdicts and lists stay."""
        with self.lock:
            if self.get(id_):
                shutil.rmtree(self.path(id_), ignore_errors=True)

    def bring(self, old: Job, new: Job, paths: Iterable[str]) -> bool:
        """Copies texts of a job into the folder of a new one, which goes where that fails; False where the old job has
        been deleted meanwhile."""
        with self.lock:
            try:
                for path in paths if self.get(old.id) else ():
                    target = self.path(new.id) / path
                    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                    target.write_bytes((self.path(old.id) / path).read_bytes())
            except BaseException:  # a full disk too: nobody could find the folder to delete it
                shutil.rmtree(self.path(new.id), ignore_errors=True)
                raise
            if self.get(old.id) is None:
                shutil.rmtree(self.path(new.id), ignore_errors=True)
                return False
            return True

    def sweep(self, hours: float, now: float | None = None) -> list[str]:
        """Takes away what nobody has kept and is older; the ids of what went."""
        oldest = (now or time.time()) - 3600 * hours
        gone = [job.id for job in self.all() if not job.kept and job.created < oldest]
        for id_ in gone:
            self.remove(id_)
        self._sweep_leftovers(oldest)
        return gone

    def _sweep_leftovers(self, oldest: float) -> None:
        """Takes away folders without a job: of a server that was killed while a form came in."""
        for path in (self.folder / "jobs").iterdir():
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime < oldest and _is_leftover(path):
                    shutil.rmtree(path, ignore_errors=True)

    def verdicts(self) -> tuple[Verdict, ...]:
        """All verdicts of the project."""
        return verdict_file.read(self.verdicts_path)

    def ratings(self, id_: str) -> list[Path]:
        """The files of errors that people have marked in the job's texts."""
        folder = self.path(id_) / "ratings"
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def judge(self, new: Iterable[Verdict], taken_back: Iterable[tuple[str, str]] = ()) -> None:
        """Adds verdicts, or takes back those of (key, who); on the disk when it returns."""
        with self.lock, turn(self.verdicts_path):
            known = verdict_file.merged(self.verdicts(), new)
            for key, who in taken_back:
                known = verdict_file.without(known, key, who)
            verdict_file.write(self.verdicts_path, known)

    def take(self, sheet: Reviewed) -> Taken:
        """Adds what a reviewed sheet says that was not in it at its export; InputError where it is at odds with
        itself."""
        with self.lock, turn(self.verdicts_path):
            known = self.verdicts()
            said = taken([sheet], known)
            if said.problems:
                raise InputError(all_problems("verdicts that cannot be used", said.problems))
            verdict_file.write(self.verdicts_path, verdict_file.merged(known, said.verdicts))
        return said

    def lists(self) -> list[Path]:
        """The lists there are: with an entry, or with what is none and will be told."""
        return [path for path in (self.names, self.terms) if path.is_file() and has_entries(_looked(path))]


def _is_leftover(path: Path) -> bool:
    if not _ID.fullmatch(path.name) or path.is_symlink():
        return False
    return all(each.name in _BEFORE_JOB or is_temporary(each) for each in path.iterdir())


def has_entries(text: str) -> bool:
    """Whether a list holds more than its head and comments."""
    bare = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return bool(bare) and bare not in (["names:"], ["terms:"])


def _looked(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").removeprefix(BOM)

"""What comes in by forms: texts and files as the inputs of a job, verdicts, names and terms; all of it untrusted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from evalkit.errors import EvalkitError
from evalkit.records.verdicts import WORDS, Verdict, Word
from evalkit.review.file import is_key
from evalkit.text.visible import visible

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from evalkit.serve.store import Job, Store

KINDS = ("translation", "report", "summary")
_LONGEST_NAME = 160  # bytes of a file's name: more is no name, file systems end at 255, and some add to names
_LONGEST_ENDING = 20  # bytes of an ending that says what a file is: `.sdlxliff` has 9
_LONGEST_NOTE = 2000  # characters of a note: a paragraph
_MOST_SYSTEMS = 12  # candidates of one form: more are a matter of the command line
_TEXT = re.compile(r"[^\w.+-]+")


class FormError(EvalkitError):
    """A form that cannot be used; its message is shown above the form."""


def safe_name(given: str) -> str:
    """A file's name as it may lie in a folder: letters, digits and `._+-`, no path, no leading dot; never empty."""
    bare = given.replace("\\", "/").rpartition("/")[2]
    name = _TEXT.sub("_", bare).lstrip("._-").rstrip("._")  # `-` would be the standard input
    if len(name.encode()) > _LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        after = dot + ending if len(ending.encode()) <= _LONGEST_ENDING else ""
        name = _cut(stem or ending, _LONGEST_NAME - len(after.encode())) + after
    return name or "text.txt"


def _cut(text: str, most: int) -> str:
    """The start of a text that has at most so many bytes."""
    return text.encode()[:most].decode("utf-8", "ignore")


def new_job(form: FormData, store: Store, *, save: bool = True) -> Job:
    """The job a form asks for, its texts in its folder; FormError, and no folder, where they are not all there.

    Not to `save` leaves that to whoever has more to add.
    """
    kind, lang = str(form.get("kind", "translation")), str(form.get("lang", "en")).strip() or "en"
    source_lang = str(form.get("source_lang", "")).strip()
    if kind not in KINDS:
        raise FormError("Choose what the text is: a translation, a report or a summary.")
    _check_languages(lang, source_lang)
    job = store.new(title="", kind=kind, lang=lang, source_lang=source_lang, lists=bool(form.get("lists")))
    folder = store.path(job.id)
    try:
        candidates = _given(form, "candidate", folder)
        references = _given(form, "reference", folder)
        source = _given(form, "source", folder)[:1]
        if not candidates:
            raise FormError("Give the text to evaluate: choose a file, or paste it.")
        if len(candidates) > _MOST_SYSTEMS:
            raise FormError(f"At most {_MOST_SYSTEMS} texts can be compared here.")
        if source_lang and not source:
            source_lang = ""
    except BaseException:  # a full disk too: nothing would ever take away a folder without a job
        shutil.rmtree(folder, ignore_errors=True)
        raise
    title = visible(str(form.get("title", "")).strip())[:120] or _title(candidates, references)
    job = replace(
        job, title=title, candidates=candidates, references=references, source="".join(source), source_lang=source_lang
    )
    if save:
        store.save(job)
    return job


def _check_languages(*tags: str) -> None:
    from evalkit.language.codes import check_tags

    try:
        check_tags([("The language", tag) for tag in tags if tag])
    except EvalkitError as problem:
        raise FormError(str(problem)) from None


def _given(form: FormData, side: str, folder: Path) -> tuple[str, ...]:
    """The files of one side, written into the job's folder, or the text pasted; paths relative to the folder."""
    made: list[str] = []
    for upload in form.getlist(f"{side}_file"):
        if isinstance(upload, str) or not upload.filename:
            continue
        target = _free(folder / "inputs" / side, safe_name(upload.filename))
        with target.open("wb") as file:
            shutil.copyfileobj(upload.file, file)
        made.append(str(target.relative_to(folder)))
    pasted = str(form.get(f"{side}_text", ""))
    if not made and pasted.strip():
        target = _free(folder / "inputs" / side, f"{side}.txt")
        text = pasted.replace("\r\n", "\n").encode("utf-8", "replace")
        target.write_bytes(text if text.endswith(b"\n") else text + b"\n")
        made.append(str(target.relative_to(folder)))
    return tuple(made)


def _free(folder: Path, name: str) -> Path:
    """A path of that name that is not there yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem, dot, ending = name.rpartition(".")
    for number in range(1, 1000):
        path = folder / (
            name if number == 1 else f"{stem or ending}-{number}{dot if stem else ''}{ending if stem else ''}"
        )
        if not path.exists():
            return path
    raise FormError("Too many files of one name.")


def _title(candidates: Sequence[str], references: Sequence[str]) -> str:
    first = Path(candidates[0]).name + (f" and {len(candidates) - 1} more" if len(candidates) > 1 else "")
    return f"{first} against {Path(references[0]).name}" if references else first


def verdict_of(form: FormData) -> tuple[str, str, Verdict | None]:
    """The finding, the person, and what is said of it; None where it is taken back. FormError for anything else."""
    key, who, word = (str(form.get(field, "")).strip() for field in ("key", "who", "verdict"))
    if not is_key(key):
        raise FormError("This is no finding.")
    who = visible(who)[:60]
    if word in ("", "open"):
        return key, who, None
    known: Word | None = next((each for each in WORDS if each == word), None)
    if known is None:
        raise FormError("A verdict is right, wrong or unsure.")
    rule, text = (str(form.get(field, "")) for field in ("rule", "text"))
    note = str(form.get("note", "")).replace("\r\n", "\n").strip()[:_LONGEST_NOTE]
    return key, who, Verdict(key, known, visible(rule)[:80], text[:300], note, who)


def entry_of(form: FormData) -> tuple[str, str, dict[str, Any]]:
    """The kind, title and other fields of a list's entry; FormError where the form has no title."""
    kind = "term" if form.get("list") == "term" else "name"
    title = " ".join(str(form.get("entry", "")).split())
    if not title:
        raise FormError("Write the form to use.")
    form_, role = " ".join(str(form.get("form", "")).split()), str(form.get("role", ""))
    given: dict[str, Any] = {}
    if form_ and form_ != title:
        given["reject" if role == "reject" else "accept"] = [form_]
    if kind == "name":
        what = str(form.get("kind", ""))
        given |= {"kind": what} if what in ("place", "organisation") else {}
    return kind, title, given

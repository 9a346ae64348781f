"""Taking in what others have said: a reviewed sheet, or errors that people have marked in the texts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from evalkit.errors import EvalkitError, InputError, all_problems
from evalkit.records.human import Rating
from evalkit.records.result import Result
from evalkit.review import exchange, ratings, taking
from evalkit.review.sheet import Reviewed
from evalkit.serve import asked, pages
from evalkit.serve.asked import parts
from evalkit.serve.forms import FormError, safe_name
from evalkit.text.files import write_bytes
from evalkit.text.visible import shown, visible

_LOST = (
    "{}: ratings of that name are here already, and {} of them, by {}, are not in this file. Give the file another "
    "name to keep both, or add them to it."
)


def routes() -> list[Route]:
    """The address of this form."""
    return [asked.post("/jobs/{id}/review", _take_in)]


def taken(form: FormData) -> tuple[str, bytes, str]:
    """The name and the bytes of the file of a form, and who has reviewed; FormError where there is no file."""
    upload: Any = form.get("sheet")
    if isinstance(upload, str) or upload is None or not upload.filename:
        raise FormError("Choose the sheet that was reviewed.")
    return safe_name(upload.filename), upload.file.read(), visible(str(form.get("who", "")).strip())[:60]


def sheet_of(name: str, data: bytes, who: str) -> Reviewed:
    """What a reviewed sheet says; its messages name the file, not one of ours."""
    with tempfile.TemporaryDirectory(prefix="evalkit-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            if ratings.is_ratings(path):
                raise InputError(f"{name}: give ratings on the overview of the evaluation whose texts were rated")
            sheet = exchange.imported(path, who)
            if sheet.problems:
                raise InputError(all_problems(f"{name}: verdicts that cannot be used", sheet.problems))
        except EvalkitError as problem:
            raise FormError(str(problem).replace(f"{folder}/", "")) from None
    return sheet


def said_of(told: Mapping[str, Any]) -> str:
    """What came of a sheet, in the words of the page: how many verdicts, and what of it was not taken in; empty
    where none was given."""
    if "verdicts" not in told:
        return ""
    number, left, again, doubtful = (_number(told.get(name, "")) for name in ("verdicts", "left", "again", "doubtful"))
    who = str(told.get("who", ""))[:60]
    notes = [*(["the sheet " + taking.LEFT] if left else []), *taking.told(again, doubtful, who)]
    return visible(" ".join(f"{each[0].upper()}{each[1:]}." for each in (f"{number} verdicts taken in", *notes)))


def _number(text: object) -> int:
    shown = str(text)
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 9 else 0


def _ratings_of(result: Result, name: str, data: bytes) -> tuple[Reviewed, Sequence[Rating]]:
    """What ratings say, and they themselves, before anything is kept of them; messages name the file, not one of
    ours."""
    with tempfile.TemporaryDirectory(prefix="evalkit-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            given = ratings.read(path)
            return exchange.of_ratings(result, given, name), given
        except EvalkitError as problem:
            raise FormError(str(problem).replace(f"{folder}/", "")) from None


def _looks(given: Sequence[Rating]) -> set[tuple[str, str, str]]:
    """Who has looked at what."""
    return {(rating.rater, rating.system, rating.segment) for rating in given}


def _take_in(request: Request, form: FormData) -> Response:
    """The verdicts of a sheet, or of ratings, which are kept beside the job's texts and give human MQM."""
    job, here = asked.job(request), parts(request)
    name, data, who = taken(form)
    if not ratings.is_ratings(name):
        sheet = sheet_of(name, data, who)
        said = here.store.take(sheet)
        told = {"verdicts": len(said.verdicts), "left": int(sheet.remarked), "again": said.again,
                "doubtful": said.doubtful, "who": who}  # fmt: skip
        return pages.seen(f"/jobs/{job.id}?{urlencode(told)}#taken")
    result = here.results.of(job.id)
    if result is None:
        raise FormError("There is no result yet.")
    rated, given = _ratings_of(result, name, data)
    path = here.store.path(job.id) / "ratings" / name
    with here.store.lock:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if path.exists() and (lost := _looks(ratings.read(path)) - _looks(given)):
            raise FormError(_LOST.format(name, len(lost), shown(min(lost)[0])))
        write_bytes(path, data)
    here.store.judge(rated.verdicts)
    return pages.seen(f"/jobs/{job.id}#taken")

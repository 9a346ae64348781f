"""The page of the links: which sentences belong together, corrected by hand, and the evaluation that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from evalkit.records.result import Result
from evalkit.serve import asked, links, pages
from evalkit.serve.asked import parts
from evalkit.serve.forms import FormError
from evalkit.serve.job_views import next_title
from evalkit.serve.store import Job
from evalkit.text.files import write_text
from evalkit.text.visible import visible

_FILE = "links.tsv"


def routes() -> list[Route]:
    """The addresses of this page."""
    return [
        asked.get("/jobs/{id}/links", _links),
        asked.get("/jobs/{id}/links.tsv", _table),
        asked.post("/jobs/{id}/links", _change),
    ]


def _result(request: Request, job: Job) -> Result:
    result = parts(request).results.of(job.id)
    if result is None:
        raise FormError("There is no result yet.")
    return result


def _why_not(job: Job, result: Result, part: links.Part) -> str:
    if not job.config and not (job.candidates and job.references):
        return (
            "Links can be corrected on this page where both texts were given to it, or where the evaluation is that "
            f"of a project. {links.INSTEAD}"
        )
    return links.why_not(result, part)


def _part(result: Result, given: Mapping[str, Any]) -> links.Part:
    """The document a page or form is about, by default the first."""
    found = links.parts_of(result)
    number = str(given.get("part", ""))
    place = int(number) if number.isdecimal() and len(number) < 6 else 0
    return found[min(place, len(found) - 1)] if found else links.Part()


def _links(request: Request) -> Response:
    job = asked.job(request)
    result = _result(request, job)
    part = _part(result, request.query_params)
    problem = _why_not(job, result, part)
    return _page(request, job, result, part, () if problem else links.rows_of(result, part), problem=problem)


def _page(
    request: Request, job: Job, result: Result, part: links.Part, rows: links.Rows, at: int = -1, problem: str = "",
    steps: int = 0,
) -> Response:  # fmt: skip
    mine, theirs = ([], []) if problem else links.segments_of(result, part)
    shown: list[dict[str, Any]] = [
        {
            "sides": [
                {"key": key, "title": title, "segments": [(n, visible(all_[n].text)) for n in numbers]}
                for key, title, numbers, all_ in (("c", "Text", row.candidate, mine), ("r", "Reference", row.reference,
                                                                                     theirs))
            ],
            "can_split": len(row.candidate) + len(row.reference) > 1,
        }
        for row in rows
    ]  # fmt: skip
    every = links.parts_of(result)
    first = next((n for n, row in enumerate(rows) if row.candidate and row.reference), 0)
    return pages.page(
        request, "links", job=job, tab="links", rows=shown, draft=links.written(rows), at=at, problem=problem,
        steps=steps, first=first, parts=_titles(result, every), part=every.index(part) if part in every else 0,
    )  # fmt: skip


def _titles(result: Result, every: list[links.Part]) -> list[str]:
    """What each document is called: by its system, and by its own name where that has several."""
    names = []
    for part in every:
        system = result.systems[part.system]
        names.append(system.name if len(system.documents) == 1 else f"{system.name}: {part.document}")
    return [visible(name) for name in names]


def _change(request: Request, form: FormData) -> Response:
    """One step of the work on a draft, or the evaluation with it."""
    job = asked.job(request)
    result = _result(request, job)
    part = _part(result, form)
    if problem := _why_not(job, result, part):
        raise FormError(problem)
    rows = links.read(str(form.get("draft", "")), result, part)
    op = str(form.get("op", ""))
    if op == "evaluate":
        return _evaluate(request, job, links.table(rows, result, part))
    given = str(form.get("steps", "0"))
    rows, at = links.changed(rows, op)
    return _page(request, job, result, part, rows, at, steps=int(given[:6]) + 1 if given.isdecimal() else 1)


def _evaluate(request: Request, job: Job, table: str) -> Response:
    """A new version: the same texts, paired as the person has paired them, compared with the version before."""
    here = parts(request)
    if here.runner.is_full:
        raise FormError("Too many evaluations are waiting. Try again in a minute.")
    newer = here.store.new(title=next_title(job.title), kind=job.kind, lang=job.lang, source_lang=job.source_lang,
                           lists=job.lists, config=job.config, kept=bool(job.config))  # fmt: skip
    if not here.store.bring(job, newer, (*job.candidates, *job.references, *filter(None, [job.source]))):
        raise HTTPException(404)
    write_text(here.store.path(newer.id) / _FILE, table)
    newer = replace(
        newer, candidates=job.candidates, references=job.references, source=job.source, links=_FILE, before=job.id
    )
    here.store.save(newer)
    here.runner.submit(newer)
    return pages.seen(f"/jobs/{newer.id}")


def _table(request: Request) -> Response:
    """The corrected links as a file, for the project's own folder."""
    job = asked.job(request)
    path = parts(request).store.path(job.id) / _FILE
    if not job.links or not path.is_file():
        raise FormError("No links were corrected here.")
    headers = {
        "content-type": "text/tab-separated-values",
        "content-disposition": f'attachment; filename="{_FILE}"',
    }
    return Response(path.read_bytes(), headers=headers)

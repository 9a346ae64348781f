"""The page of the links: which sentences belong together, corrected by hand, and the evaluation that follows."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from starlette.datastructures import FormData
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
    return [asked.get("/jobs/{id}/links", _links), asked.post("/jobs/{id}/links", _change)]


def _result(request: Request, job: Job) -> Result:
    result = parts(request).results.of(job.id)
    if result is None:
        raise FormError("There is no result yet.")
    return result


def _why_not(job: Job, result: Result) -> str:
    if job.config or not job.candidates or not job.references:
        return (
            f"Links can be corrected on this page where both texts were given to it as files or pasted. {links.INSTEAD}"
        )
    return links.why_not(result)


def _links(request: Request) -> Response:
    job = asked.job(request)
    result = _result(request, job)
    problem = _why_not(job, result)
    return _page(request, job, result, () if problem else links.rows_of(result), problem=problem)


def _page(
    request: Request, job: Job, result: Result, rows: links.Rows, at: int = -1, problem: str = "", steps: int = 0
) -> Response:
    mine = result.systems[0].segments
    theirs = result.references[0].segments if result.references else ()
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
    return pages.page(
        request, "links", job=job, tab="links", rows=shown, draft=links.written(rows), at=at, problem=problem,
        steps=steps,
    )  # fmt: skip


def _change(request: Request, form: FormData) -> Response:
    """One step of the work on a draft, or the evaluation with it."""
    job = asked.job(request)
    result = _result(request, job)
    if problem := _why_not(job, result):
        raise FormError(problem)
    rows = links.read(str(form.get("draft", "")), result)
    op = str(form.get("op", ""))
    if op == "evaluate":
        return _evaluate(request, job, result, rows)
    given = str(form.get("steps", "0"))
    rows, at = links.changed(rows, op)
    return _page(request, job, result, rows, at, steps=int(given[:6]) + 1 if given.isdecimal() else 1)


def _evaluate(request: Request, job: Job, result: Result, rows: links.Rows) -> Response:
    """A new version: the same texts, paired as the person has paired them, compared with the version before."""
    here = parts(request)
    if here.runner.is_full:
        raise FormError("Too many evaluations are waiting. Try again in a minute.")
    newer = here.store.new(title=next_title(job.title), kind=job.kind, lang=job.lang, source_lang=job.source_lang,
                           lists=job.lists)  # fmt: skip
    old, new = here.store.path(job.id), here.store.path(newer.id)
    for path in (*job.candidates, *job.references, *((job.source,) if job.source else ())):
        (new / path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (new / path).write_bytes((old / path).read_bytes())
    write_text(new / _FILE, links.table(rows, result))
    newer = replace(
        newer, candidates=job.candidates, references=job.references, source=job.source, links=_FILE, before=job.id
    )
    here.store.save(newer)
    here.runner.submit(newer)
    return pages.seen(f"/jobs/{newer.id}")

"""Pages of evaluations: the form, the progress, the overview, the report, downloads, versions."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from evalkit.records import json as jsonio
from evalkit.records.notes import noted
from evalkit.records.result import Result
from evalkit.review import exchange
from evalkit.run.stages import STAGES
from evalkit.serve import asked, pages, sheet_views, show
from evalkit.serve.asked import parts
from evalkit.serve.forms import KINDS, FormError, new_job, safe_name
from evalkit.serve.offers import offers
from evalkit.serve.results import rendered
from evalkit.serve.store import Job
from evalkit.text.files import read_text
from evalkit.text.visible import visible

_SAID = {
    "read": "Reading the texts", "align": "Pairing the sentences", "score": "Computing the scores",
    "detect": "Looking for errors", "compare": "Writing the report",
}  # fmt: skip
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_EDITED = 300_000  # what can be corrected on a page: a text of a hundred pages
# A translation renders all of the reference; of what renders less than half, a report or summary is likelier.
_MOST = 0.5
_XLIFF = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")


def routes() -> list[Route]:
    """The addresses of these pages."""
    return [
        asked.get("/", _home),
        asked.get("/static/{name}", lambda request: pages.static(request.path_params["name"])),
        asked.post("/jobs", _create),
        asked.get("/jobs/{id}", _job),
        asked.get("/jobs/{id}/state", _state),
        asked.get("/jobs/{id}/report", _report),
        asked.get("/jobs/{id}/compare", _compare),
        asked.get("/jobs/{id}/download/{format}", _download),
        asked.post("/jobs/{id}/again", _again),
        asked.post("/jobs/{id}/version", _version),
        asked.post("/jobs/{id}/keep", _keep),
        asked.post("/jobs/{id}/delete", _delete),
    ]


def _home(request: Request) -> Response:
    return _form(request)


def _form(request: Request, problem: str = "", given: FormData | None = None, status: int = 200) -> Response:
    """The form, with what was written into it where it could not be used."""
    store = parts(request).store
    values = {key: value for key, value in (given or {}).items() if isinstance(value, str)}
    return pages.page(
        request, "home", status, problem=visible(problem), given=values, kinds=KINDS, languages=pages.languages(),
        jobs=store.all(), has_lists=bool(store.lists()), limits=parts(request).settings.limits, offers=offers(),
    )  # fmt: skip


def _create(request: Request, form: FormData) -> Response:
    here = parts(request)
    if problem := _no_room(request):
        return _form(request, problem, form, 503)
    try:
        job = new_job(form, here.store)
    except FormError as refused:
        return _form(request, str(refused), form, 400)
    here.runner.submit(job)
    return pages.seen(f"/jobs/{job.id}")


def _no_room(request: Request) -> str:
    """Why no evaluation can be added now; empty where one can."""
    here = parts(request)
    if here.runner.is_full:
        return "Too many evaluations are waiting. Try again in a minute."
    if len(here.store.all()) >= here.settings.limits.jobs:
        return "Too many evaluations are kept here. Delete some that nobody needs."
    return ""


def _job(request: Request) -> Response:
    job, here = asked.job(request), parts(request)
    if job.state in ("waiting", "running"):
        return pages.page(request, "progress", job=job, **_progress(request, job))
    result = here.results.of(job.id) if job.state == "done" else None
    if result is None:
        return pages.page(request, "failed", job=job, problem=visible(job.problem))
    changed = here.results.compared(job, job.before) if job.before else None
    before = here.results.of(job.before) if changed else None
    return pages.page(
        request, "overview", job=job, cards=show.cards(result, changed, before), result=result, tab="overview",
        notes=[visible(noted(result, failure)) for failure in result.failures], others=_others(request, job),
        several=len(result.systems) > 1, account=_account(result), text=_text(request, job),
        perhaps=_is_perhaps_a_report(job, result), rankings=_rankings(result), unranked=show.unranked(result),
        offers=offers(), said=sheet_views.said_of(request.query_params),
    )  # fmt: skip


def _text(request: Request, job: Job) -> str:
    """The text as it is, to correct on the page; empty where it is not one plain text of a size to work on."""
    if len(job.candidates) != 1 or not job.candidates[0].lower().endswith(".txt"):
        return ""
    path = parts(request).store.path(job.id) / job.candidates[0]
    return read_text(path) if path.is_file() and path.stat().st_size < _EDITED else ""


def _is_perhaps_a_report(job: Job, result: Result) -> bool:
    """Whether texts that were given as translations leave out most of the reference, as reports and summaries do."""
    if not job.candidates or not result.references or job.kind != "translation":
        return False
    return all(s.alignment.trusted and s.alignment.coverage.reference < _MOST for s in result.systems)


def _account(result: Result) -> dict[str, int]:
    """How many of the findings are judged."""
    every = [finding for _, finding in show.findings(result, {})]
    return {"judged": sum(bool(finding.verdict) for finding in every), "total": len(every)}


def _rankings(result: Result) -> list[dict[str, Any]]:
    """Which system is better, by metric, best first; systems of one rank cannot be told apart."""
    made = []
    for ranking in result.rankings:
        metric = result.metrics.get(ranking.metric)
        ranks: dict[int, list[str]] = {}
        for ranked in ranking.systems:
            ranks.setdefault(ranked.cluster, []).append(visible(ranked.system))
        title = metric.title if metric else visible(ranking.metric.replace("_", " "))
        made.append({"title": title, "kind": ranking.kind, "ranks": sorted(ranks.items())})
    return made


def _others(request: Request, job: Job) -> list[Job]:
    """Evaluations it can be compared with."""
    return [other for other in parts(request).store.all() if other.id != job.id and other.state == "done"]


def _progress(request: Request, job: Job) -> dict[str, Any]:
    runner = parts(request).runner
    stage = runner.stage(job.id) if job.state == "running" else ""
    place = STAGES.index(stage) if stage in STAGES else -1
    steps = [
        {"text": _SAID[name], "state": "done" if n < place else "now" if n == place else "next"}
        for n, name in enumerate(STAGES)
    ]
    return {"steps": steps, "before": runner.place(job.id) if job.state == "waiting" else 0}


def _state(request: Request) -> Response:
    job = asked.job(request)
    return JSONResponse({"state": job.state, **_progress(request, job)})


def _report(request: Request) -> Response:
    job = asked.job(request)
    return _page_of_report(job, parts(request).results.page(job.id))


def _page_of_report(job: Job, text: str) -> Response:
    """The report with a way back, under the policy that it states itself: its scripts and styles, and nothing else."""
    if not text:
        raise FormError("There is no report yet.")
    found = _POLICY.search(text)
    policy = html.unescape(found[1]) if found else "default-src 'none'"
    back = f'<p class="top"><a href="/jobs/{job.id}">← Overview</a></p>'
    text = re.sub(r"(<body[^>]*>)", lambda body: body[0] + back, text, count=1)
    whole = f"{policy}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    headers = {"content-security-policy": whole, "content-type": "text/html; charset=utf-8"}
    return Response(text, headers=headers)


def _compare(request: Request) -> Response:
    job, here = asked.job(request), parts(request)
    before = here.store.get(request.query_params.get("with", ""))
    if before is None:
        raise FormError("Choose the evaluation to compare with.")
    changed = here.results.compared(job, before.id)
    if changed is None:
        raise FormError("One of the two has no result yet.")
    return _page_of_report(job, str(rendered(changed, "html")))


def _download(request: Request) -> Response:
    """The result as a file: the page, the workbook, the user's XLIFF file with marks or a review in XLIFF, the JSON."""
    job, format_ = asked.job(request), request.path_params["format"]
    result = parts(request).results.of(job.id)
    if result is None:
        raise FormError("There is no result yet.")
    stem = safe_name(job.title).rpartition(".")[0] or safe_name(job.title)
    kinds = {
        "html": ("text/html; charset=utf-8", f"{stem}.html"),
        "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", f"{stem}.xlsx"),
        "xliff": ("application/x-xliff+xml", f"{stem}.xlf"),
        "csv": ("text/csv; charset=utf-8", f"{stem}.csv"),
        "json": ("application/json", f"{stem}.json"),
        **({"text": ("application/octet-stream", Path(job.candidates[0]).name)} if len(job.candidates) == 1 else {}),
    }
    if format_ not in kinds:
        raise FormError("There is no such format.")
    body: str | bytes
    if format_ == "html":
        body = parts(request).results.page(job.id)
    elif format_ == "text":
        body = (parts(request).store.path(job.id) / job.candidates[0]).read_bytes()
    elif format_ == "json":
        body = jsonio.dumps(result)
    elif format_ == "xliff" and (own := _own_xliff(request, job)):
        body = rendered(result, "itsxliff", file=str(own))
    else:
        body = exchange.exported(result, ".xlf" if format_ == "xliff" else f".{format_}")
    kind, name = kinds[format_]
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
    return Response(
        body,
        headers={
            "content-type": kind,
            "content-disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{_quoted(name)}",
        },
    )


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _own_xliff(request: Request, job: Job) -> Path | None:
    """The XLIFF file that was evaluated, if it was one."""
    if len(job.candidates) != 1 or not job.candidates[0].lower().endswith(_XLIFF):
        return None
    return parts(request).store.path(job.id) / job.candidates[0]


def _again(request: Request, form: FormData) -> Response:
    job, here = asked.job(request), parts(request)
    if here.runner.is_full:
        raise FormError("Too many evaluations are waiting. Try again in a minute.")
    if job.state in ("done", "failed"):
        if not job.config and not job.candidates:
            raise FormError("This result was opened as a file: there are no texts to evaluate again.")
        if job.candidates and (kind := str(form.get("kind", ""))) in KINDS:
            job = here.store.change(job.id, kind=kind) or job
        here.runner.submit(job)
    return pages.seen(f"/jobs/{job.id}")


def _version(request: Request, form: FormData) -> Response:
    """A new version of the text, evaluated as the one before and compared with it."""
    job, here = asked.job(request), parts(request)
    if problem := _no_room(request):
        raise FormError(problem)
    values = {"title": job.title, "kind": job.kind, "lang": job.lang, "source_lang": job.source_lang}
    fields: list[tuple[str, Any]] = [*form.multi_items(), *values.items(), *([("lists", "on")] if job.lists else [])]
    newer = new_job(FormData(fields), here.store, save=False)  # once all its texts are there: it may be broken off
    if not here.store.bring(job, newer, (*job.references, *filter(None, [job.source]))):
        raise HTTPException(404)
    newer = replace(
        newer, references=job.references, source=job.source, source_lang=job.source_lang, before=job.id,
        title=next_title(job.title),
    )  # fmt: skip
    here.store.save(newer)
    here.runner.submit(newer)
    return pages.seen(f"/jobs/{newer.id}")


def next_title(title: str) -> str:
    """The title of the version after this one."""
    found = re.fullmatch(r"(.*), version (\d{1,6})", title)
    return f"{found[1]}, version {int(found[2]) + 1}" if found else f"{title}, version 2"


def _keep(request: Request, form: FormData) -> Response:
    job = asked.job(request)
    title = visible(str(form.get("title", "")).strip())[:120] or job.title
    parts(request).store.change(job.id, kept=form.get("keep") == "yes", title=title)
    return pages.seen(f"/jobs/{job.id}")


def _delete(request: Request, _: FormData) -> Response:
    job, here = asked.job(request), parts(request)
    here.runner.stop(job.id)
    here.store.remove(job.id)
    return pages.seen("/")

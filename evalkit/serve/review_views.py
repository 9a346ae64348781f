"""The page on which findings are judged, and what it sends: verdicts, names, terms."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from evalkit.records.result import Result
from evalkit.serve import asked, pages, show
from evalkit.serve.asked import parts
from evalkit.serve.forms import FormError, entry_of, verdict_of
from evalkit.terms.add import add

_EACH = 20  # findings on a page: what can be read without losing one's place
_FILTERS = ("state", "severity", "rule", "system", "order")


def routes() -> list[Route]:
    """The addresses of these pages."""
    return [
        asked.get("/jobs/{id}/findings", _findings),
        asked.post("/jobs/{id}/verdict", _verdict),
        asked.post("/jobs/{id}/entry", _entry),
    ]


def _result(request: Request) -> Result:
    result = parts(request).results.of(asked.job(request).id)
    if result is None:
        raise FormError("There is no result yet.")
    return result


def _findings(request: Request) -> Response:
    job, result = asked.job(request), _result(request)
    wanted = {name: request.query_params.get(name, "") for name in _FILTERS}
    found = show.findings(result, wanted)
    number = request.query_params.get("page", "1")
    last = max(1, -(-len(found) // _EACH))
    current = min(max(int(number), 1), last) if number.isdecimal() and len(number) < 9 else 1
    shown = list(show.in_full(result, found[_EACH * (current - 1) : _EACH * current]))
    every = show.findings(result, {})
    return pages.page(
        request, "findings", job=job, tab="findings", findings=shown, total=len(found), wanted=wanted, current=current,
        last=last, link=lambda n: "?" + urlencode({**{k: v for k, v in wanted.items() if v}, "page": n}),
        rules=sorted({finding.rule for _, finding in every}), systems=[system.name for system in result.systems],
        severities=show.WORST_FIRST, account=_account(result), cards=show.cards(result), who=_who(request),
        added=bool(request.query_params.get("added")),
    )  # fmt: skip


def _who(request: Request) -> str:
    return request.query_params.get("who", "")[:60]


def _account(result: Result) -> dict[str, Any]:
    """How much is judged, and what the texts score now."""
    counts = Counter(finding.verdict or "open" for _, finding in show.findings(result, {}))
    systems = [
        {
            "name": card["name"],
            "penalty": "" if card["penalty"] is None else f"{card['penalty']:.1f}",
            "number": card["number"],
        }
        for card in show.cards(result)
    ]
    return {"counts": dict(counts), "total": sum(counts.values()), "systems": systems}


def _verdict(request: Request, form: FormData) -> Response:
    """Takes a verdict, on the disk before the answer; the script gets the new account, others the page again."""
    job = asked.job(request)
    key, who, verdict = verdict_of(form)
    store = parts(request).store
    if verdict is None:
        store.judge((), [(key, who)])
    else:
        store.judge([verdict])
    if pages.wants_data(request):
        result = _result(request)
        judged = {f["key"]: f for f in show.in_full(result, show.findings(result, {}))}
        now = judged.get(key, {"verdict": "", "note": ""})
        return JSONResponse({"verdict": now["verdict"], "note": now["note"], "account": _account(result)})
    return pages.seen(_back(request, form, job.id))


def _entry(request: Request, form: FormData) -> Response:
    """Adds a name or term to the project's list, and evaluates again, for every text may have it."""
    job, here = asked.job(request), parts(request)
    kind, title, given = entry_of(form)
    path = here.store.terms if kind == "term" else here.store.names
    with here.store.lock:
        add(str(path), "term" if kind == "term" else "name", title, given)
    if (job.config or job.candidates) and not here.runner.is_full:
        here.store.change(job.id, lists=True)
        here.runner.submit(asked.job(request))
        return pages.seen(f"/jobs/{job.id}?to=findings")
    return pages.seen(_back(request, form, job.id))


def _back(request: Request, form: FormData, id_: str) -> str:
    """The page the form was on, at its finding; never an address of another site."""
    query = urlsplit(request.headers.get("referer", "")).query
    anchor = "".join(char for char in str(form.get("anchor", "")) if char.isalnum() or char in "-_")
    return f"/jobs/{id_}/findings{'?' + query if query else ''}{'#' + anchor if anchor else ''}"

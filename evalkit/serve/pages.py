"""Templates and answers: every page is made here, and everything in it is escaped by the template engine."""

from __future__ import annotations

import time
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

import evalkit

if TYPE_CHECKING:
    import jinja2
    from starlette.requests import Request

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    from evalkit.text.quotations import parts

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("evalkit", "serve/templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["parts"] = parts
    made.globals.update(version=evalkit.__version__, ago=_ago)
    return made


def page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """A page of a template."""
    values |= {"csrf": request.scope.get("form_value", ""), "path": request.url.path}
    return HTMLResponse(_environment().get_template(f"{name}.html").render(**values), status)


def problem(request: Request, status: int, message: str) -> Response:
    """A page that says what went wrong, and how to go on; as data for whoever asks for data."""
    if wants_data(request):
        return JSONResponse({"problem": message}, status)
    return page(request, "problem", status, message=message)


def wants_data(request: Request) -> bool:
    """Whether the page's own script asks, which shows the answer itself."""
    return "application/json" in request.headers.get("accept", "")


def seen(url: str) -> Response:
    """Leads to a page after a form was taken, so that reloading it sends nothing again."""
    return RedirectResponse(url, 303)


def static(name: str) -> Response:
    """A file of our own; 404 for any other."""
    folder = files("evalkit") / "serve" / "static"
    known = {path.name: path for path in folder.iterdir() if path.is_file()}
    if name not in known:
        return Response("There is no such file.", 404, media_type="text/plain")
    kind = _TYPES.get(name[name.rfind(".") :], "application/octet-stream")
    return Response(known[name].read_bytes(), headers={"content-type": kind, "cache-control": "max-age=3600"})


@cache
def languages() -> tuple[tuple[str, str], ...]:
    """Languages to choose from, by code, with their English names: those of which evalkit knows most."""
    from babel import Locale, UnknownLocaleError

    from evalkit.language.packs import words_of

    ours = {path.name.removesuffix(".toml") for path in files("evalkit.language.packs").iterdir()}
    found = []
    for code in sorted(ours & words_of("cldr", "codes")):
        try:
            found.append((code, Locale.parse(code).english_name or code))
        except (UnknownLocaleError, ValueError):
            continue
    return tuple(sorted(found, key=lambda entry: entry[1]))


def _ago(then: float) -> str:
    """How long ago something was, in words."""
    minutes = int((time.time() - then) // 60)
    if minutes < 1:
        return "just now"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {unit}{'s' * (number > 1)} ago"
    return ""

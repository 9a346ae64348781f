"""What every handler needs of a request: the parts of the application, the job, the form."""

from __future__ import annotations

import errno
import hmac
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from evalkit.errors import EvalkitError
from evalkit.serve import pages
from evalkit.text import aside

if TYPE_CHECKING:
    from evalkit.serve.app import Parts
    from evalkit.serve.store import Job

_FULL = (errno.ENOSPC, errno.EDQUOT)
_MACHINE = (
    "A file of this application could not be read or written ({}): its disk may be full, or somebody has removed the "
    "file. What you have sent may not be saved; try again later."
)
_FILES = 40  # in one form: twelve systems, their references, a source
_PART = 16 * 1024**2  # bytes of a text that is pasted: a book has 1 MB


def parts(request: Request) -> Parts:
    """The parts of the application."""
    found: Parts = request.app.state.parts
    return found


def job(request: Request) -> Job:
    """The job of the address; 404 where there is none."""
    found = parts(request).store.get(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


def get(path: str, handler: Callable[[Request], Response]) -> Route:
    """An address that shows something."""

    async def answer(request: Request) -> Response:
        return await _careful(request, lambda: run_in_threadpool(handler, request))

    return Route(path, answer, methods=["GET"])


def post(path: str, handler: Callable[[Request, FormData], Response]) -> Route:
    """An address that takes a form: only one that this application has given to this browser."""

    async def answer(request: Request) -> Response:
        try:
            async with request.form(max_files=_FILES, max_fields=200, max_part_size=_PART) as form:
                given = str(form.get("csrf", ""))
                if not hmac.compare_digest(given.encode(), request.scope["form_value"].encode()):
                    too_old = "This form is too old. Go back, reload the page, and send it again."
                    return pages.problem(request, 403, too_old)
                return await _careful(request, lambda: run_in_threadpool(handler, request, form))
        except UnicodeError:  # a form may name any encoding of its own
            return pages.problem(request, 400, "This form is not in UTF-8.")

    return Route(path, answer, methods=["POST"])


async def _careful(request: Request, work: Callable[[], Awaitable[Response]]) -> Response:
    """What the user can put right is a page that says so."""
    try:
        return await work()
    except EvalkitError as found:
        return pages.problem(request, 400, str(found))
    except OSError as found:  # a full disk, a file that somebody has taken away: its name is no business of a visitor
        aside.say(f"evalkit: a page could not be made: {found.strerror or type(found).__name__}\n")
        return pages.problem(request, 507 if found.errno in _FULL else 500, _MACHINE.format(found.strerror or "?"))
    except HTTPException as found:
        if found.status_code != 404:
            raise
        return pages.problem(request, 404, "There is nothing at this address. It may have been deleted after a day.")

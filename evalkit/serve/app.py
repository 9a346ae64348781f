"""The application: its addresses, and what is behind each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.routing import Route

from evalkit.serve.guard import App, Guard, Sessions
from evalkit.serve.limits import Settings
from evalkit.serve.results import Results
from evalkit.serve.runner import Runner
from evalkit.serve.store import Store


class Parts(NamedTuple):
    """What the pages work with."""

    settings: Settings
    store: Store
    runner: Runner
    results: Results


def make_app(settings: Settings, store: Store) -> tuple[App, Sessions]:
    """The application behind its guard, and who may come in."""
    from evalkit.serve import job_views, link_views, list_views, review_views, sheet_views

    parts = Parts(settings, store, Runner(store, settings.limits), Results(store))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        parts.runner.start()
        yield
        parts.runner.close()

    views = (job_views, review_views, link_views, list_views, sheet_views)
    routes: list[Route] = [route for view in views for route in view.routes()]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.parts = parts
    sessions = Sessions(settings)
    return Guard(app, settings, sessions, f"evalkit_{settings.port}"), sessions

"""Starting the application: the folder it works in, the address it prints."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from evalkit.errors import ConfigError, InputError, MissingExtraError
from evalkit.records import json as jsonio
from evalkit.records.config import load
from evalkit.review import file as verdict_file
from evalkit.serve.limits import Settings
from evalkit.serve.store import Store
from evalkit.text.files import resolved

_SHORTEST = 16  # characters of a token that is given: 64 bits where each is a hexadecimal digit


def data_folder() -> Path:
    """Where texts lie by default: the user's own folder for data, no project's."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "evalkit"


def check(settings: Settings) -> None:
    """Refuses an address that others can reach without a token that they must know."""
    from evalkit.serve.guard import is_loopback

    if settings.token and len(settings.token) < _SHORTEST:
        raise ConfigError(f"--token: {len(settings.token)} characters can be guessed; give {_SHORTEST} or more")
    if not is_loopback(settings.host) and not settings.token:
        raise ConfigError(
            f"--host {settings.host}: others can reach this address; give a token that they must know, --token TEXT, "
            "and put a proxy with TLS before it (docs/serve.md)"
        )


def opened(what: str, data: Path) -> tuple[Store, str]:
    """The store, and the page to begin with: that of a result or of a project where one is given."""
    path = Path(what) if what else None
    if path is None:
        return Store(data), "/"
    if not path.is_file():
        raise InputError(f"{what}: no such file; give a result (JSON) or a configuration (TOML)")
    if path.suffix.lower() == ".toml":
        return _of_project(path, data)
    result = jsonio.read(path)
    store = Store(data, verdicts=resolved(path).parent / verdict_file.USUAL)
    kind, lang = _each(system.kind for system in result.systems), _each(system.lang for system in result.systems)
    job = store.new(title=result.name or path.name, state="done", kind=kind, lang=lang)
    jsonio.write(result, store.path(job.id) / "result.json")
    store.save(job)
    return store, f"/jobs/{job.id}"


def _of_project(path: Path, data: Path) -> tuple[Store, str]:
    """The store of a project: its lists and verdicts are those its configuration names, or lie beside it."""
    config, base = load(path)
    folder = resolved(base)
    names = folder / (config.names[0] if config.names else "names.yaml")
    terms = folder / (config.terms[0] if config.terms else "terms.yaml")
    verdicts = folder / (config.verdicts or verdict_file.USUAL)
    store = Store(data, names=names, terms=terms, verdicts=verdicts)
    known = next((job for job in store.all() if job.config == str(resolved(path)) and not job.links), None)
    job = known or store.new(title=config.name, config=str(resolved(path)), kept=True)
    kind, lang = _each(c.kind for c in config.candidate), _each(c.lang or config.language for c in config.candidate)
    store.save(replace(job, state="waiting", kind=kind, lang=lang))  # they and the texts may have changed since
    return store, f"/jobs/{job.id}"


def _each(values: Iterable[str]) -> str:
    """Each value once, in the order they come: `translation and summary`."""
    return " and ".join(dict.fromkeys(filter(None, values)))


def serve(settings: Settings, what: str = "", say: Callable[[str], None] = print) -> None:
    """Runs the application until it is interrupted. `say` gets the address, and nothing of any text.

    Raises ConfigError for an address that may not or cannot be used, MissingExtraError without the extra `web`.
    """
    check(settings)
    try:
        import python_multipart  # noqa: F401
        import uvicorn

        from evalkit.serve.app import make_app
    except ImportError as problem:
        raise MissingExtraError(str(problem.name), "web", "evalkit serve") from None
    logging.getLogger("python_multipart").addHandler(logging.NullHandler())  # it tells what a form has in it
    store, first = opened(what, settings.data)  # first: where the file is wrong, no port is taken
    listening = _listening(settings)
    app, sessions = make_app(settings, store)
    port = listening.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    token = f"enter?token={sessions.token}" if not settings.token else ""
    say(f"evalkit is at http://{host}:{port}/{token}")
    if first != "/":
        say(f"then: http://{host}:{port}{first}")
    say("Texts stay on this machine. Ctrl+C ends it.")
    log = {"log_level": "error", "access_log": False}
    server = uvicorn.Server(uvicorn.Config(app, lifespan="on", server_header=False, proxy_headers=False, **log))  # type: ignore[arg-type]
    server.run(sockets=[listening])


def _listening(settings: Settings) -> socket.socket:
    """A socket of the address; ConfigError where it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((settings.host, settings.port))
        made.listen(100)
    except (OSError, OverflowError) as problem:
        made.close()
        said = getattr(problem, "strerror", "") or str(problem)
        raise ConfigError(
            f"{settings.host}:{settings.port} cannot be listened to ({said}); choose another --port, or 0 for any"
        ) from None
    return made

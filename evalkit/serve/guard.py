"""Who gets in and what goes out: hosts, sessions, sizes, headers. It stands before every page, the static ones too."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from evalkit.serve.limits import Settings
from evalkit.text import aside

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), interest-cohort=()"),
    (b"cache-control", b"no-store"),
)
_SAFE = ("GET", "HEAD")
_TOKEN_FORM = 16 * 1024  # bytes of the form for a token, which anybody may send
_SESSIONS = 1000  # browsers let in at a time; the oldest go, so that nobody can fill the memory


class Sessions:
    """The browsers that were let in. A session is a random cookie; its forms carry a value that only they can know."""

    def __init__(self, settings: Settings) -> None:
        self._one_time = not settings.token
        self.token = settings.token or secrets.token_urlsafe(24)
        self._known: dict[str, None] = {}
        self._secret = secrets.token_bytes(32)
        self._wrong: list[float] = []
        self._guesses = settings.limits.guesses

    def enter(self, token: str) -> str:
        """A new session for the right token, empty for a wrong one. The token of the start works once."""
        if self.is_besieged or not self.token or not hmac.compare_digest(token.encode(), self.token.encode()):
            self._wrong.append(time.monotonic())
            return ""
        if self._one_time:
            self.token = ""
        session = secrets.token_urlsafe(32)
        self._known[session] = None
        while len(self._known) > _SESSIONS:
            del self._known[next(iter(self._known))]
        return session

    @property
    def is_besieged(self) -> bool:
        """Whether too many wrong tokens came in the last minute."""
        self._wrong = [at for at in self._wrong if time.monotonic() - at < 60]
        return len(self._wrong) >= self._guesses

    def knows(self, session: str) -> bool:
        """Whether a browser was let in."""
        return session in self._known

    def form_value(self, session: str) -> str:
        """What the forms of a session carry."""
        return hmac.new(self._secret, session.encode(), "sha256").hexdigest()


class Guard:
    """Lets through who may come in; answers everybody else itself, in plain text, without a word of theirs."""

    def __init__(self, app: App, settings: Settings, sessions: Sessions, cookie: str) -> None:
        self._app, self._settings, self._sessions, self._cookie = app, settings, sessions, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        if scope["path"] == "/enter":
            try:
                await self._enter(scope, receive, send)
            except _TooLargeError:
                await _answer(send, 413, "What was sent is too large for a token.")
            return
        session = _cookie_of(headers.get("cookie", ""), self._cookie)
        is_known = self._sessions.knows(session)
        if not is_known and not scope["path"].startswith("/static/"):
            await self._closed_door(scope, send)
            return
        scope["session"] = session
        scope["form_value"] = self._sessions.form_value(session)
        started = False

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": _headers(message["headers"])}
            await send(message)

        try:
            await self._app(scope, self._bounded(receive), sending)
        except _TooLargeError:
            if not started:
                await _answer(send, 413, "What was sent is too large.")
        except Exception as problem:  # its text may quote a text of the user's: the kind alone is told
            if type(problem).__name__ == "ClientDisconnect":  # starlette's, which may not be installed
                return  # the browser has gone while it sent; there is nobody to answer
            aside.say(f"evalkit: internal error: {type(problem).__name__} at {scope['path'].split('/')[1:2]}\n")
            if not started:
                await _answer(send, 500, "Something went wrong in evalkit. Nothing was changed.")

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Why a request is not looked at: the host it is meant for, where it comes from, its size."""
        if not self._is_our_name(_host(headers.get("host", ""))):
            return 400, "This address is not one this application answers to."
        if scope["method"] not in (*_SAFE, "POST"):
            return 405, "Only GET and POST are answered."
        origin = headers.get("origin", "")
        if scope["method"] == "POST" and origin and _host(origin.partition("://")[2]) != _host(headers.get("host", "")):
            return 403, "This form was sent from another site."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._settings.limits.request:
            return 413, f"What was sent is larger than {self._settings.limits.request // 1024**2} MB."
        return None

    def _is_our_name(self, host: str) -> bool:
        """Our own names; where all addresses are listened to, any address, for rebinding needs a name."""
        if host in (self._settings.host, *self._settings.names):
            return True
        if is_loopback(self._settings.host):
            return is_loopback(host)
        return _is_address(host)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The door: the address with the token that the start prints, or the form that asks for it."""
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] == "POST":
            body = await _body(self._bounded(receive, _TOKEN_FORM))
            token = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        if self._sessions.is_besieged:
            await _answer(send, 429, "Too many wrong tokens. Wait a minute.")
            return
        session = self._sessions.enter(token)
        if not session:
            await self._closed_door(scope, send)
            return
        cookie = f"{self._cookie}={session}; HttpOnly; SameSite=Lax; Path=/"
        await _answer(send, 303, "", ((b"location", b"/"), (b"set-cookie", cookie.encode())))

    async def _closed_door(self, scope: Scope, send: Send) -> None:
        if not self._settings.token or scope["path"] not in ("/", "/enter"):
            text = (
                "This evalkit is open to the browser that was let in first. Use the address printed in its terminal; "
                "it works once. For another browser start evalkit serve again."
                if not self._settings.token
                else "Enter with the token first."
            )
            await _answer(send, 401, text)
            return
        await _answer(send, 401, _DOOR, ((b"content-type", b"text/html; charset=utf-8"),))

    def _bounded(self, receive: Receive, most: int = 0) -> Receive:
        """The request's body, as long as it is no longer than it may be."""
        total, most = 0, most or self._settings.limits.request

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > most:
                raise _TooLargeError
            return message

        return bounded


class _TooLargeError(Exception):
    """More was sent than a request may hold."""


_DOOR = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>evalkit</title><link rel="stylesheet" href="/static/serve.css"><main class="door"><h1>evalkit</h1>'
    '<form method="post" action="/enter"><label for="token">Token</label>'
    '<input id="token" name="token" type="password" autocomplete="off" required autofocus>'
    "<button>Enter</button></form></main></html>"
)


async def _body(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body") or message["type"] != "http.request":
            return body


async def _answer(send: Send, status: int, text: str, more: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    headers = list(more)
    if not any(name == b"content-type" for name, _ in more):
        headers.append((b"content-type", b"text/plain; charset=utf-8"))
    body = text.encode()
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": _headers(headers)})
    await send({"type": "http.response.body", "body": body})


def _headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with those of every answer; an answer that has one of its own keeps it."""
    own = {name.lower() for name, _ in given}
    usual = (*_HEADERS, (b"content-security-policy", POLICY.encode()))
    return [*given, *((name, value) for name, value in usual if name not in own)]


def _cookie_of(header: str, name: str) -> str:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _host(header: str) -> str:
    """The host of `host:port`, in small letters, an IPv6 address without its brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.rpartition(":")[0].lower() if header.count(":") == 1 else header.lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)

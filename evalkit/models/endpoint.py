"""An endpoint that speaks OpenAI's chat completions. Standard library alone; nothing is asked but what the user named.

The key is read from the environment variable the user names and goes nowhere but into the request's header. A
redirect is refused, since it would hand texts and key to somebody else.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

from evalkit.errors import ConfigError, InputError
from evalkit.text.visible import shown

_TRIES = 5  # the first, and four more with growing waits: a busy endpoint recovers in a minute or not soon
_WAIT = 1.0  # seconds before the second try; doubled each time
_LONGEST_WAIT = 60.0  # seconds, whatever the endpoint asks for
_TIMEOUT = 300.0  # seconds of silence: a long answer of a slow model
_SLOWEST = 600.0  # seconds of one answer, whatever comes in drops
_LARGEST = 4 << 20  # bytes of an answer
_BUSY = (408, 409, 425, 429, 500, 502, 503, 504)


class Endpoint:
    """One endpoint: `url` up to and with `/v1`, `key` the name of an environment variable, or nothing."""

    def __init__(self, url: str, key: str = "", per_minute: int = 0) -> None:
        if not url.startswith(("http://", "https://")):
            raise ConfigError(f"the judge's url is {shown(url)}; it begins with http:// or https://")
        if "@" in url or "?" in url:  # it stands in results, where no password may be
            raise ConfigError(
                "the judge's url holds a name, password or query; it ends with /v1, and key=VARIABLE has the key"
            )
        self._url = url.rstrip("/") + "/chat/completions"
        self._pause = 60 / per_minute if per_minute > 0 else 0.0
        self._last = 0.0
        self._headers = {"Content-Type": "application/json"}
        if key:
            secret = os.environ.get(key, "")
            if not secret:
                raise ConfigError(f"the judge's key: the environment variable {shown(key)} is not set")
            if not (secret.isascii() and secret.isprintable()):  # the library's own message would quote it
                raise ConfigError(f"the judge's key: {shown(key)} has characters that no header can hold")
            self._headers["Authorization"] = f"Bearer {secret}"
        self._opener = urllib.request.build_opener(_NoRedirect())

    def complete(self, model: str, prompt: str) -> dict[str, Any]:
        """The answer: `content`, and what the endpoint says of itself (`answered`, `fingerprint`, `usage`)."""
        body = {"model": model, "temperature": 0, "seed": 0, "messages": [{"role": "user", "content": prompt}]}
        told = self._sent(json.dumps(body).encode())
        try:
            message = told["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise InputError(f"the judge's endpoint answers with no message: {shown(told)}") from None
        return {
            "content": _whole(message) if isinstance(message, str) else "",
            "answered": _whole(str(told.get("model", ""))),
            "fingerprint": _whole(str(told.get("system_fingerprint") or "")),
            "usage": _numbers(told.get("usage")),
        }

    def _sent(self, body: bytes) -> dict[str, Any]:
        wait, why = _WAIT, ""
        for _ in range(_TRIES):
            self._keep_pace()
            request = urllib.request.Request(self._url, body, self._headers)  # noqa: S310 - http, see __init__
            try:
                with self._opener.open(request, timeout=_TIMEOUT) as response:
                    return _decoded(response)
            except urllib.error.HTTPError as problem:
                why = f"{problem.code} {problem.reason}"
                if problem.code not in _BUSY:
                    raise InputError(f"the judge's endpoint refuses: {shown(why)} {shown(_start(problem))}") from None
                asked = problem.headers.get("Retry-After", "")
                wait = max(wait, float(asked)) if asked.isdecimal() else wait
            except (OSError, ValueError, RecursionError, http.client.HTTPException) as problem:
                why = str(problem) or type(problem).__name__
            time.sleep(min(wait, _LONGEST_WAIT))
            wait *= 2
        raise InputError(f"the judge's endpoint gave no answer in {_TRIES} tries: {shown(why)}")

    def _keep_pace(self) -> None:
        now = time.monotonic()
        time.sleep(max(0.0, self._last + self._pause - now) if self._last else 0.0)
        self._last = time.monotonic()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """None is no new request: the redirect is told as what it is."""


def _decoded(response: Any) -> dict[str, Any]:
    data, end = bytearray(), time.monotonic() + _SLOWEST
    while block := response.read1(1 << 16):
        data += block
        if len(data) > _LARGEST:
            raise ValueError(f"an answer of more than {_LARGEST >> 20} MB")
        if time.monotonic() > end:
            raise ValueError(f"an answer that is not whole after {_SLOWEST:.0f} seconds")
    if response.length:  # the library reads what there is: an answer cut off is none
        raise ValueError("an answer that ends too soon")
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("an answer that is no JSON object")
    return found


def _start(problem: urllib.error.HTTPError) -> str:
    """The start of what a refusal says."""
    try:
        return problem.read(500).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""


def _whole(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _numbers(usage: object) -> dict[str, int]:
    """What an endpoint says it counted."""
    if not isinstance(usage, dict):
        return {}
    return {_whole(str(key)): value for key, value in usage.items() if isinstance(value, int)}

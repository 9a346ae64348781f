"""The real application in a process of its own, and a browser without a window that speaks to it by HTTP."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest

PATIENCE = 600  # seconds: far more than ten evaluations take on a busy machine


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str
    data: bytes


class Client:
    """One browser: its cookie, the value its forms carry."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port, self.cookie, self.csrf = host, port, "", ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        line = http.client.HTTPConnection(self.host, self.port, timeout=60)
        sent = {"Cookie": self.cookie} if self.cookie else {}
        try:
            line.request(method, path, body or None, {**sent, **{k.replace("_", "-"): v for k, v in headers.items()}})
            answer = line.getresponse()
            data = answer.read()
        finally:
            line.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        text = data.decode("utf-8", "replace")
        if value := re.search(r'name="csrf" value="([0-9a-f]+)"', text):
            self.csrf = value[1]
        return Answer(answer.status, found, text, data)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def enter(self, address: str) -> Answer:
        parts = urlsplit(address)
        answer = self.ask("GET", f"{parts.path}?{parts.query}")
        self.cookie = answer.headers.get("set-cookie", "").partition(";")[0]
        self.get("/")
        return answer

    def post(self, path: str, fields: dict[str, str] | None = None, files: dict[str, tuple[str, bytes]] | None = None,
             **headers: str) -> Answer:  # fmt: skip
        values = {"csrf": self.csrf, **(fields or {})}
        if files is None:
            kind = "application/x-www-form-urlencoded"
            return self.ask("POST", path, urlencode(values).encode(), Content_Type=kind, **headers)
        mark = "xxBOUNDARYxx"
        body = b""
        for name, value in values.items():
            body += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, (filename, data) in files.items():
            quoted = filename.replace("\\", "\\\\").replace('"', '\\"')
            body += f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{quoted}"\r\n\r\n'.encode()
            body += data + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={mark}", **headers)

    def evaluate(self, candidate: str, reference: str = "", **fields: str) -> str:
        """The address of a job that is done."""
        given = {"candidate_text": candidate, "reference_text": reference, "lang": "en", "lists": "on", **fields}
        answer = self.post("/jobs", given)
        assert answer.status == 303, answer.text
        return self.done(answer.headers["location"])

    def done(self, path: str) -> str:
        end = time.monotonic() + PATIENCE
        while (state := json.loads(self.get(f"{path}/state").text)["state"]) not in ("done", "failed"):
            assert time.monotonic() < end, state
            time.sleep(0.1)
        return path


class Server(NamedTuple):
    process: subprocess.Popen[str]
    address: str  # with the token
    log: Path
    said: list[str]

    def client(self) -> Client:
        parts = urlsplit(self.address)
        assert parts.hostname
        assert parts.port
        return Client(parts.hostname, parts.port)

    def entered(self) -> Client:
        client = self.client()
        assert client.enter(self.address).status == 303
        return client


@contextmanager
def running(data: Path, *options: str, **environment: str) -> Iterator[Server]:
    """`evalkit serve` on any free port; it is ended at the end, if it is still there."""
    log = data.parent / "server.log"
    line = [sys.executable, "-m", "evalkit", "serve", "--port", "0", "--data", str(data), *options]
    with log.open("a+", encoding="utf-8") as file:
        start = log.stat().st_size
        process = subprocess.Popen(line, stderr=file, stdout=file, text=True, env={**os.environ, **environment})
        try:
            end = time.monotonic() + PATIENCE
            while "Ctrl+C" not in (said := log.read_text(encoding="utf-8")[start:]) and process.poll() is None:
                assert time.monotonic() < end
                time.sleep(0.05)
            address = re.search(r"http://\S+", said)
            assert address, said
            yield Server(process, address[0], log, said.splitlines())
        finally:
            process.kill()
            process.wait()


Start = Callable[..., Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for a whole module, with a token that lets in every client."""
    pytest.importorskip("starlette", reason="NOT TESTED: the extra `web` is not installed")
    with running(tmp_path_factory.mktemp("serve") / "data", "--token", TOKEN) as found:
        yield found


TOKEN = "a-token-for-tests-0123456789"


@pytest.fixture
def client(server: Server) -> Client:
    """A browser that was let in."""
    found = server.client()
    answer = found.ask(
        "POST", "/enter", urlencode({"token": TOKEN}).encode(), Content_Type="application/x-www-form-urlencoded"
    )
    found.cookie = answer.headers["set-cookie"].partition(";")[0]
    found.get("/")
    assert found.csrf
    return found

"""Who gets in: tokens, hosts, forms of other sites, sizes; what every answer says to the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.errors import ConfigError
from evalkit.serve.limits import Limits, Settings
from evalkit.serve.start import check
from tests.serve.conftest import Client, Server, running

pytestmark = pytest.mark.slow


def test_the_token_of_the_start_works_once(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        assert server.client().get("/").status == 401
        assert server.client().get("/enter?token=wrong").status == 401
        first = server.entered()
        assert first.get("/").status == 200
        assert server.client().enter(server.address).status == 401
        assert first.get("/").status == 200


def test_a_cookie_that_nobody_gave_opens_nothing(server: Server) -> None:
    client = server.client()
    for path in ("/", "/jobs/abc", "/project", "/project/verdicts", "/jobs/abc/report", "/jobs/abc/download/json"):
        client.cookie = f"evalkit_{client.port}=made-up; evalkit_8765=made-up"
        assert client.get(path).status == 401, path
    assert client.post("/jobs", {"candidate_text": "x"}).status == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "10.0.0.1", "[::2]:1"]
)
def test_another_name_is_not_answered(client: Client, host: str) -> None:
    assert client.get("/", Host=host).status == 400


def test_names_of_this_machine_are(client: Client) -> None:
    for host in (f"127.0.0.1:{client.port}", f"localhost:{client.port}", f"[::1]:{client.port}"):
        assert client.get("/", Host=host).status == 200


def test_a_form_of_another_site_is_refused(client: Client) -> None:
    text = {"candidate_text": "A text."}
    assert client.post("/jobs", {**text, "csrf": ""}).status == 403
    assert client.post("/jobs", {**text, "csrf": "0" * 64}).status == 403
    assert client.post("/jobs", text, Origin="http://evil.example").status == 403
    assert client.post("/jobs", text, Origin="null").status == 403


def test_every_form_wants_its_value(client: Client) -> None:
    job = client.evaluate("A text .")
    for path in ("verdict", "entry", "again", "version", "keep", "delete"):
        assert client.post(f"{job}/{path}", {"csrf": "x"}).status == 403, path
    for path in ("/project/lists", "/project/review"):
        assert client.post(path, {"csrf": "x"}).status == 403, path


def test_what_is_too_large_is_refused(client: Client) -> None:
    most = Limits().request
    assert client.get("/", Content_Length=str(most + 1)).status == 413
    line = client.ask("POST", "/jobs", b"", Content_Length="-1")
    assert line.status in (400, 413)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_not_answered(client: Client, method: str) -> None:
    assert client.ask(method, "/").status == 405


def test_every_answer_keeps_the_browser_in(client: Client) -> None:
    job = client.evaluate("A text .")
    for path in ("/", job, f"{job}/findings", f"{job}/report", "/project", "/nowhere", f"{job}/download/json"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


@pytest.mark.parametrize(
    "path",
    ["/jobs/..%2f..%2fetc", "/jobs/%2e%2e", "/jobs/a%00b", "/static/..%2fapp.py", "/static/app.py",
     "/jobs/a/download/exe", "/jobs/" + "a" * 5000],
)  # fmt: skip
def test_addresses_that_lead_nowhere(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status in (400, 404, 414)
    assert "Traceback" not in answer.text


def test_an_open_address_needs_a_token() -> None:
    with pytest.raises(ConfigError, match="--token"):
        check(Settings(Path(), host="0.0.0.0"))
    with pytest.raises(ConfigError, match="can be guessed"):
        check(Settings(Path(), token="short"))
    check(Settings(Path(), host="0.0.0.0", token="x" * 16))
    for host in ("127.0.0.1", "127.0.0.5", "::1", "localhost"):
        check(Settings(Path(), host=host))


def test_guessing_is_stopped(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--token", "a-long-token-of-tests") as server:
        client = server.client()
        seen = [client.get(f"/enter?token=guess{n}").status for n in range(12)]
        assert seen[0] == 401
        assert seen[-1] == 429
        assert client.get("/enter?token=a-long-token-of-tests").status == 429


def test_a_port_in_use_is_told(server: Server, tmp_path: Path) -> None:
    import subprocess
    import sys

    port = str(server.client().port)
    line = [sys.executable, "-m", "evalkit", "serve", "--port", port, "--data", str(tmp_path)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "choose another --port" in done.stderr

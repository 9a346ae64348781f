"""What an outsider tried on the application: forms, disks and files that do not behave."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import socket
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evalkit.serve.limits import Limits
from evalkit.serve.runner import Runner
from evalkit.serve.store import Job, Store
from tests.serve.conftest import Client, Server

pytest.importorskip("starlette", reason="NOT TESTED: the extra `web` is not installed")


class FullDisk(io.BytesIO):
    """An upload that cannot be copied."""

    def read(self, *_: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_upload_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    from starlette.datastructures import FormData, UploadFile

    from evalkit.serve.forms import new_job

    store = Store(tmp_path / "data")
    form = FormData([("candidate_file", UploadFile(FullDisk(), filename="a.txt"))])
    with pytest.raises(OSError, match="No space"):
        new_job(form, store)
    assert not list((tmp_path / "data" / "jobs").iterdir())


class Failing(Store):
    """A store that cannot write for the first evaluation."""

    fails = 2

    def change(self, id_: str, **values: object) -> Job | None:
        if self.fails and values.get("state") in ("running", "failed"):
            self.fails -= 1
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().change(id_, **values)


class FullLog:
    """A log on the disk that is full."""

    def write(self, *_: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    flush = fileno = write


def test_a_full_disk_ends_one_evaluation_and_not_the_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    both = threading.Event()

    def settle(_: Runner, id_: str, *_more: object) -> None:
        ran.append(id_)
        both.set()

    monkeypatch.setattr(Runner, "_settle", settle)
    monkeypatch.setattr(Runner, "_started", lambda *_: SimpleNamespace(poll=lambda: 0, stdin=None, returncode=0))
    store = Failing(tmp_path / "data")
    jobs = [store.new(title=str(number)) for number in range(2)]
    runner = Runner(store, Limits())
    for job in jobs:
        store.save(job)
        runner.submit(job)
    monkeypatch.setattr("sys.stderr", FullLog())
    monkeypatch.setattr(store, "all", list)  # what waits is not begun again
    runner.start()
    assert both.wait(60)
    runner.close()
    assert ran == [jobs[1].id]


def test_what_a_killed_form_left_goes_after_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    left, fresh = (store.path(store.new(title="").id) for _ in range(2))
    job = store.new(title="a", kept=True)
    store.save(job)
    for path in (left, fresh):
        (path / "inputs").mkdir()
    os.utime(left, (time.time() - 200_000,) * 2)
    store.sweep(24)
    assert (left.exists(), fresh.exists(), store.path(job.id).exists()) == (False, True, True)


def test_folders_of_the_user_stay_where_the_application_keeps_its_own(tmp_path: Path) -> None:
    """`--data` may name a folder in which somebody has `jobs` of his own: a folder without a job's file is not ours by
    that alone, however old."""
    theirs = [tmp_path / "jobs" / name / "inputs" for name in ("client", "2026-001_de-fr_v1", "x" * 16, "1234")]
    for path in theirs:
        path.mkdir(parents=True)
    (theirs[2].parent / "contract.docx").write_text("theirs")
    (theirs[3].parent / "job.json").write_text('{"id": "1234", "title": "another program\'s", "created": 1}')
    for path in theirs:
        os.utime(path.parent, (time.time() - 2_000_000,) * 2)
    Store(tmp_path).sweep(24)
    assert all(path.exists() for path in theirs)


def _form(client: Client, charset: str, **fields: str) -> Any:
    body = "".join(f'--B\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    return client.ask("POST", "/jobs", f"{body}--B--\r\n".encode(), Content_Type=kind)


@pytest.mark.slow
def test_a_version_without_its_reference_is_none(client: Client, server: Server) -> None:
    """Broken off on the way, by a file that has gone or a full disk, it would be evaluated without it one day."""
    jobs = server.log.parent / "data" / "jobs"
    job = client.evaluate("The house stood.\n", "The house was there.\n")
    shutil.rmtree(jobs / job.rpartition("/")[2] / "inputs" / "reference")
    before = {path.parent.name for path in jobs.glob("*/job.json")}
    answer = client.post(f"{job}/version", {"candidate_text": "The house stood there.\n"})
    assert (answer.status, "could not be read or written" in answer.text) == (500, True)
    assert {path.parent.name for path in jobs.glob("*/job.json")} == before
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_form_of_another_encoding_is_refused(client: Client) -> None:
    for charset in ("undefined", "unicode_escape"):
        assert _form(client, charset, csrf="\\ud800", candidate_text="a").status == 400, charset


@pytest.mark.slow
def test_a_file_called_as_the_standard_input_is_a_file(client: Client) -> None:
    answer = client.post("/jobs", {"lang": "en"}, {"candidate_file": ("-", b"They met met on Monday.\n")})
    job = client.done(answer.headers["location"])
    assert "<mark>met met</mark>" in client.get(f"{job}/findings").text


@pytest.mark.slow
def test_a_problem_names_the_file_and_not_where_it_lies(client: Client) -> None:
    answer = client.post("/jobs", {"lang": "en"}, {"candidate_file": ("a.docx", b"no document")})
    job = client.done(answer.headers["location"])
    text = client.get(job).text
    assert "a.docx: is no" in text
    assert not re.search(r"inputs|/candidate", text)


def _sent(client: Client, head: str, body: bytes) -> bytes:
    """What comes back to raw bytes, whatever the server does with the line."""
    with socket.create_connection((client.host, client.port), timeout=60) as line:
        host = f"Host: {client.host}:{client.port}\r\nCookie: {client.cookie}\r\n"
        with contextlib.suppress(OSError):
            line.sendall(f"{head} HTTP/1.1\r\n{host}".encode() + body)
        with contextlib.suppress(OSError):
            return line.recv(65536)
    return b""


@pytest.mark.slow
def test_a_door_takes_no_more_than_a_token(client: Client, server: Server) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    answer = _sent(client, "POST /enter", b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 4 + b"0\r\n\r\n")
    assert answer[:12] in (b"HTTP/1.1 413", b"")
    assert client.get("/").status == 200
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_browser_that_goes_while_it_sends_is_no_error(client: Client, server: Server) -> None:
    kind = b"Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 100000\r\n\r\n--B\r\n"
    before = server.log.read_text(encoding="utf-8")
    with socket.create_connection((client.host, client.port), timeout=60) as line:
        host = f"Host: {client.host}:{client.port}\r\nCookie: {client.cookie}\r\n"
        line.sendall(f"POST /jobs HTTP/1.1\r\n{host}".encode() + kind)
        assert client.get("/").status == 200  # the other one is being read
    assert client.get("/").status == 200
    client.evaluate("A text .")
    assert server.log.read_text(encoding="utf-8") == before


@pytest.mark.slow
def test_what_forty_judge_at_once_is_all_kept(client: Client) -> None:
    job = client.evaluate("".join(f"They met met on Monday {n} .\n" for n in range(40)))
    keys: list[str] = []
    for page in range(1, 9):
        keys += re.findall(r'name="key" value="([^"]+)"', client.get(f"{job}/findings?page={page}").text)
    keys = list(dict.fromkeys(keys))[:40]
    assert len(keys) == 40

    def judge(number: int) -> None:
        word = ("right", "wrong", "unsure")[number % 3]
        answer = client.post(f"{job}/verdict", {"key": keys[number], "verdict": word, "who": f"p{number}"})
        assert answer.status == 303

    threads = [threading.Thread(target=judge, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = client.get("/project/verdicts").text
    assert all(key in kept for key in keys)


def test_what_is_deleted_while_a_version_is_made_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    old, new = (store.new(title=title, references=("inputs/r.txt",)) for title in ("old", "new"))
    store.save(old)
    store.remove(old.id)
    assert not store.bring(old, new, old.references)
    Runner(store, Limits()).submit(old)  # a form of another window
    assert not list((tmp_path / "data" / "jobs").iterdir())


def test_a_version_that_cannot_be_copied_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    old, new = (store.new(title=title, references=("inputs/r.txt",)) for title in ("old", "new"))
    store.save(old)
    with pytest.raises(OSError, match="No such file"):
        store.bring(old, new, old.references)
    assert [path.name for path in (tmp_path / "data" / "jobs").iterdir()] == [old.id]


@pytest.mark.slow
def test_what_nine_do_with_a_text_that_is_deleted_leaves_nothing(client: Client, server: Server) -> None:
    before = len(server.log.read_text(encoding="utf-8"))
    forms: dict[str, dict[str, str]] = {
        "again": {}, "delete": {}, "version": {"candidate_text": "The hall.\n"}, "keep": {"keep": "yes"},
        "entry": {"entry": "hall", "list": "term"},
    }  # fmt: skip
    for _ in range(2):
        job = client.evaluate("The the hall.\n", "The hall.\n")
        client.get("/")
        told: list[int] = []

        def send(name: str, job: str = job, told: list[int] = told) -> None:
            told.append(client.post(f"{job}/{name}", forms[name]).status)

        names = (*forms, "version", "again", "version", "entry")
        threads = [threading.Thread(target=send, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(told) <= {303, 400, 404}
        assert client.get(job).status == 404
    folders = list((server.log.parent / "data" / "jobs").iterdir())
    assert [path for path in folders if not (path / "job.json").is_file()] == []
    assert server.log.read_text(encoding="utf-8")[before:] == ""

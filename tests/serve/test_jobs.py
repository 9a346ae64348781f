"""Evaluations by form alone, as a browser without JavaScript sends them; what is killed, kept and deleted."""

from __future__ import annotations

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evalkit.records.json import loads
from evalkit.serve.forms import safe_name
from evalkit.serve.limits import Limits
from evalkit.serve.runner import Runner
from evalkit.serve.store import Store
from tests.serve.conftest import Client, Server, running

pytestmark = pytest.mark.slow
SPEECH = (
    "The president of Kyrgyzstan met the delegation in Bishkek on Monday.\n"
    "They spoke about trade, water and the new railway between the two countries.\n"
    "The next meeting will be held in Tashkent in the spring of next year.\n"
)
REPORT = SPEECH.replace("Bishkek", "Biskek").replace("trade, water", "trade ,water").replace("held in", "held in in")
SECRET = "xylophone-in-the-attic"


def test_two_files_become_a_report(client: Client) -> None:
    files = {"candidate_file": ("Bericht 1.txt", REPORT.encode()), "reference_file": ("speech.html", _html(SPEECH))}
    answer = client.post("/jobs", {"lang": "en", "kind": "translation"}, files)
    assert answer.status == 303
    job = client.done(answer.headers["location"])
    page = client.get(job)
    assert "Bericht_1.txt against speech.html" in page.text
    assert "Can this be trusted?" in page.text, page.text
    assert "Check" in page.text
    findings = client.get(f"{job}/findings").text
    assert "<mark>in in</mark>" in findings
    assert "Bericht_1.txt:" in findings
    report = client.get(f"{job}/report")
    assert "← Overview" in report.text
    assert "script-src 'sha256-" in report.headers["content-security-policy"]


def _html(text: str) -> bytes:
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</body></html>".encode()


def test_every_download_is_what_it_says(client: Client) -> None:
    job = client.evaluate(REPORT, SPEECH, title="Über <b>alles</b>/..")
    result = loads(client.get(f"{job}/download/json").text)
    assert result.systems[0].findings
    starts = {"html": b"<!doctype html>", "xlsx": b"PK", "xliff": b"<?xml", "csv": b"\xef\xbb\xbf", "json": b"{"}
    for name, start in starts.items():
        answer = client.get(f"{job}/download/{name}")
        assert answer.data.lower().startswith(start.lower()), name
        disposition = answer.headers["content-disposition"]
        assert disposition.startswith("attachment; filename=")
        assert ".." not in disposition
        assert "<" not in disposition


def test_an_xliff_file_comes_back_with_marks(client: Client) -> None:
    text = (
        '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
        'source-language="de" target-language="en" datatype="plaintext"><body><trans-unit id="1"><source>Das Ende.'
        "</source><target>The the end.</target></trans-unit></body></file></xliff>"
    )
    answer = client.post("/jobs", {"lang": "en"}, {"candidate_file": ("a.xlf", text.encode())})
    job = client.done(answer.headers["location"])
    marked = client.get(f"{job}/download/xliff").text
    assert 'its:locQualityIssueType="duplication"' in marked


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"candidate_text": ""}, "Give the text to evaluate"),
        ({"candidate_text": "x", "kind": "novel"}, "Choose what the text is"),
        ({"candidate_text": "x", "lang": "english language"}, "language"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_as_it_was(client: Client, fields: dict[str, str], said: str) -> None:
    answer = client.post("/jobs", {"lang": "en", "title": "My title", **fields})
    assert answer.status == 400
    assert said in answer.text
    assert 'value="My title"' in answer.text


def test_what_cannot_be_read_is_told_and_can_be_tried_again(client: Client) -> None:
    answer = client.post("/jobs", {"lang": "en"}, {"candidate_file": ("a.docx", b"no zip")})
    job = client.done(answer.headers["location"])
    page = client.get(job).text
    assert "a.docx" in page
    assert "Try again" in page
    assert str(Path.cwd()) not in page
    assert client.post(f"{job}/again").status == 303


HOSTILE_NAMES = (
    "../../../etc/passwd", "..\\..\\x.txt", "<script>alert(1)</script>.txt", "a" * 300 + ".txt", ".htaccess", "con.txt",
    "\u202egnp.txt", 'q";x=".txt', "hub:evil/data", "-", "a\x00b.txt", "", "💥.txt", "....", "name.tar.gz",
    "-.-.txt", "--", "💥" * 80 + ".txt", "名" * 200, "\U00020000." + "x" * 400,
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_file_name_is_a_name_and_nothing_else(name: str) -> None:
    made = safe_name(name)
    assert made
    assert made not in (".", "..")
    assert not set(made) & set("/\\:<>\"'\x00\n")
    assert not made.startswith((".", "-"))
    assert len(made.encode()) <= 160
    assert Path(made).name == made


def test_hostile_names_and_texts_are_shown_and_do_nothing(client: Client) -> None:
    hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }} "quoted" </textarea> the the end.'
    files = {"candidate_file": ("<img src=x onerror=alert(1)>.txt", hostile.encode())}
    answer = client.post("/jobs", {"lang": "en", "title": "<svg onload=alert(1)>{{7*7}}"}, files)
    job = client.done(answer.headers["location"])
    for path in (job, f"{job}/findings", "/", f"{job}/report"):
        text = client.get(path).text
        assert "<script>alert(1)" not in text, path
        assert "<img src=x" not in text, path
        assert "<svg onload" not in text, path
        assert "{{7*7}}" in text or path in (f"{job}/report",), path


def test_versions_are_compared(client: Client) -> None:
    first = client.evaluate(REPORT, SPEECH)
    answer = client.post(f"{first}/version", {"candidate_text": REPORT.replace("in in", "in")}, {})
    assert answer.status == 303, answer.text
    second = client.done(answer.headers["location"])
    page = client.get(second).text
    assert "version 2" in page
    assert "Since the version before" in page
    assert "1 finding gone, 0 new" in page
    changes = client.get(f"{second}/compare?with={first.rpartition('/')[2]}")
    assert changes.status == 200
    assert "0 new, 1 fixed" in changes.text
    assert "repetition" in changes.text
    assert client.get(f"{second}/compare?with=nothing").status == 400


def test_a_plain_text_is_corrected_on_the_page_and_taken_along(client: Client) -> None:
    files = {"candidate_file": ("a.txt", REPORT.encode()), "reference_file": ("r.txt", SPEECH.encode())}
    job = client.done(client.post("/jobs", {"lang": "en"}, files).headers["location"])
    page = client.get(job).text
    assert "or correct it here" in page
    assert REPORT in page  # as it is, to be corrected
    answer = client.post(f"{job}/version", {"candidate_text": REPORT.replace("Biskek", "Bishkek <b>")}, {})
    newer = client.done(answer.headers["location"])
    assert "Bishkek &lt;b&gt;" in client.get(newer).text
    saved = client.get(f"{newer}/download/text")
    assert "Bishkek <b>" in saved.text
    assert saved.headers["content-disposition"].startswith("attachment")


def test_a_report_that_was_given_as_a_translation_is_asked_about(client: Client) -> None:
    long = SPEECH + "".join(f"Then item {n} of the agenda was put to the vote by the chair.\n" for n in range(9))
    job = client.evaluate(SPEECH, long)
    assert "It is a report" in client.get(job).text
    assert client.post(f"{job}/again", {"kind": "report"}).status == 303
    client.done(job)
    page = client.get(job).text
    assert "report, en" in page
    assert "It is a report" not in page
    assert "It is a report" not in client.get(client.evaluate(REPORT, SPEECH)).text


def test_several_texts_are_ranked(client: Client) -> None:
    numbers = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    good = "".join(f"The {word} delegates of group {word} spoke about the {word} rivers.\n" for word in numbers)
    bad = good.replace("spoke about", "did talk of of").replace("delegates", "people")
    mark = "xxB"
    parts = [("candidate_file", "a.txt", good), ("candidate_file", "b.txt", bad), ("reference_file", "r.txt", good)]
    data = b"".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"; filename="{f}"\r\n\r\n{t}\r\n'.encode()
        for n, f, t in parts
    )
    data += f'--{mark}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{client.csrf}\r\n--{mark}--\r\n'.encode()
    answer = client.ask("POST", "/jobs", data, Content_Type=f"multipart/form-data; boundary={mark}")
    job = client.done(answer.headers["location"])
    page = client.get(job).text
    assert "Which is better?" in page, page
    assert "<b>1.</b> a</span>" in page
    assert "<b>2.</b> b</span>" in page


def test_delete_takes_texts_and_result_at_once(server: Server, client: Client) -> None:
    job = client.evaluate(f"The the {SECRET} .")
    folder = server.log.parent / "data" / "jobs" / job.rpartition("/")[2]
    assert folder.is_dir()
    assert client.post(f"{job}/delete").status == 303
    assert not folder.exists()
    assert client.get(job).status == 404


def test_nothing_of_a_text_is_in_any_log(server: Server, client: Client) -> None:
    job = client.evaluate(f"The the {SECRET} .", title=SECRET)
    client.post(f"{job}/verdict", {"key": "nonsense", "note": SECRET})
    client.post("/project/lists", {"names": f"names: [{SECRET}", "terms": ""})
    client.get(f"/jobs/{SECRET}")
    assert SECRET not in server.log.read_text(encoding="utf-8")


def test_a_server_that_is_killed_loses_nothing_that_was_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(data) as server:
        client = server.entered()
        job = client.evaluate(REPORT, SPEECH)
        key = json.loads(_first_key(client, job))
        assert client.post(f"{job}/verdict", {"key": key, "verdict": "wrong", "note": "it is so"}).status == 303
        client.post(f"{job}/keep", {"keep": "yes", "title": "Kept"})
        answer = client.post("/jobs", {"candidate_text": SPEECH * 200, "reference_text": SPEECH * 200, "lang": "en"})
        cut_off = answer.headers["location"]
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    with running(data) as server:
        client = server.entered()
        assert "Kept" in client.get("/").text
        page = client.get(f"{job}/findings").text
        assert "it is so" in page
        assert client.get(client.done(cut_off)).status == 200  # what was cut off is begun again
        assert "wrong" in (data / "verdicts.tsv").read_text(encoding="utf-8")


def _first_key(client: Client, job: str) -> str:
    import re

    found = re.search(r'name="key" value="([^"]+)"', client.get(f"{job}/findings").text)
    assert found
    return json.dumps(found[1])


def test_a_job_that_is_killed_is_a_failure_told_and_the_next_one_runs(server: Server, client: Client) -> None:
    answer = client.post("/jobs", {"candidate_text": SPEECH * 400, "reference_text": SPEECH * 400, "lang": "en"})
    path = answer.headers["location"]
    id_ = path.rpartition("/")[2]
    end = time.monotonic() + 60
    killed = False
    while not killed and time.monotonic() < end:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = process.read_bytes()
            except OSError:
                continue
            if b"evalkit.serve.worker" in line and id_.encode() in line:
                os.kill(int(process.parent.name), signal.SIGKILL)
                killed = True
        time.sleep(0.02)
    assert killed
    client.done(path)
    assert "The evaluation ended before it was done" in client.get(path).text
    assert client.get(client.evaluate(REPORT)).status == 200


def test_time_and_memory_are_bounded(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    for limits, said in ((Limits(seconds=0), "longer than 0 seconds"), (Limits(memory=64 * 1024**2), "memory")):
        runner = Runner(store, limits)
        runner.start()
        job = store.new(title="x", candidates=("inputs/candidate/a.txt",))
        path = store.path(job.id) / "inputs" / "candidate"
        path.mkdir(parents=True)
        (path / "a.txt").write_text(SPEECH, encoding="utf-8")
        store.save(job)
        runner.submit(job)
        end = time.monotonic() + 60
        while (found := store.get(job.id)) and found.state not in ("failed", "done") and time.monotonic() < end:
            time.sleep(0.05)
        runner.close()
        assert found
        assert (found.state, said in found.problem) == ("failed", True), found.problem


def test_ten_people_at_once(server: Server, client: Client) -> None:
    def one(number: int) -> str:
        mine = Client(client.host, client.port)
        mine.cookie, mine.csrf = client.cookie, client.csrf
        job = mine.evaluate(REPORT.replace("Monday", f"Monday {number}"), SPEECH, title=f"Number {number}")
        assert f"Number {number}" in mine.get(job).text
        return job

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(one, range(10)))) == 10


def test_the_queue_is_bounded(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    runner = Runner(store, Limits(waiting=2))  # not started: everything waits
    for number in range(2):
        assert not runner.is_full
        job = store.new(title=str(number))
        store.save(job)
        runner.submit(job)
    assert runner.is_full


def test_what_nobody_keeps_goes_after_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    old, kept, new = store.new(title="old"), store.new(title="kept", kept=True), store.new(title="new")
    for job in (old, kept, new):
        store.save(job)
    store.change(old.id, created=old.created - 25 * 3600)
    store.change(kept.id, created=kept.created - 25 * 3600)
    assert store.sweep(24) == [old.id]
    assert {job.title for job in store.all()} == {"kept", "new"}
    assert not store.path(old.id).exists()

"""The whole way of a lead in a real browser: a scorecard, a sheet to a vendor and back, pass or fail; hostile texts."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evalkit.records.json import loads
from evalkit.records.result import Result
from evalkit.records.verdict_keys import keys_of
from tests.renderers.browser import chromium
from tests.review.test_exchange import fill_xlf, fill_xlsx
from tests.serve.conftest import Server, running
from tests.serve.test_browser import serious, visited

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = ("river", "bridge", "market", "school", "harbour", "garden", "theatre", "station", "museum", "library")
REFERENCE = "".join(f"The delegation visited the {word} of the city in the morning.\n" for word in WORDS)
TEXT = REFERENCE.replace("visited the", "visited the the")
PROJECT = """name = "Visits"
verdicts = "verdicts.tsv"
metrics = ["chrf"]
[[reference]]
path = "reference.txt"
[[candidate]]
path = "text.txt"
[scorecard]
threshold = 97
error = 1
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


def _saved(page: Any, link: str, path: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    download.value.save_as(path)
    return path


def _repetitions(result: Result) -> list[str]:
    system = result.systems[0]
    keys = keys_of(system)
    return [keys[finding.id] for finding in system.findings if finding.rule == "repetition"]


def _take_in(page: Any, path: Path, who: str) -> None:
    page.set_input_files("#sheet", path)
    page.fill("#who", who)
    page.get_by_role("button", name="Take in").click()
    page.wait_for_selector(".sheet")


def test_the_whole_way_of_a_lead(browser: Any, tmp_path: Path) -> None:
    for name, text in (("reference.txt", REFERENCE), ("text.txt", TEXT), ("evalkit.toml", PROJECT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    config, data = str(tmp_path / "evalkit.toml"), tmp_path / "data"
    with running(data, config) as server, visited(browser, server) as page:
        page.goto(_job(server))
        page.wait_for_selector(".sheet")
        assert "Pass" in page.inner_text(".sheet")
        assert "Not final" in page.inner_text(".sheet")
        result = loads(_saved(page, "Result (JSON)", tmp_path / "r.json").read_text(encoding="utf-8"))
        errors = _repetitions(result)
        assert len(errors) == len(WORDS)
        sheet = _saved(page, "Workbook to review (XLSX)", tmp_path / "review.xlsx")
        fill_xlsx(sheet, dict.fromkeys(errors[:6], ("right", "twice")))
        _take_in(page, sheet, "vendor")
        said = page.inner_text(".sheet")
        assert "Fail: the score" in said, said
        assert "By those judged, the score of all will be" in said
        assert "±" in said
        page.get_by_text("The arithmetic").click()
        assert page.locator(".sheet tbody tr").count() >= 1
        assert serious(page) == []
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    with running(data, config) as server, visited(browser, server) as page:  # nothing judged is lost
        page.goto(_job(server))
        page.wait_for_selector(".sheet")
        assert "Fail: the score" in page.inner_text(".sheet")
        file = _saved(page, "XLIFF", tmp_path / "review.xlf")
        fill_xlf(file, dict.fromkeys(errors[6:], ("wrong", "a refrain")))
        _take_in(page, file, "second")
        page.goto(f"{page.url.partition('/jobs/')[0]}/project")
        assert "repetition" in page.inner_text("main")
    assert (tmp_path / "verdicts.tsv").read_text(encoding="utf-8").count("\tvendor\t") == 6


def _job(server: Server) -> str:
    return next(line.partition("then: ")[2] for line in server.said if "then: " in line)


HOSTILE = '<img src=x onerror=alert(1)>"><script>alert(2)</script>{{1234*3}} javascript:alert(3)'


def test_hostile_names_and_texts_are_inert(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / '"><img src=x onerror=alert(1)>.txt'
    path.write_text(f"{HOSTILE} the the end .\n" * 3, encoding="utf-8")
    with running(tmp_path / "data") as server, visited(browser, server) as page:
        page.set_input_files("#candidate_file", path)
        page.fill("#reference_text", f"{HOSTILE} the end.\n" * 3)
        page.get_by_role("button", name="Evaluate").click()
        page.wait_for_selector(".verdict")
        job = page.url
        for place in ("", "/findings", "/links", "/report"):
            page.goto(job + place)
            assert page.locator("img[src=x], main script, article script").count() == 0
            assert "3702" not in page.inner_text("body")

"""Links corrected in the browser: steps on a draft, the evaluation that follows, and what is refused."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from evalkit.records.config import load
from evalkit.run.pipeline import evaluate
from evalkit.serve.forms import FormError
from evalkit.serve.links import Part, Row, changed, parts_of, read, rows_of, table, why_not, written
from tests.results import small_result
from tests.serve.conftest import Client, running

ROWS = (Row((0,), (0,)), Row((1, 2), (1, 2)), Row((3,), ()))


@pytest.mark.parametrize(
    ("op", "draft", "at"),
    [
        ("join:0", "0,1,2:0,1,2;3:", 0),
        ("join:2", "0:0;1,2:1,2;3:", 2),
        ("split:1", "0:0;1:1;2:2;3:", 1),
        ("split:0", "0:;:0;1,2:1,2;3:", 0),
        ("move:c:1:0", "0,1:0;2:1,2;3:", 0),
        ("move:r:2:2", "0:0;1,2:1;3:2", 2),
        ("move:c:3:1", "0:0;1,2,3:1,2", 1),
        ("move:c:0:99", ":0;1,2:1,2;0,3:", 2),
    ],
)
def test_a_step(op: str, draft: str, at: int) -> None:
    rows, place = changed(ROWS, op)
    assert (written(rows), place) == (draft, at)


@pytest.mark.parametrize("op", ["", "join", "move:x:1:1", "drop:1", "join:-1", "join:" + "9" * 40])
def test_a_step_that_is_none(op: str) -> None:
    with pytest.raises(FormError):
        changed(ROWS, op)


TEXT = "The president spoke in Bishkek on Monday. He thanked the host for the warm meeting.\n"
REFERENCE = "On Monday the president spoke in Bishkek. The host was thanked by him for the warm meeting.\n"


@pytest.mark.slow
def test_scores_follow_corrected_links(client: Client) -> None:
    job = client.evaluate(TEXT, REFERENCE)
    page = client.get(f"{job}/links").text
    draft = re.search(r'name="draft" value="([^"]+)"', page)
    assert draft
    assert draft[1] == "0:0;1:1"
    page = client.post(f"{job}/links", {"draft": draft[1], "op": "join:0", "steps": "0"}).text
    joined = re.search(r'name="draft" value="([^"]+)"', page)
    assert joined, page
    assert joined[1] == "0,1:0,1"
    assert "1 step, not evaluated yet." in page
    answer = client.post(f"{job}/links", {"draft": joined[1], "op": "evaluate"})
    newer = client.done(answer.headers["location"])
    page = client.get(newer).text
    assert "Since the version before" in page
    assert "version 2" in page
    kept = re.search(r'name="draft" value="([^"]+)"', client.get(f"{newer}/links").text)
    assert kept
    assert kept[1] == "0,1:0,1"


@pytest.mark.slow
@pytest.mark.parametrize("draft", ["0:0", "0:0;1:1;1:", "0:0;1:9", "<b>", "0:0;" + "1" * 90 + ":1", ""])
def test_a_draft_of_other_texts_is_refused(client: Client, draft: str) -> None:
    job = client.evaluate(TEXT, REFERENCE)
    assert client.post(f"{job}/links", {"draft": draft, "op": "evaluate"}).status == 400


@pytest.mark.slow
def test_without_a_reference_there_are_no_links(client: Client) -> None:
    page = client.get(f"{client.evaluate(TEXT)}/links").text
    assert "Links can be corrected on this page where" in page
    assert "evalkit align" in page
    assert "--alignment" in page


def test_what_cannot_be_corrected_here_says_what_to_do_instead() -> None:
    said = why_not(replace(small_result(), references=()), Part())
    assert "`evalkit align TEXT -r REFERENCE -f tsv" in said
    assert "--alignment links.tsv" in said
    assert why_not(small_result(), Part(9, "x"))


def test_of_several_systems_the_others_stay_as_they_are() -> None:
    result = small_result()
    first, second = parts_of(result)[:2]
    rows, _ = changed(rows_of(result, second), "join:0")
    before, after = (table(rows_of(result, second), result, second), table(rows, result, second))
    names = [result.systems[part.system].name for part in (first, second)]
    for name, same in zip(names, (True, False), strict=True):
        own = [[line for line in made.splitlines() if line.startswith(f"{name}\t")] for made in (before, after)]
        assert (own[0] == own[1]) is same
    assert read(written(rows), result, second) == rows


PROJECT = """name = "Two texts"
[[reference]]
path = "r.txt"
[[candidate]]
path = "a.txt"
[[candidate]]
path = "b.txt"
"""


@pytest.mark.slow
def test_the_links_of_a_project_are_corrected_saved_and_compared(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REFERENCE, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT.replace("warm", "long"), encoding="utf-8")
    (tmp_path / "evalkit.toml").write_text(PROJECT, encoding="utf-8")
    data = tmp_path / "data"
    with running(data, str(tmp_path / "evalkit.toml")) as server:
        client = server.entered()
        job = "/jobs/" + next(line for line in server.said if "then: " in line).rpartition("/")[2]
        client.done(job)
        page = client.get(f"{job}/links?part=1").text
        assert '<option value="1" selected' in page
        draft = re.search(r'name="draft" value="([^"]+)"', page)
        assert draft
        page = client.post(f"{job}/links", {"draft": draft[1], "part": "1", "op": "join:0"}).text
        joined = re.search(r'name="draft" value="([^"]+)"', page)
        assert joined, page
        answer = client.post(f"{job}/links", {"draft": joined[1], "part": "1", "op": "evaluate"})
        newer = client.done(answer.headers["location"])
        assert "Since the version before" in client.get(newer).text, client.get(newer).text
        assert f'value="{joined[1]}"' in client.get(f"{newer}/links?part=1").text
        assert f'value="{draft[1]}"' in client.get(f"{newer}/links?part=0").text
        assert client.get(f"{newer}/compare?with={job.rpartition('/')[2]}").status == 200
        links = client.get(f"{newer}/links.tsv")
        assert (links.status, links.data.count(b"\n")) == (200, 4)  # head, two rows of a, one of b
        assert client.get(f"{job}/links.tsv").status == 400
    with running(data, str(tmp_path / "evalkit.toml")) as server:  # opened again: both versions are there
        client = server.entered()
        assert "Two texts, version 2" in client.get("/").text
        assert f'value="{joined[1]}"' in client.get(f"{newer}/links?part=1").text
        (tmp_path / "b.txt").write_text(TEXT.replace("warm", "new"), encoding="utf-8")
        client.post(f"{newer}/again")
        client.done(newer)
        said = client.get(newer).text
        assert "has changed since" in said
        assert str(data) not in said
    (tmp_path / "links.tsv").write_bytes(links.data)  # as the page says: beside the configuration
    (tmp_path / "b.txt").write_text(TEXT.replace("warm", "long"), encoding="utf-8")
    align = 'align = { name = "file", path = "links.tsv" }\n'
    (tmp_path / "evalkit.toml").write_text(align + PROJECT, encoding="utf-8")
    config, base = load(str(tmp_path / "evalkit.toml"))
    with contextlib.chdir(tmp_path):
        result = evaluate(config, folder=base)
    assert [len(system.units) for system in result.systems] == [2, 1]

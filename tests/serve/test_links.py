"""Links corrected in the browser: steps on a draft, the evaluation that follows, and what is refused."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from evalkit.serve.forms import FormError
from evalkit.serve.links import Row, changed, why_not, written
from tests.results import small_result
from tests.serve.conftest import Client

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
    assert joined
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
    result = small_result()
    several = replace(result, systems=(result.systems[0], replace(result.systems[0], name="other")))
    for said in (why_not(several), why_not(replace(result, references=()))):
        assert "`evalkit align TEXT -r REFERENCE -f tsv" in said
        assert "--alignment links.tsv" in said

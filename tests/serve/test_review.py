"""Judging in the browser without a browser: verdicts, notes, names and terms, lists and sheets; scores follow."""

from __future__ import annotations

import html
import json
import re

import pytest

from evalkit.review import exchange
from tests.review.test_exchange import fill_csv
from tests.serve.conftest import Client, Server, running

pytestmark = pytest.mark.slow
TEXT = "The president spoke in Biskek on on Monday .\nHe thanked the the host for the meeting in Biskek.\n"
REFERENCE = "The president spoke in Bishkek on Monday.\nHe thanked the host for the meeting in Bishkek.\n"


def keys(client: Client, job: str, query: str = "") -> dict[str, str]:
    """The keys on a page of findings, by rule."""
    page = client.get(f"{job}/findings{query}").text
    return {
        rule: key
        for key, rule in re.findall(
            r'name="key" value="([^"]+)"><input type="hidden" name="rule" value="([^"]+)"', page
        )
    }


def penalty(client: Client, job: str) -> float:
    found = re.search(r'data-penalty="0">([\d.]+)<', client.get(f"{job}/findings").text)
    assert found
    return float(found[1])


def test_a_verdict_is_kept_shown_and_taken_back_and_the_penalty_follows(client: Client) -> None:
    job = client.evaluate(TEXT, REFERENCE)
    before = penalty(client, job)
    key = keys(client, job)["repetition"]
    said = {
        "key": key,
        "verdict": "wrong",
        "rule": "repetition",
        "text": "on on",
        "note": "a <b>note</b>",
        "anchor": "s0-f1",
    }
    answer = client.post(f"{job}/verdict", said, Referer="http://127.0.0.1/jobs/x/findings?state=open")
    assert answer.headers["location"] == f"{job}/findings?state=open#s0-f1"
    page = client.get(f"{job}/findings").text
    assert "a &lt;b&gt;note&lt;/b&gt;" in page
    assert '<b data-count="wrong">1</b>' in page
    assert penalty(client, job) < before
    report = client.get(f"{job}/report").text
    assert "Judged by people" in report
    answer = client.post(f"{job}/verdict", {**said, "verdict": "open"}, Accept="application/json")
    assert json.loads(answer.text)["verdict"] == ""
    assert penalty(client, job) == before


@pytest.mark.parametrize("fields", [{"key": "../../x", "verdict": "right"}, {"verdict": "maybe"}, {}])
def test_a_verdict_that_is_none_is_refused(client: Client, fields: dict[str, str]) -> None:
    job = client.evaluate(TEXT)
    given = {"key": "0123456789abcdef-1", **fields} if fields.get("verdict") == "maybe" else fields
    answer = client.post(f"{job}/verdict", given, Accept="application/json")
    assert answer.status == 400
    assert json.loads(answer.text)["problem"]


def test_the_way_back_never_leaves_the_application(client: Client) -> None:
    job = client.evaluate(TEXT)
    key = next(iter(keys(client, job).values()))
    answer = client.post(f"{job}/verdict", {"key": key, "verdict": "right", "anchor": "x\r\nLocation: http://evil"},
                         Referer="http://evil.example/?a=b")  # fmt: skip
    assert answer.headers["location"].startswith(f"{job}/findings")
    client.post(f"{job}/verdict", {"key": key, "verdict": "open"})


def test_a_verdict_holds_in_the_next_version_of_the_text(client: Client) -> None:
    job = client.evaluate(TEXT, REFERENCE)
    client.post(f"{job}/verdict", {"key": keys(client, job)["whitespace"], "verdict": "wrong", "rule": "whitespace"})
    later = client.evaluate("A new first line of the text.\n" + TEXT, REFERENCE)
    page = client.get(f"{later}/findings?rule=whitespace").text
    assert 'class="finding wrong"' in page
    assert "judged wrong" in client.get(later).text


def test_a_name_that_is_added_is_found_everywhere_at_once(client: Client) -> None:
    job = client.evaluate(TEXT)
    assert "name-mistransliterated" not in keys(client, job)
    answer = client.post(
        f"{job}/entry", {"list": "name", "entry": "Bishkek", "form": "", "role": "accept", "kind": "place"}
    )
    assert answer.headers["location"] == f"{job}?to=findings"
    client.done(job)
    assert "name-mistransliterated" in keys(client, job)
    assert "Bishkek" in client.get("/project").text
    answer = client.post(f"{job}/entry", {"list": "name", "entry": "Bishkek", "form": "Biskek", "role": "accept"})
    client.done(job)
    assert "name-mistransliterated" not in keys(client, job)


def test_a_term_that_is_added_is_checked(client: Client) -> None:
    job = client.evaluate("They build a common destiny.\n")
    client.post(f"{job}/entry", {"list": "term", "entry": "shared future", "form": "common destiny", "role": "reject"})
    client.done(job)
    assert "term-forbidden" in keys(client, job)


def test_an_entry_that_contradicts_the_list_is_refused_and_the_list_stays(server: Server, client: Client) -> None:
    job = client.evaluate(TEXT)
    client.post(
        f"{job}/entry", {"list": "name", "entry": "Almaty", "form": "Almata", "role": "accept", "kind": "place"}
    )
    before = (server.log.parent / "data" / "names.yaml").read_bytes()
    client.done(job)
    answer = client.post(f"{job}/entry", {"list": "name", "entry": "Almaty", "form": "Almata", "role": "reject"})
    assert answer.status == 400
    assert (server.log.parent / "data" / "names.yaml").read_bytes() == before


def test_lists_are_edited_and_a_list_with_an_error_comes_back(client: Client) -> None:
    page = client.get("/project").text
    names = re.search(r'<textarea id="names"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert names
    bad = client.post("/project/lists", {"names": "names:\n  - {nam: X}\n", "terms": ""})
    assert bad.status == 400
    assert "nam" in bad.text
    assert "/evalkit-" not in bad.text
    seen = dict(re.findall(r'name="(\w+_seen)" value="(\w*)"', page))
    given = {"names": "names:\n  - name: Osh\n    kind: place\n", "terms": "terms:\n"}
    assert client.post("/project/lists", {**given, **seen}).status == 200
    assert "Osh" in client.get("/project").text
    assert "Osh" in client.get("/project/names.yaml").text
    assert client.get("/project/other.yaml").status == 400


def test_of_two_windows_the_second_takes_nothing_from_the_first(server: Server, client: Client) -> None:
    """Nor from who has changed a list's file meanwhile; what was not changed keeps its bytes."""
    data = server.log.parent / "data"
    mine = "\ufeff# mine\r\nnames:\r\n  - name: Osh\r\n    kind: place\r\n".encode()
    (data / "names.yaml").write_bytes(mine)
    (data / "terms.yaml").write_bytes(b"# only what I mean to add\n")
    page = client.get("/project").text
    seen = dict(re.findall(r'name="(\w+_seen)" value="(\w*)"', page))
    texts = {
        name: html.unescape(text)
        for name, text in re.findall(r'<textarea id="(names|terms)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    }
    assert client.post("/project/lists", {**seen, **texts}).status == 200
    assert (data / "names.yaml").read_bytes() == mine
    assert (data / "terms.yaml").read_bytes() == b"# only what I mean to add\n"
    naryn, talas = (f"  - name: {name}\n    kind: place\n" for name in ("Naryn", "Talas"))
    assert client.post("/project/lists", {**seen, **texts, "names": texts["names"] + naryn}).status == 200
    kept = mine + naryn.replace("\n", "\r\n").encode()
    assert (data / "names.yaml").read_bytes() == kept
    second = {**seen, **texts, "names": texts["names"] + talas}
    for _ in range(2):  # sending it once more does not help either
        refused = client.post("/project/lists", second)
        assert (refused.status, "changed since this page was made" in refused.text) == (400, True)
        assert "Talas" in refused.text
        second |= dict(re.findall(r'name="(\w+_seen)" value="(\w*)"', refused.text))
    assert (data / "names.yaml").read_bytes() == kept


def test_a_reviewed_sheet_comes_in_and_says_how_good_the_rules_are(client: Client, tmp_path) -> None:  # type: ignore[no-untyped-def]
    job = client.evaluate(TEXT, REFERENCE)
    path = tmp_path / "review.csv"
    path.write_bytes(client.get(f"{job}/download/csv").data)
    fill_csv(path, dict.fromkeys(keys(client, job).values(), ("right", "")))
    answer = client.post("/project/review", {"who": "anna"}, {"sheet": ("review.csv", path.read_bytes())})
    assert "verdicts taken in" in answer.text
    page = client.get("/project").text
    assert "repetition" in page
    assert "anna" in client.get("/project/verdicts").text
    assert exchange.FORMATS
    wrong = client.post("/project/review", {}, {"sheet": ("x.csv", b"a,b\n1,2\n")})
    assert wrong.status == 400
    assert "/evalkit-" not in wrong.text


def test_errors_that_people_have_marked_come_in_on_the_overview(client: Client, tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = TEXT.replace("Monday", "Tuesday")
    job = client.evaluate(text, REFERENCE)
    target = next(line for line in text.splitlines() if "on on" in line)
    head = "system\tdoc\tseg_id\trater\tsource\ttarget\tcategory\tseverity"
    rows = [f"theirs\td\t1\tbert\t\t{target.replace('on on', '<v>on on</v>')}\tFluency/Grammar\tMajor"]
    table = "\n".join((head, *rows)).encode()
    assert client.post(f"{job}/review", {}, {"sheet": ("mqm.tsv", table)}).status == 303
    page = client.get(job).text
    assert "Errors marked by people" in page
    assert "1 serious and 0 minor in 1 segment:" in page
    assert "bert" in client.get("/project/verdicts").text
    assert "Errors marked by people" in client.get(f"{job}/report").text
    for name, data in (("mqm.tsv", b"a\tb\n"), ("x.json", b"{"), ("other.tsv", table.replace(b"The president", b"A"))):
        wrong = client.post(f"{job}/review", {}, {"sheet": (name, data)})
        assert wrong.status == 400
        assert "/ratings" not in wrong.text
    of_another = table.replace(b"\tbert\t", b"\tanna\t")
    wrong = client.post(f"{job}/review", {}, {"sheet": ("mqm.tsv", of_another)})
    assert (wrong.status, "by bert" in html.unescape(wrong.text).replace("'", "")) == (400, True)
    assert "1 serious and 0 minor in 1 segment:" in client.get(job).text  # what was there before is there still
    assert client.post(f"{job}/review", {}, {"sheet": ("mqm.tsv", table)}).status == 303
    assert client.post(f"{job}/review", {}, {"sheet": ("anna.tsv", of_another)}).status == 303
    assert "anna" in client.get("/project/verdicts").text
    assert client.post("/project/review", {}, {"sheet": ("mqm.tsv", table)}).status == 400


def test_findings_are_chosen_and_paged(client: Client) -> None:
    job = client.evaluate("The the end of number .\n\n".join(str(n) for n in range(40)))
    first = client.get(f"{job}/findings").text
    assert "1 of" in first
    assert first.count("<article") == 20
    assert client.get(f"{job}/findings?page=2").text.count("<article")
    for page in ("0", "-1", "99999999999", "x", "２"):
        assert client.get(f"{job}/findings?page={page.encode().hex() if not page.isascii() else page}").status == 200
    rule = next(iter(keys(client, job)))
    only = client.get(f"{job}/findings?rule={rule}").text
    assert set(re.findall(r'name="rule" value="([^"]+)"', only)) == {rule}
    assert "No findings here." in client.get(f"{job}/findings?rule=no-such-rule").text


def test_a_project_with_a_scorecard_follows_each_verdict(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text("He said it. The the end of the story.\n", encoding="utf-8")
    config = 'name = "Story"\nverdicts = "v.tsv"\n[[candidate]]\npath = "a.txt"\n[scorecard]\nthreshold = 99\n'
    (tmp_path / "evalkit.toml").write_text(config, encoding="utf-8")
    with running(tmp_path / "data", str(tmp_path / "evalkit.toml")) as server:
        client = server.entered()
        job = next(line.partition("then: ")[2] for line in server.said if "then: " in line)
        path = "/jobs/" + job.rpartition("/")[2]
        client.done(path)
        assert "<b>Pass</b>" in client.get(path).text
        said = {"key": keys(client, path)["repetition"], "verdict": "right", "rule": "repetition"}
        assert client.post(f"{path}/verdict", said).status == 303
        assert "<b>Fail</b>: the score" in client.get(path).text
    assert "repetition" in (tmp_path / "v.tsv").read_text(encoding="utf-8")
    assert not (tmp_path / "names.yaml").exists()


def test_what_of_a_sheet_is_not_taken_in_is_said(client: Client, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A comment without a verdict; and of a verdict that stood in the sheet nothing is made another person's."""
    job = client.evaluate(TEXT, REFERENCE)
    found = keys(client, job)
    client.post(f"{job}/verdict", {"key": found["repetition"], "who": "carla", "verdict": "right", "note": "twice"})
    path = tmp_path / "review.csv"
    path.write_bytes(client.get(f"{job}/download/csv").data)
    untouched = path.read_bytes()
    fill_csv(path, {found["whitespace"]: ("", "what is this?")})
    for where in ("/project/review", f"{job}/review"):
        answer = client.post(where, {"who": "dora"}, {"sheet": ("review.csv", untouched)})
        page = client.get(answer.headers["location"]) if answer.status == 303 else answer
        assert "0 verdicts taken in." in page.text
        assert "comments without a verdict" not in page.text
        answer = client.post(where, {"who": "dora"}, {"sheet": ("review.csv", path.read_bytes())})
        page = client.get(answer.headers["location"]) if answer.status == 303 else answer
        assert "comments without a verdict" in page.text
    assert "dora" not in client.get("/project/verdicts").text
    client.post(f"{job}/verdict", {"key": found["repetition"], "who": "carla", "verdict": "open"})
    other = client.get(f"{job}?verdicts=<b>&left=x&again=-1&doubtful=1e9&who=<i>x")
    assert "<i>x" not in other.text

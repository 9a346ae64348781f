"""Ratings of people: Google's MQM tables and Pearmut's annotations as verdicts and as human MQM; damage told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import json as jsonio
from evalkit.records.human import Rating
from evalkit.records.result import Result, SystemRecord, UnitRecord
from evalkit.records.scorecard import ScorecardConfig
from evalkit.records.verdict_keys import in_system, keys_of, of_all
from evalkit.records.verdicts import Verdict
from evalkit.renderers.pearmut import pearmut_index
from evalkit.review import exchange, file, pearmut, ratings
from evalkit.review.apply import applied
from evalkit.review.figures import agreement, of_rules
from evalkit.review.human import human_of, verdicts_of
from evalkit.review.scorecard import of_ratings
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.results import small_result

HEAD = "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity"


def parts(number: int = 0) -> tuple[SystemRecord, Any, UnitRecord, int]:
    """The first system, a finding in its candidate, its unit, and where in the unit's text it stands."""
    system = small_result().systems[0]
    finding = [f for f in system.findings if f.side == "candidate" and f.text][number]
    unit = next(u for u in system.units if u.id == finding.unit)
    assert unit.candidate
    return system, finding, unit, unit.candidate.text.index(finding.text)


def row(rater: str, target: str, category: str = "Accuracy/Mistranslation", severity: str = "Major",
        system: str = "", segment: str = "7") -> str:  # fmt: skip
    return "\t".join((system or parts()[0].name, "d", "1", segment, rater, "", target, category, severity))


def marked(rater: str = "anna", **more: str) -> str:
    """The row of a person who marks just what the finding marks."""
    _, finding, unit, at = parts()
    text = unit.candidate.text if unit.candidate else ""
    return row(rater, f"{text[:at]}<v>{finding.text}</v>{text[at + len(finding.text) :]}", **more)


def clean(rater: str) -> str:
    unit = parts()[2]
    return row(rater, unit.candidate.text if unit.candidate else "", "No-error", "No-error")


def read(tmp_path: Path, *rows: str) -> tuple[Rating, ...]:
    path = tmp_path / "mqm.tsv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return ratings.read(path)


def said(result: Result, given: tuple[Rating, ...], **options: Any) -> dict[tuple[str, str], Verdict]:
    return {(v.text, v.who): v for v in verdicts_of(result, given, **options)}


def test_a_finding_at_a_place_that_a_person_has_marked_is_right(tmp_path: Path) -> None:
    finding = parts()[1]
    found = said(small_result(), read(tmp_path, marked(), clean("bert")))
    assert {key: v.verdict for key, v in found.items()} == {(finding.text, "anna"): "right"}
    assert found[finding.text, "anna"].note == "Accuracy/Mistranslation (major)"
    found = said(small_result(), read(tmp_path, marked(), clean("bert")), unmarked="wrong")
    assert found[finding.text, "bert"].verdict == "wrong"


def test_human_mqm_stands_beside_the_findings_of_the_same_segments(tmp_path: Path) -> None:
    system, _, unit, _ = parts()
    given = read(tmp_path, marked(), marked(category="Fluency/Punctuation", severity="Minor"), clean("bert"),
                 row("anna", "A text that is not there.", segment="8"))  # fmt: skip
    human = human_of([system], given, ("mqm.tsv",))
    (figures,) = human.systems
    words = len(unit.candidate.text.split()) if unit.candidate else 0
    assert (figures.segments, figures.ratings, figures.unmatched, figures.raters) == (1, 2, 1, ("anna", "bert"))
    assert figures.words == 2 * words  # of two ratings of one segment
    assert figures.penalty == 6
    assert figures.score == pytest.approx(100 * (1 - 6 / (2 * words)))
    assert (figures.placed, figures.found) == (2, 2)
    assert sum(figures.automatic_counts.values()) == sum(f.unit == unit.id for f in system.standing)
    (pair,) = human.agreement
    assert (pair.one, pair.two, pair.segments, pair.alike, pair.places, pair.shared) == ("anna", "bert", 1, 0, 2, 0)


def test_the_scorecard_of_marked_errors_has_the_project_s_weights(tmp_path: Path) -> None:
    system, _, _, _ = parts()
    human = human_of([system], read(tmp_path, marked()), ("mqm.tsv",))
    config = ScorecardConfig(severities={"major": 10}, categories={"accuracy": 2}, threshold=99)
    (card,) = of_ratings(human, config)
    assert (card.by, card.penalty, card.passed) == ("ratings", 20, False)


def test_what_is_no_fault_of_the_system_and_what_evalkit_wrote_is_left_out(tmp_path: Path) -> None:
    system = parts()[0]
    given = read(tmp_path, marked(category="Source issue"), marked("evalkit"), marked(severity="HOTW-test"))
    (figures,) = human_of([system], given, ()).systems
    assert (figures.raters, figures.penalty) == (("anna",), 0)
    (figures,) = human_of([system], read(tmp_path, marked(category="Non-translation!")), ()).systems
    assert figures.counts["critical"] == 1


def test_a_rated_text_may_be_a_part_of_a_unit_or_several_units(tmp_path: Path) -> None:
    system, finding, unit, at = parts()
    assert unit.candidate
    text = unit.candidate.text
    begin = text.rfind(" ", 0, at) + 1
    part = f"{text[begin:at]}<v>{finding.text}</v>{text[at + len(finding.text) :]}"
    assert said(small_result(), read(tmp_path, row("anna", part)))[finding.text, "anna"].verdict == "right"
    others = [u.candidate.text for u in system.units if u.candidate]
    number = others.index(text)
    joined = (
        f"{others[number - 1]} {marked().split(chr(9))[6]}" if number else f"{marked().split(chr(9))[6]} {others[1]}"
    )
    given = read(tmp_path, row("anna", joined))
    assert said(small_result(), given)[finding.text, "anna"].verdict == "right"
    (figures,) = human_of([system], given, ()).systems
    assert (figures.unmatched, figures.placed, figures.found) == (0, 1, 1)
    assert figures.words == len(joined.replace("<v>", "").replace("</v>", "").split())


def test_a_table_may_count_segments_in_their_document_alone(tmp_path: Path) -> None:
    path = tmp_path / "mqm.tsv"
    path.write_text("\n".join((HEAD, marked())).replace("globalSegId", "metadata") + "\n", encoding="utf-8")
    assert said(small_result(), ratings.read(path))


def test_one_system_is_known_whatever_its_name_and_others_are_not(tmp_path: Path) -> None:
    result = small_result()
    one = replace(result, systems=result.systems[:1])
    assert said(one, read(tmp_path, marked(system="theirs")))
    with pytest.raises(InputError, match="none of the systems 'theirs'"):
        exchange.of_ratings(result, read(tmp_path, marked(system="theirs")), "mqm.tsv")
    with pytest.raises(InputError, match="none of the rated texts"):
        exchange.of_ratings(result, read(tmp_path, row("a", "Nowhere.")), "mqm.tsv")


def campaign(result: Result) -> Any:
    """What `-f pearmut` gives, as a person hands it in: the first place kept, the others taken away."""
    renderer: Any = Registry().make("renderer", {"name": "pearmut", "protocol": "MQM"})
    return json.loads(renderer.render(jsonio.seen(result)))["data"]


def annotated(items: Any, name: str, keep: int) -> dict[str, Any]:
    kept = 0
    said: list[Any] = []
    for item in items:
        spans = item["error_spans"].get(name, [])
        said.append({name: {"score": None, "error_spans": spans[: max(0, keep - kept)]}})
        kept += len(spans)
    return {"user_id": "carla", "item_i": 0, "item": items, "annotation": said}


def test_pearmut_s_places_that_stay_are_right_and_those_taken_away_wrong(tmp_path: Path) -> None:
    result = small_result()
    name = result.systems[0].name
    items = campaign(result)[0]
    lines = [annotated(items, name, 0), {**annotated(items, name, 1)}, {"user_id": "carla", "item_i": "welcome_0",
             "item": items, "annotation": []}]  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    words = [v.verdict for v in verdicts_of(result, ratings.read(path))]
    assert words.count("right") == 1
    assert words.count("wrong") >= 1
    assert "open" not in words
    for shape in (lines, {"campaign": lines}):  # a list, or a list for each campaign
        path.with_suffix(".json").write_text(json.dumps(shape), encoding="utf-8")
        assert ratings.read(path.with_suffix(".json")) == ratings.read(path)
    path.write_text("".join(json.dumps(line) + "\n" for line in (*lines, {**lines[0], "annotation": "__RESET__"})))
    with pytest.raises(InputError, match="holds no rating"):
        ratings.read(path)


@pytest.mark.parametrize("text", ["a 😀 b", "a<b>c</b>\nd", "plain"])
def test_pearmut_s_places_are_ours_again(text: str) -> None:
    starts = pearmut._starts(text)
    assert [starts[pearmut_index(text)(place)] for place in dict.fromkeys(starts)] == list(dict.fromkeys(starts))


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.tsv", "key\tverdict\n1\tright\n", "lacks system"),
        ("a.tsv", f"{HEAD}\n{row('a', 'x', severity='grave')}\n", "'grave'"),
        ("a.tsv", f"{HEAD}\nshort\n", "1 columns"),
        ("a.tsv", f"{HEAD}\n", "no rating"),
        ("a.tsv", "", "lacks"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "[1]", "something else"),
        ("a.json", "[]", "no rating"),
        ("a.json", '[{"annotation": [{"x": {}}]}]', "not there"),
        ("a.json", '[{"annotation": [3], "item": [{"tgt": {}}]}]', "something else"),
        ("a.json", '[{"annotation": [{"s": {"error_spans": 3}}], "item": [{"tgt": {"s": "t"}}]}]', "something else"),
        ("a.json", '[{"annotation": [{"s": {"error_spans": [3]}}], "item": [{"tgt": {"s": "t"}}]}]', "something else"),
        ("a.json", '[{"annotation": [1], "item": [1]}]', "something else"),
        ("a.json", "[" * 100_000, "is no JSON"),
    ],
)
def test_damage_is_one_error(tmp_path: Path, name: str, text: str, problem: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        ratings.read(path)


def test_the_command_and_the_report(tmp_path: Path, run: Run) -> None:  # noqa: F811
    read(tmp_path, marked(), clean("bert"))
    jsonio.write(small_result(), "r.json")
    code, _, err = run("review", "import", "mqm.tsv")
    assert (code, "--result" in err) == (2, True)
    code, out, err = run("review", "import", "mqm.tsv", "--result", "r.json", "--unmarked", "wrong")
    assert code == 0
    assert "verdicts (1 right, " in out
    assert "ratings = [" in err
    result = applied(small_result(), [], "v.tsv", {"mqm.tsv": ratings.read("mqm.tsv")})
    jsonio.write(result, "h.json")
    _, page, _ = run("report", "h.json", "-f", "markdown")
    assert "## Errors marked by people" in page
    assert "`anna` and `bert` agree in 0 of 1 segment whether there is an error" in page


def test_a_run_with_ratings_has_a_card_by_them_and_its_gate_asks_it(tmp_path: Path, run: Run) -> None:  # noqa: F811
    Path("a.txt").write_text("He said that. The story ends here.\n", encoding="utf-8")
    marked_row = row("anna", "He said that. The <v>story</v> ends here.", system="a")
    Path("mqm.tsv").write_text(f"{HEAD}\n{marked_row}\n", encoding="utf-8")
    config = 'ratings = ["mqm.tsv"]\nsegment = "lines"\n[[candidate]]\npath = "a.txt"\n[scorecard]\nthreshold = 99\n'
    Path("evalkit.toml").write_text(f"{config}[gate]\nscorecard = true\n", encoding="utf-8")
    code, out, err = run("run")
    assert (code, "a: the scorecard by people's ratings fails: the score" in err) == (1, True)
    assert "a: 1 error marked by people in 1 segment" in " ".join(out.split())
    Path("mqm.tsv").write_text("nothing\n", encoding="utf-8")
    code, _, err = run("run")
    assert (code, "is no table of Google's MQM" in err) == (2, True)


def test_what_two_campaigns_or_two_names_have_is_not_taken_for_one(tmp_path: Path) -> None:
    """Tasks are counted in each campaign anew, and a system may be called as another's number is written."""
    names = ("1", "system 1", "a")
    texts = evalkit.Lines(["A text that stands here."])
    campaign = json.loads(
        Registry().make("renderer", "pearmut").render(evalkit.check(dict.fromkeys(names, texts), texts))
    )
    (items,) = campaign["data"]
    assert len(items[0]["tgt"]) == len(names)
    said = [{name: {"error_spans": [], "score": 9} for name in items[0]["tgt"]}]
    entry = {"user_id": "anna", "item_i": 0, "item": items, "annotation": said}
    other = {**entry, "item": [{**items[0], "item_id": "other/1"}]}
    path = tmp_path / "said.json"
    path.write_text(json.dumps({"first": [entry], "second": [other]}))
    found = {(rating.system, rating.segment) for rating in ratings.read(path)}
    assert found == {(name, place) for name in names for place in (items[0]["item_id"], "other/1")}


def _two_systems() -> Result:
    """A result of two systems of the same words."""
    result = small_result()
    first = result.systems[0]
    return replace(result, systems=(first, replace(first, name="other")))


def test_what_one_person_says_otherwise_in_two_systems_is_kept(run: Run) -> None:  # noqa: F811
    result, finding = _two_systems(), parts()[1]
    key = keys_of(result.systems[0])[finding.id]
    jsonio.write(result, Path("result.json"))
    rows = (marked(), clean("anna").replace(result.systems[0].name, "other", 1))
    for given in (rows, rows[::-1]):
        Path("mqm.tsv").write_text("\n".join((HEAD, *given)) + "\n", encoding="utf-8")
        code, _, _ = run("review", "import", "mqm.tsv", "--result", "result.json", "--unmarked", "wrong")
        assert code == 0
        known = file.read("verdicts.tsv")
        assert sorted(v.verdict for v in known if of_all(v.key) == key) == ["right", "wrong"]
        one, two = applied(result, known, "v").systems
        assert next(f.verdict for f in one.findings if f.id == finding.id) == "right"
        assert finding.id in {f.id for f in two.judged_wrong}
    assert sum(rule.right for rule in of_rules(known)) == 1
    third = replace(result, systems=(replace(result.systems[0], name="third"),))
    (now,) = applied(third, known, "v").systems  # of a system that nobody has rated they say nothing
    assert next(f.verdict for f in now.findings if f.id == finding.id) == ""
    (now,) = applied(third, [v for v in known if v.verdict == "right"], "v").systems
    assert next((f.verdict, f.note) for f in now.findings if f.id == finding.id)[0] == "right"  # but at one they do


def test_a_sheet_does_not_level_what_a_person_has_said_of_single_systems(run: Run) -> None:  # noqa: F811
    result, finding = _two_systems(), parts()[1]
    key = keys_of(result.systems[0])[finding.id]
    both = [
        Verdict(in_system(key, result.systems[0].name), "right", who="anna", note="why"),
        Verdict(in_system(key, "other"), "wrong", who="anna"),
    ]
    file.write("verdicts.tsv", both)
    Path("said.csv").write_text(f"id,verdict\n{key},unsure\n", encoding="utf-8")
    code, _, err = run("review", "import", "said.csv", "--who", "anna")
    assert (code, set(file.read("verdicts.tsv"))) == (2, set(both))
    assert "right and wrong of it, in different systems" in err
    assert run("review", "import", "said.csv", "--who", "ben")[0] == 0
    assert set(both) < set(file.read("verdicts.tsv"))
    file.write("verdicts.tsv", both[:1])  # who has said one thing may say another
    assert run("review", "import", "said.csv", "--who", "anna")[0] == 0
    assert [(v.key, v.verdict) for v in file.read("verdicts.tsv")] == [(key, "unsure")]


def test_verdicts_of_single_systems_and_of_all_are_held_against_each_other() -> None:
    key = "0123456789abcdef-1"
    given = [
        Verdict(in_system(key, "a"), "right", "casing", who="anna"), Verdict(key, "wrong", "casing", who="ben"),
        Verdict(in_system(key, "b"), "wrong", "casing", who="anna"),
    ]  # fmt: skip
    (rule,) = of_rules(given)
    assert (rule.right, rule.wrong, rule.disputed) == (0, 1, 1)
    (pair,) = agreement(given)
    assert (pair.findings, pair.alike) == (2, 1)


def test_who_has_rated_a_text_twice_and_otherwise_is_unsure(tmp_path: Path) -> None:
    given = read(tmp_path, marked())
    again = replace(given[0], errors=())
    found = exchange.of_ratings(small_result(), [*given, again], "mqm.tsv", wrong=True).verdicts
    (verdict,) = (v for v in found if v.text == parts()[1].text and v.verdict != "wrong")
    assert (verdict.verdict, verdict.note) == ("unsure", "right: Accuracy/Mistranslation (major); wrong: not marked")


def test_a_number_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f'{{"annotation": [], "item": [{"9" * 5000}]}}\n')
    with pytest.raises(InputError, match="is no JSON"):
        ratings.read(path)

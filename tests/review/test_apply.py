"""Verdicts applied: what is wrong is silent as long as the rule and the text are the same, in every later version."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.records.json import dumps, loads
from evalkit.records.result import Result
from evalkit.records.verdict_keys import keys_of
from evalkit.records.verdicts import Verdict, Word
from evalkit.review import file
from evalkit.review.apply import applied
from tests.results import small_result

FIRST = "He said ,that it was so. The the end.\nAnother line of the text stands here .\n"


def run(folder: Path, text: str, *, name: str = "a.txt") -> Result:
    (folder / name).write_text(text, encoding="utf-8")
    config = f'verdicts = "verdicts.tsv"\n[[candidate]]\npath = "{name}"\n'
    (folder / "evalkit.toml").write_text(config, encoding="utf-8")
    settings, base = evalkit.load_config(folder / "evalkit.toml")
    return evalkit.evaluate(settings, folder=base)


def judge(folder: Path, result: Result, rule: str, word: Word, who: str = "") -> None:
    (system,) = result.systems
    keys = keys_of(system)
    found = [f for f in (*system.findings, *system.judged_wrong) if f.rule == rule]
    assert found
    new = [Verdict(keys[f.id], word, f.rule, f.text, "because", who) for f in found]
    file.write(folder / "verdicts.tsv", file.merged(file.read(folder / "verdicts.tsv"), new))


def rules(result: Result) -> list[str]:
    return [f.rule for f in result.systems[0].findings]


def test_what_is_judged_wrong_is_silent_and_in_no_count(tmp_path: Path) -> None:
    before = run(tmp_path, FIRST)
    assert "repetition" in rules(before)
    assert any("no such file yet" in failure.message for failure in before.failures)
    judge(tmp_path, before, "repetition", "wrong")
    after = run(tmp_path, FIRST)
    (system,) = after.systems
    assert "repetition" not in rules(after)
    assert [f.rule for f in system.judged_wrong] == ["repetition"]
    assert system.quality.penalty < before.systems[0].quality.penalty
    assert sum(system.quality.counts.values()) == len(system.findings)
    assert after.review is not None
    assert (after.review.counts["wrong"], after.review.open) == (1, len(system.findings))
    assert after.signature != before.signature
    assert not any("no such file" in failure.message for failure in after.failures)


def test_it_stays_silent_in_a_new_version_and_speaks_again_where_the_text_is_another(tmp_path: Path) -> None:
    judge(tmp_path, run(tmp_path, FIRST), "repetition", "wrong")
    assert "repetition" not in rules(run(tmp_path, "A new beginning.\n\n" + FIRST.replace("Another", "One more")))
    assert "repetition" in rules(run(tmp_path, FIRST.replace("The the end", "The the start")))
    assert "repetition" not in rules(run(tmp_path, FIRST, name="renamed.txt"))


def test_right_and_unsure_stay_and_say_so(tmp_path: Path) -> None:
    before = run(tmp_path, FIRST)
    judge(tmp_path, before, "repetition", "right", "anna")
    judge(tmp_path, before, "whitespace", "unsure")
    after = run(tmp_path, FIRST)
    assert rules(after) == rules(before)
    said = {f.rule: (f.verdict, f.note) for f in after.systems[0].findings}
    assert said["repetition"] == ("right", "anna: because")
    assert said["whitespace"] == ("unsure", "because")


def test_two_reviewers_who_disagree_silence_nothing(tmp_path: Path) -> None:
    before = run(tmp_path, FIRST)
    judge(tmp_path, before, "repetition", "wrong", "anna")
    judge(tmp_path, before, "repetition", "right", "ben")
    after = run(tmp_path, FIRST)
    assert {f.verdict for f in after.systems[0].findings if f.rule == "repetition"} == {"disputed"}
    assert after.review is not None
    assert after.review.agreement[0].alike == 0


def test_a_verdict_is_taken_back(tmp_path: Path) -> None:
    before = run(tmp_path, FIRST)
    judge(tmp_path, before, "repetition", "wrong")
    silent = run(tmp_path, FIRST)
    file.write(tmp_path / "verdicts.tsv", [])
    assert rules(run(tmp_path, FIRST)) == rules(before)
    back = applied(silent, (), "verdicts.tsv")
    assert [replace(f, verdict="", note="") for f in back.systems[0].findings] == list(before.systems[0].findings)
    assert back.systems[0].quality == before.systems[0].quality


def test_the_same_words_twice_share_a_verdict_unless_people_part_them(tmp_path: Path) -> None:
    twice = "The the end.\n\nA line between them.\n\nThe the end.\n"
    before = run(tmp_path, twice)
    (system,) = before.systems
    one, two = [f for f in system.findings if f.rule == "repetition"][:2]
    assert one.fingerprint.partition("-")[0] == two.fingerprint.partition("-")[0]
    file.write(tmp_path / "verdicts.tsv", [Verdict(one.fingerprint, "wrong", one.rule)])
    assert "repetition" not in rules(run(tmp_path, twice))
    file.write(tmp_path / "verdicts.tsv", [Verdict(one.fingerprint, "wrong"), Verdict(two.fingerprint, "right")])
    assert rules(run(tmp_path, twice)).count("repetition") == 1


def omitted(text: str) -> Result:
    """The small result with a finding of an omission in the reference, and `text` in the unit after it."""
    result = small_result()
    system = result.systems[0]
    unit = system.units[4]
    assert unit.link == "omitted"
    lost = replace(
        system.findings[0], rule="omission", side="reference", reference="official-remarks", unit=unit.id, id="f9",
        fingerprint="00112233445566aa-1", text=unit.references[0].text,
    )  # fmt: skip
    after = replace(system.units[5], candidate=replace(system.units[5].candidate, text=text))
    units = (*system.units[:5], after, *system.units[6:])
    return replace(result, systems=(replace(system, units=units, findings=(*system.findings, lost)),))


def test_an_omission_is_known_by_the_candidates_text_around_it(tmp_path: Path) -> None:
    """Its fingerprint is of the reference: by it alone a verdict would hold for every other translation."""
    one, same, other = omitted("as it was"), omitted("as  it was"), omitted("as it is now")
    key = keys_of(one.systems[0])["f9"]
    assert key == keys_of(same.systems[0])["f9"] != keys_of(other.systems[0])["f9"]
    verdict = Verdict(key, "wrong", "omission")
    assert [f.rule for f in applied(same, [verdict], "v").systems[0].judged_wrong] == ["omission"]
    assert applied(other, [verdict], "v").systems[0].judged_wrong == ()


def test_a_result_with_verdicts_is_read_back(tmp_path: Path) -> None:
    judge(tmp_path, run(tmp_path, FIRST), "repetition", "wrong")
    result = run(tmp_path, FIRST)
    assert loads(dumps(result)) == loads(dumps(loads(dumps(result))))
    assert loads(dumps(result)).review == result.review


def test_every_report_tells_what_is_judged(tmp_path: Path) -> None:
    judge(tmp_path, run(tmp_path, FIRST), "repetition", "wrong")
    judge(tmp_path, run(tmp_path, FIRST), "whitespace", "right")
    result = run(tmp_path, FIRST)
    assert "1 judged wrong" in evalkit.render(result, "lint")
    assert "(1 judged wrong, 2 judged right)" in evalkit.render(result, "lint")
    table = " ".join(evalkit.render(result, "table").split())
    assert "Verdicts of people: 1 wrong, 2 right; findings judged wrong do not count" in table
    assert "repetition" not in evalkit.render(result, "lint").replace("judged", "")
    shown = evalkit.render(result, "markdown")
    assert "Judged by people" in shown
    assert "Those judged wrong are in no list" in shown
    assert "[judged right: because]" in evalkit.render(result, "html")


@pytest.mark.parametrize("entry", ["repetition", "accuracy", "repet*"])
def test_a_severity_of_the_projects_own(tmp_path: Path, entry: str) -> None:
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    config = f'severity = {{ "{entry}" = "critical" }}\n[[candidate]]\npath = "a.txt"\n'
    (tmp_path / "evalkit.toml").write_text(config, encoding="utf-8")
    settings, base = evalkit.load_config(tmp_path / "evalkit.toml")
    findings = evalkit.evaluate(settings, folder=base).systems[0].findings
    assert {f.rule for f in findings if f.severity == "critical"} == {"repetition"}
    assert len({f.rule for f in findings}) > 1

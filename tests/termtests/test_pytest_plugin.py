"""The pytest plug-in, in a project of its own: items, failures, accepted forms, update, fixture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy  # noqa: F401  an extension cannot be loaded twice, and pytester forgets what was loaded inside
import pytest
import simplemma  # noqa: F401

from evalkit.termtests import accepted as termaccepted  # noqa: F401
from evalkit.termtests import file as termtests  # noqa: F401

pytestmark = pytest.mark.slow

TERMS = """\
candidates: [cand.txt]
references: [ref.txt]
terms:
  - term: people-to-people exchanges
    reject: [folk exchanges]
  - term: green lane
  - term: Belt and Road Initiative
    reject: [One Belt One Road]
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A reference, a candidate with one rejected form, and the tests of three terms."""
    (pytester.path / "ref.txt").write_text("We support people-to-people exchanges.\nWe met in Paris.\n")
    (pytester.path / "cand.txt").write_text("We support folk exchanges.\nWe met in Paris.\n")
    (pytester.path / "speech.terms.yaml").write_text(TERMS)
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """In this process, which is quicker. evalkit has been imported already, of which pytest would warn."""
    quiet = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    return project.runpytest_inprocess("-p", "no:cacheprovider", "-W", "default", *arguments, *quiet)


def test_each_candidate_and_term_is_an_item(project: pytest.Pytester) -> None:
    result = run(project, "-v")
    result.assert_outcomes(failed=1, passed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "*speech.terms.yaml::cand::people-to-people exchanges FAILED*",
            "*speech.terms.yaml::cand::green lane SKIPPED*",
            "*speech.terms.yaml::cand::Belt and Road Initiative PASSED*",
        ]
    )


def test_a_failure_shows_place_expectation_and_the_aligned_pair(project: pytest.Pytester) -> None:
    run(project).stdout.fnmatch_lines(
        [
            "cand.txt:1:12: term-forbidden (major)",
            "*expected*'people-to-people exchanges'",
            "*found*'folk exchanges'",
            "*candidate*We support >>folk exchanges<<.",
            "*reference*We support people-to-people exchanges.",
        ]
    )


@pytest.mark.parametrize("arguments", [("-k", "Belt"), ("-n", "2", "-k", "Belt")])
def test_selection_and_xdist(project: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    project.runpytest_subprocess(*arguments).assert_outcomes(passed=1)


def test_update_shows_the_difference_and_records_it(project: pytest.Pytester) -> None:
    shown = run(project, "--evalkit-update").stdout
    shown.fnmatch_lines(["*accepted findings changed", "*+ cand: people*'folk exchanges'"])
    text = (project.path / "speech.terms.yaml").read_text()
    assert text.startswith(TERMS)
    run(project).assert_outcomes(xfailed=1, passed=1, skipped=1)
    (project.path / "cand.txt").write_text("We support One Belt One Road and folk exchanges.\nWe met in Paris.\n")
    run(project).assert_outcomes(xfailed=1, failed=1, skipped=1)
    (project.path / "cand.txt").write_text("We support people-to-people exchanges.\nWe met in Paris.\n")
    run(project, "--evalkit-update").stdout.fnmatch_lines(["*- cand: people*'folk exchanges'"])
    assert (project.path / "speech.terms.yaml").read_text() == TERMS


def test_an_accepted_form_expires(project: pytest.Pytester) -> None:
    accepted = (
        "accepted:\n  - {candidate: cand, term: people-to-people exchanges, found: folk exchanges,"
        " reason: old, until: %s}\n"
    )
    (project.path / "speech.terms.yaml").write_text(TERMS + accepted % "2999-01-01")
    shown = run(project, "-rx")
    shown.assert_outcomes(xfailed=1, passed=1, skipped=1)
    shown.stdout.fnmatch_lines(["*'folk exchanges': old (accepted until 2999-01-01)*"])
    (project.path / "speech.terms.yaml").write_text(TERMS + accepted % "2001-01-01")
    shown = run(project)
    shown.assert_outcomes(failed=1, passed=1, skipped=1)
    shown.stdout.fnmatch_lines(["*expired*accepted until 2001-01-01: old"])


ACCEPTED = "accepted:\n  - candidate: cand\n    term: green lane\n    found: fast lane\n    reason: old\n"


def test_an_accepted_form_that_is_gone_is_warned_of(project: pytest.Pytester) -> None:
    (project.path / "speech.terms.yaml").write_text(TERMS + ACCEPTED)
    result = run(project, "-k", "green")
    result.assert_outcomes(skipped=1, warnings=1)
    result.stdout.fnmatch_lines(["*'fast lane' is accepted for 'green lane' in cand and no longer there*"])


def test_update_touches_nothing_but_what_it_ran(project: pytest.Pytester) -> None:
    path = project.path / "speech.terms.yaml"
    text = TERMS + "# why\n" + ACCEPTED.replace("reason: old", "reason: old  # kept") + "kind: report # last\n"
    path.write_text(text)
    run(project, "--evalkit-update", "-k", "Belt")
    assert path.read_text() == text
    run(project, "--evalkit-update", "-k", "people")
    lines = path.read_text().splitlines()
    assert "    reason: old  # kept" in lines
    assert lines[-1] == "kind: report # last"
    assert lines.index("    found: folk exchanges") > lines.index("    found: fast lane")
    run(project, "--evalkit-update")
    assert "fast lane" not in path.read_text()
    run(project, "-W", "error").assert_outcomes(xfailed=1, passed=1, skipped=1)


def test_an_id_selects_one_term_and_lf_what_failed(project: pytest.Pytester) -> None:
    run(project, "speech.terms.yaml::cand::Belt and Road Initiative").assert_outcomes(passed=1)
    run(project, "speech.terms.yaml::cand").assert_outcomes(failed=1, passed=1, skipped=1)
    project.runpytest_subprocess("-x").assert_outcomes(failed=1)
    project.runpytest_subprocess("--lf").assert_outcomes(failed=1)


def test_junit_names_candidate_and_term(project: pytest.Pytester) -> None:
    run(project, "--junitxml", "out.xml")
    cases = {c.get("name"): c for c in ElementTree.parse(project.path / "out.xml").iter("testcase")}
    assert set(cases) == {"people-to-people exchanges", "green lane", "Belt and Road Initiative"}
    failure = cases["people-to-people exchanges"].find("failure")
    assert failure is not None
    assert "cand.txt:1:12: term-forbidden" in (failure.text or "")
    assert cases["green lane"].get("classname") == "speech.terms.yaml.cand"


def test_terms_of_the_source_are_tested(project: pytest.Pytester) -> None:
    (project.path / "source.txt").write_text("我们支持绿色通道。\n我们在巴黎见面。\n", encoding="utf-8")
    (project.path / "speech.terms.yaml").write_text(
        "candidates: [cand.txt]\nreferences: [ref.txt]\nsource: source.txt\nsource_lang: zh\nterms:\n"
        "  - {term: green lane, source_terms: [绿色通道]}\n  - {term: Paris, source_terms: [巴黎]}\n",
        encoding="utf-8",
    )
    result = run(project)
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*the source has '绿色通道' here; the candidate does not have 'green lane'*"])


@pytest.mark.parametrize(
    "wrong", ["community of common destiny", "communities of human destinies", "destiny community"]
)
def test_another_wrong_form_in_document_004_fails(project: pytest.Pytester, root: Path, wrong: str) -> None:
    """The regression of this repository: its accepted baseline passes, another wrong form does not."""
    for folder in ("seeds", "references", "tests"):
        (project.path / folder).mkdir()
    for name in ("terms.yaml", "names.yaml", "official-remarks.txt"):
        (project.path / "references" / name).write_bytes((root / "references" / name).read_bytes())
    (project.path / "tests/speech.terms.yaml").write_bytes((root / "tests/speech.terms.yaml").read_bytes())
    (project.path / "speech.terms.yaml").unlink()
    seed = next((root / "seeds").glob("004_*"))
    text = seed.read_text(encoding="utf-8")
    assert text.count("community of human destiny") == 1
    (project.path / "seeds" / seed.name).write_text(text, encoding="utf-8")
    if wrong == "community of common destiny":  # once is enough for what does not change
        run(project, "-W", "error").assert_outcomes(xfailed=24, passed=13)
    (project.path / "seeds" / seed.name).write_text(text.replace("community of human destiny", wrong), encoding="utf-8")
    result = run(project, "-k", "mankind")
    if wrong == "destiny community":  # accepted where it stands today: no new wrong form
        result.assert_outcomes(xfailed=1, warnings=1)
    else:
        result.assert_outcomes(failed=1, warnings=1)
        result.stdout.fnmatch_lines([f"*found*'{wrong}'"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("candidates: [cand.txt]\nterm: []\n", "*speech.terms.yaml:2: unknown key 'term'; did you mean 'terms'*"),
        ("candidates: [none.txt]\n", "*no candidate 'none.txt'*"),
        ("candidates: cand.txt\n", "*Expected `array`*candidates*"),
        ("candidates: [cand.txt]\nterms:\n  - term: a\n    acept: [b]\n", "*speech.terms.yaml:3: unknown key 'acept'*"),
        ("candidates: [cand.txt]\n", "*nothing to test*"),
        (
            TERMS + "accepted:\n  - {candidate: cand, term: gren lane, found: x, reason: y}\n",
            "*`accepted` names the term 'gren lane', not tested; did you mean 'green lane'?*",
        ),
        ("candidates: []\n", "*speech.terms.yaml:1: `candidates` is empty; name at least one file*"),
        ("candidates: [cand.txt]\nkind: speech\n", "*speech.terms.yaml:2: *'speech'*one of: translation, report, sum*"),
        ("candidates: [cand.txt, 1]\n", '*speech.terms.yaml:1: *put it in quotes: "..."*'),
        ("candidates:\n  - cand.txt\n  - cand.txt\n", "*speech.terms.yaml:3: two candidates are called 'cand'*"),
        (
            TERMS + ACCEPTED + "    until: soon\n",
            "*speech.terms.yaml:14: *`accepted[[]0].until`; write a day like 2030*",
        ),
        (
            TERMS + ACCEPTED + "    until: 2030-02-31\n",
            "*speech.terms.yaml:14: not a valid value: day is out*",
        ),
        (TERMS + ACCEPTED + "    untill: 2030-02-01\n", "*speech.terms.yaml:1*: unknown key 'untill'*mean 'until'*"),
        (TERMS + ACCEPTED.replace("    reason: old\n", ""), "*speech.terms.yaml:10: `reason` is missing*add it*"),
        (TERMS + ACCEPTED.replace("old", "''"), "*speech.terms.yaml:13: the reason is empty; say why*"),
        (TERMS + ACCEPTED.replace("green", "gren"), "*speech.terms.yaml:11: `accepted` names the term 'gren lane'*"),
        (TERMS + "accepted: cand\n", "*speech.terms.yaml:9: *write a list*"),
        ("- x\n", "*a file of term tests has at least the key `candidates`*"),
    ],
)
def test_a_file_that_makes_no_sense_is_one_error(project: pytest.Pytester, text: str, said: str) -> None:
    (project.path / "speech.terms.yaml").write_text(text)
    result = run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([said])
    result.stdout.no_fnmatch_line("*Traceback*")


def test_systems_of_a_configuration_can_be_named(project: pytest.Pytester) -> None:
    (project.path / "evalkit.toml").write_text(
        '[[candidate]]\nname = "mine"\npath = "cand.txt"\n[[reference]]\npath = "ref.txt"\n'
    )
    (project.path / "speech.terms.yaml").write_text(TERMS.replace("cand.txt", "mine"))
    result = run(project, "-v", "--evalkit-config", "evalkit.toml")
    result.assert_outcomes(failed=1, passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*speech.terms.yaml::mine::people-to-people exchanges FAILED*"])


def test_the_fixture(project: pytest.Pytester) -> None:
    (project.path / "speech.terms.yaml").unlink()
    project.makepyfile(
        """
        def test_scores(evalkit):
            assert evalkit.score("ref.txt", "ref.txt").systems[0].scores[0].value > 99
            assert evalkit.check("cand.txt").systems[0].findings == ()
        """
    )
    run(project).assert_outcomes(passed=1)


def test_nothing_of_evalkit_is_imported_where_it_is_not_used(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing():
            loaded = {m for m in sys.modules if m.startswith("evalkit.")}
            assert loaded == {"evalkit.termtests", "evalkit.termtests.pytest_plugin"}
            assert "numpy" not in sys.modules
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_plugin_is_registered() -> None:
    out = subprocess.run([sys.executable, "-m", "pytest", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--evalkit-config" in out


def test_a_file_that_cannot_be_updated_stays_and_the_run_fails(project: pytest.Pytester) -> None:
    path = project.path / "speech.terms.yaml"
    text = f"{TERMS}accepted: [{{candidate: cand, term: green lane, found: x, reason: r}}]\n"
    path.write_text(text)
    result = run(project, "--evalkit-update")
    assert path.read_text() == text
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*speech.terms.yaml: `accepted` cannot be changed*"])


def test_no_two_terms_have_one_id(project: pytest.Pytester) -> None:
    """pytest parts its ids by `::`, which a term may have."""
    terms = ["Paris::met", "Paris:met", "Paris:met (2)", "a::b", "a:::b"]
    (project.path / "speech.terms.yaml").write_text(
        "candidates: [cand.txt]\nreferences: [ref.txt]\nterms:\n" + "".join(f'  - term: "{t}"\n' for t in terms)
    )
    said = run(project, "--collect-only", "-q").stdout.lines
    ids = [line.rpartition("cand::")[2] for line in said if "::cand::" in line]
    assert ids == ["Paris:met (3)", "Paris:met", "Paris:met (2)", "a:b", "a:b (2)"]

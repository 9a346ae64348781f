"""The pytest plug-in, in a project of its own: items, failures, accepted forms, update, fixture."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
    return project.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


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
    run(project, *arguments).assert_outcomes(passed=1)


def test_update_shows_the_difference_and_records_it(project: pytest.Pytester) -> None:
    run(project, "--evalkit-update").stdout.fnmatch_lines(["*accepted findings changed", "*+ people*'folk exchanges'"])
    text = (project.path / "speech.terms.yaml").read_text()
    assert text.startswith(TERMS)
    run(project).assert_outcomes(xfailed=1, passed=1, skipped=1)
    (project.path / "cand.txt").write_text("We support One Belt One Road and folk exchanges.\nWe met in Paris.\n")
    run(project).assert_outcomes(xfailed=1, failed=1, skipped=1)
    (project.path / "cand.txt").write_text("We support people-to-people exchanges.\nWe met in Paris.\n")
    run(project, "--evalkit-update").stdout.fnmatch_lines(["*- people*'folk exchanges'"])
    assert (project.path / "speech.terms.yaml").read_text() == TERMS


def test_an_accepted_form_expires(project: pytest.Pytester) -> None:
    accepted = (
        "accepted:\n  - {candidate: cand, term: people-to-people exchanges, found: folk exchanges,"
        " reason: old, until: %s}\n"
    )
    (project.path / "speech.terms.yaml").write_text(TERMS + accepted % "2999-01-01")
    run(project).assert_outcomes(xfailed=1, passed=1, skipped=1)
    (project.path / "speech.terms.yaml").write_text(TERMS + accepted % "2001-01-01")
    run(project).assert_outcomes(failed=1, passed=1, skipped=1)


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
            assert [m for m in sys.modules if m.startswith("evalkit.")] == ["evalkit.pytest_plugin"]
            assert "numpy" not in sys.modules
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_plugin_is_registered() -> None:
    out = subprocess.run([sys.executable, "-m", "pytest", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--evalkit-config" in out

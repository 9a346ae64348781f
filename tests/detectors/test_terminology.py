"""The terminology detector and the results by term."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.detectors.terminology import TerminologyDetector
from evalkit.language.forms import Form, FormMatcher
from evalkit.language.term_book import TermBook, term_results
from evalkit.records import Finding, Name, Term
from evalkit.terms import load as termbase
from tests.detectors.lists import context, units

FUTURE = Term(
    "community with a shared future for mankind",
    accept=("shared future for humanity",),
    reject=("community of human destiny", "destiny community"),
)
SPIRIT = Term("Shanghai Spirit", reject=("spirit of Shanghai",), case=True)
BEGGAR = Term("beggar-thy-neighbor", reject=("beggar my neighbor",), severity="minor")
STRUCTURE = Term("Regional Structure", accept=("RATS",), reject=("regional organization",))
HEALTH = Term("health for us all", reject=("health community",))
LIST = (FUTURE, SPIRIT, BEGGAR, STRUCTURE, HEALTH)


def find(
    text: str, reference: str = "", *, terms: tuple[Term, ...] = LIST, kind: str = "translation", **more
) -> list[Finding]:
    pairs = [(text, reference)]
    return list(TerminologyDetector().find(units(pairs), context(pairs, terms=terms, kind=kind, **more)))


def short(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in findings]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("building a destiny community.", "destiny community"),
        ("building destiny communities now", "destiny communities"),
        ("a destiny-community approach", "destiny-community"),
        ("The Destiny Community grows.", "Destiny Community"),
        ("Beggaring my neighbours is bad.", "Beggaring my neighbours"),
        ("a beggar-my-neighbour policy", "beggar-my-neighbour"),
        ("the “spirit of Shanghai” lives", "spirit of Shanghai"),
        ("a health and health community, too", "health community"),
        ("the health community's work", "health community"),
    ],
)
def test_rejected_forms_are_found_inflected_and_hyphenated(text: str, span: str) -> None:
    assert short(find(text, kind="report", trusted=False)) == [("term-forbidden", span)]


@pytest.mark.parametrize(
    "text",
    [
        "See https://news.example/destiny-community/now for it.",
        "See www.destiny-community.example, please.",
        "Write to destiny-community@news.example today.",
        "It is at https://news.example/shanghai-spirit too.",
    ],
)
def test_an_address_is_no_rendering(text: str) -> None:
    assert find(text, kind="report", trusted=False) == []


def test_an_address_that_is_listed_is_found() -> None:
    terms = (Term("new.example", reject=("old.example",)),)
    text = "See https://old.example/help for it."
    assert short(find(text, terms=terms, kind="report")) == [("term-forbidden", "old.example")]


@pytest.mark.parametrize(
    "text",
    [
        "predestiny community and destiny communal life",
        "their destiny. Community life went on",
        "of destiny, community",
        "They joined the Southern African Health Community that year in the south of the land.",
        "rats in the streets",
        "SHANGHAI SPIRIT and Shanghai Spirit's force",
    ],
)
def test_what_is_no_form_of_a_term_is_silent(text: str) -> None:
    assert find(text, kind="report", trusted=False) == []


def test_case_counts_only_where_the_term_says_so() -> None:
    assert short(find("the Shanghai spirit")) == [("term-case", "Shanghai spirit")]
    assert find("Shared Future For Humanity") == []


def test_the_longest_form_wins() -> None:
    terms = (Term("a", reject=("shared future",)), Term("shared future for humanity"))
    assert find("a shared future for humanity", terms=terms) == []
    assert short(find("a shared future", terms=terms)) == [("term-forbidden", "shared future")]


def test_words_may_stand_between_where_the_term_allows_it() -> None:
    assert short(find("take it off", terms=(Term("x", reject=("take off",), gap=1),))) == [
        ("term-forbidden", "take it off")
    ]
    assert find("take it off", terms=(Term("x", reject=("take off",)),)) == []


def test_scripts_without_spaces_match_as_strings() -> None:
    terms = (Term("人类命运共同体", reject=("命运共同体",)),)
    assert find("构建人类命运共同体。", terms=terms, lang="zh") == []
    assert short(find("构建命运共同体。", terms=terms, lang="zh")) == [("term-forbidden", "命运共同体")]


def test_severity_expected_forms_and_note_come_from_the_entry() -> None:
    (found,) = find("a beggar my neighbor policy")
    assert (found.severity, found.expected) == ("minor", ("beggar-thy-neighbor",))


def test_a_missing_term_stands_in_the_reference_and_only_in_trusted_translations() -> None:
    text, reference = "The spirit of the city lives.", "The Shanghai Spirit lives."
    (found,) = find(text, reference)
    assert (found.rule, found.side, found.text) == ("term-missing", "reference", "Shanghai Spirit")
    assert find(text, reference, kind="summary") == find(text, reference, trusted=False) == []
    assert short(find("The spirit of Shanghai lives.", reference)) == [("term-forbidden", "spirit of Shanghai")]


def test_a_term_named_in_the_sentence_before_may_be_shortened() -> None:
    pairs = [
        ("The Shanghai Spirit lives.", "The Shanghai Spirit lives."),
        ("It is ours.", "The Shanghai Spirit is ours."),
    ]
    assert list(TerminologyDetector().find(units(pairs), context(pairs, terms=LIST))) == []


def test_two_renderings_of_one_concept() -> None:
    terms = (Term("practical cooperation", accept=("hands-on cooperation",)),)
    mixed = "Practical cooperation first. Practical cooperation again, then hands-on cooperation."
    assert short(find(mixed, terms=terms)) == [("term-inconsistent", "hands-on cooperation")]
    assert find(mixed, mixed, terms=terms) == []  # the reference mixes them, too
    assert (
        find("The Belt and Road Initiative, or BRI.", terms=(Term("Belt and Road Initiative", accept=("BRI",)),)) == []
    )


def test_a_listed_name_owns_its_words() -> None:
    terms, names = (Term("Health for All", reject=("health organization",)),), (Name("World Health Organization"),)
    assert find("the World Health Organization", terms=terms, names=names) == []
    assert short(find("a health organization", terms=terms, names=names)) == [("term-forbidden", "health organization")]


def test_the_machine_translated_report(root: Path) -> None:
    """Every term of the human reading."""
    terms = termbase.load([root / "references/terms.yaml"]).terms
    text = next((root / "seeds").glob("004_*")).read_text(encoding="utf-8")
    pairs = [(line, "") for line in text.splitlines()]
    found = list(TerminologyDetector().find(units(pairs), context(pairs, terms=terms, kind="report", trusted=False)))
    assert [f.text for f in found] == [
        "heads of State Council", "heads of State Council", "spirit of Shanghai", "destiny community",
        "Shanghai spirit", "pragmatic cooperation", "people's affinity", "health community", "security community",
        "development community", "humanistic community", "regional counter terrorism organization",
        "novel coronavirus pneumonia", "novel coronavirus pneumonia", "beggar my neighbor", "Shanghai spirit",
        "community of human destiny",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "texts"), [("000", ["pragmatic cooperation"]), ("001", []), ("002", []), ("003", [])]
)
def test_edited_english_texts(root: Path, number: str, texts: list[str]) -> None:
    """The news agency's own summary has one form that the official remarks avoid; it is minor."""
    terms = termbase.load([root / "references/terms.yaml"]).terms
    lines = next((root / "seeds").glob(f"{number}_*")).read_text(encoding="utf-8").splitlines()
    pairs = [(line, "") for line in lines if line]
    found = list(TerminologyDetector().find(units(pairs), context(pairs, terms=terms)))
    assert [(f.text, f.severity) for f in found] == [(text, "minor") for text in texts]


def test_results_by_term() -> None:
    pairs = [
        ("The Shanghai Spirit lives.", "The Shanghai Spirit lives."),
        ("The spirit of Shanghai grows.", "The Shanghai Spirit grows."),
        ("Nothing.", ""),
    ]
    spirit, health = term_results(units(pairs), TermBook((SPIRIT, HEALTH), "en"), "s")
    assert (spirit.expected, spirit.found, spirit.success, spirit.consistent) == (2, 1, 0.5, False)
    assert [(o.start, o.text) for o in spirit.occurrences] == [(4, "Shanghai Spirit"), (31, "spirit of Shanghai")]
    assert (health.expected, health.success, health.consistent, health.occurrences) == (0, None, True, ())


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=5))
def test_matches_lie_in_the_text_and_never_overlap(text: str, forms: list[str]) -> None:
    found = FormMatcher([Form(form, 0, "x", 1) for form in forms], "en").find(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


EXAMPLES = {
    "term-missing": (
        (Term("closer community"),), "We will build a closer community."
    ),
    "term-inconsistent": (
        (Term("shared future for mankind", accept=("shared future for humanity",)),), ""
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", TerminologyDetector.rules, ids=lambda rule: rule.id)
def test_examples_of_the_rules_fire_where_they_say(rule) -> None:
    terms, reference = EXAMPLES.get(rule.id, (LIST, ""))
    start, end = rule.example.index("["), rule.example.index("]") - 1
    text = re.sub(r"[\[\]]", "", rule.example)
    (found,) = (f for f in find(text, reference, terms=terms) if f.rule == rule.id)
    span = (
        (found.other.start, found.other.end) if rule.id == "term-missing" and found.other else (found.start, found.end)
    )
    assert span == (start, end)

"""Severity is what the measured share of right findings deserves, and never more than a rule states."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

import evalkit
from evalkit.plugins import Registry
from evalkit.records import Finding, Rule, Severity
from evalkit.records.texts import Kind
from evalkit.run import precision
from evalkit.run.precision import MAJOR, MINOR, Measured, measured, weighed
from evalkit.run.rules import rules_of

RULE = Rule("r", "names", "x", "major", "summary", "example")
TABLE = {
    "*": {
        "r a": Measured(0.6, 50),
        "r b": Measured(None, 3),
        "r c": Measured(0.4, 22),
        "r rare": Measured(0.9, 20),
        "r *": Measured(0.5, 80),
    },
    "en": {"r a": Measured(0.75, 40), "r c": Measured(0.4, 20)},
    "de": {"r a": Measured(0.55, 10)},
}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "_table", lambda: TABLE)


def found(evidence: str, severity: Severity = "major", category: str = "names", rule: str = "r") -> Finding:
    return Finding(
        rule, category, "x", severity, "1:1", "d", 1.0, "1", "candidate", 0, 1, "x", "message", evidence=evidence
    )


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("evidence", "lang", "severity", "confidence"),
    [
        ("a", "en-GB", "major", 0.75),
        ("c", "en", "neutral", 0.4),
        ("a", "de", "minor", 0.55),
        ("a", "ja", "minor", 0.69),  # a language that was not measured: the mean of those that were, which is no proof
        ("c", "de", "neutral", 0.4),  # one that is rare in a language: likewise
        ("rare", "de", "minor", 0.69),  # rare in every language: that of all together
        ("b", "en", "minor", 1.0),  # too few to tell
        ("unheard-of", "en", "minor", 1.0),
        ("list", "en", "major", 1.0),
        ("source", "ja", "major", 1.0),
        ("verbatim", "ja", "major", 1.0),
    ],
)
def test_what_the_share_deserves(evidence: str, lang: str, severity: str, confidence: float) -> None:
    made = weighed(found(evidence), RULE, lang)
    assert (made.severity, made.confidence) == (severity, confidence)


@pytest.mark.usefixtures("table")
def test_what_the_reference_alone_contradicts_is_never_critical() -> None:
    assert weighed(found("verbatim", "critical"), RULE, "en").severity == "major"


@pytest.mark.usefixtures("table")
def test_never_more_than_stated() -> None:
    def said(finding: Finding, needs: str = "") -> Severity:
        return weighed(finding, replace(RULE, needs=needs), "en").severity

    assert said(found("a", "neutral")) == "neutral"
    assert said(found("a", "critical")) == "major"  # critical is only what is proved
    assert said(found("list", "critical")) == "critical"
    assert said(found("c", "minor", "conventions")) == "minor"  # form is seen
    assert said(found("c", "minor", "conventions"), needs="reference") == "neutral"  # but not a difference of form
    assert said(found("a", rule="another")) == "minor"  # never measured
    assert said(found("a", "critical", rule="another"), needs="source") == "critical"


def test_the_committed_table_holds_shares_of_rules_there_are() -> None:
    registry = Registry()
    rules = rules_of(registry.make("detector", name) for name in registry.names("detector"))
    kinds = {kind.partition(" ")[0] for rows in precision._table().values() for kind in rows}
    assert kinds <= set(rules)
    assert len(kinds) > 10
    shares = [row.right for rows in precision._table().values() for row in rows.values() if row.right is not None]
    assert all(0 <= share <= 1 for share in shares)
    assert 0 < MINOR < MAJOR < 1
    assert "major" in get_args(Severity)
    assert measured("repetition", "words", "en") is not None


@pytest.mark.parametrize(
    ("lang", "text", "reference"),
    [
        ("de", "Am Montag trafen wir Anna Dvorskin im Rathaus.", "Am Montag trafen wir Anna Dvorkin im Rathaus."),
        ("fr", "Nous avons rencontré Anna Dvorskin à la mairie.", "Nous avons rencontré Anna Dvorkin à la mairie."),
        (
            "es",
            "Nos reunimos con Anna Dvorskin en el ayuntamiento.",
            "Nos reunimos con Anna Dvorkin en el ayuntamiento.",
        ),
    ],
)
def test_a_name_one_letter_from_the_references_weighs(lang: str, text: str, reference: str) -> None:
    sides = (evalkit.Lines([side]) for side in (text, reference))
    (finding,) = evalkit.check(*sides, lang=lang, align="lines").systems[0].findings
    assert (finding.rule, finding.evidence) == ("name-mistransliterated", "letter")
    assert finding.severity == "minor"


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Die Stadt gab im letzten Jahr 1.520.000 Euro für neue Schulen aus.", "close"),
        ("Die Stadt gab im vergangenen Jahr Euro für neue Schulen aus.", ""),
        ("Die Stadt gab im vergangenen Jahr 1.520.000 Euro für neue Schulen aus.", "verbatim"),
    ],
)
def test_another_number_in_a_faithful_sentence_weighs_in_german(text: str, evidence: str) -> None:
    reference = "Die Stadt gab im vergangenen Jahr 1.250.000 Euro für neue Schulen aus."
    (finding,) = evalkit.check(*map(evalkit.Lines, ([text], [reference])), lang="de", align="lines").systems[0].findings
    assert (finding.category, finding.evidence) == ("numbers", evidence)
    assert finding.severity in ("minor", "major")


@pytest.mark.parametrize("kind", ["translation", "report", "summary"])
def test_a_contradiction_in_the_same_words_is_major_in_every_kind(tmp_path: Path, kind: Kind) -> None:
    reference = [
        "The new bridge over the wide river cost 29 million dollars in the end.",
        "The committee met in Geneva on 12 May 2020.",
        "The northern committee accepted the plan.",
        "Some people in the town came to the opening.",
    ]
    candidate = [
        "The new bridge cost 27 million dollars.",
        "The committee met in Geneva on 10 May 2020.",
        "The northern committee did not accept the plan.",
        "Nobody in the town came to see it being opened, it seems.",
    ]
    for name, lines in (("reference", reference), ("candidate", candidate)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    paths = (tmp_path / "candidate.txt", tmp_path / "reference.txt")
    (system,) = evalkit.check(*paths, align="lines", lang="en", kind=kind).systems
    told = [(f.rule, f.evidence) for f in system.findings if f.severity == "major"]
    assert told == [(f"{rule}-mismatch", "verbatim") for rule in ("number", "date", "negation")]

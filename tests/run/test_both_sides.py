"""What one side alone tells is told with both at no less a weight, unless the other bears the candidate out."""

from __future__ import annotations

import pytest

import evalkit
from evalkit.records import Finding
from evalkit.records.findings import SEVERITY_WEIGHTS

SOURCE = """\
The Lindau Ferry Company reported record results on 14 March 2024. Its managing director, Katharina Oberholzer, \
spoke of 1,250,000 passengers in one year. That is 12.5 percent more than in the year before.

The company now runs seven ships between Lindau and Rorschach. The oldest of them, the Hohentwiel, was built in 1913. \
It will be closed to passengers until May. A new ship will cost about 18 million euros.

Passengers can buy tickets online at https://www.lindau-ferry.example. Enter your booking code {code} and press \
Continue. Questions are answered by Martin Feuerstein.
"""
REFERENCE = """\
Die Lindauer Fährgesellschaft hat am 14. März 2024 Rekordergebnisse bekannt gegeben. Geschäftsführerin Katharina \
Oberholzer sprach von 1.250.000 Passagieren in einem Jahr. Das sind 12,5 Prozent mehr als im Jahr zuvor.

Die Gesellschaft betreibt nun sieben Schiffe zwischen Lindau und Rorschach. Das älteste, die Hohentwiel, wurde 1913 \
gebaut. Es bleibt bis Mai für Passagiere geschlossen. Ein neues Schiff wird etwa 18 Millionen Euro kosten.

Fahrkarten sind online unter https://www.lindau-ferry.example erhältlich. Geben Sie Ihren Buchungscode {code} ein und \
drücken Sie auf Weiter. Fragen beantwortet Martin Feuerstein.
"""
GOOD = """\
Die Lindauer Fährgesellschaft hat am 14. März 2024 Rekordergebnisse gemeldet. Ihre Geschäftsführerin Katharina \
Oberholzer sprach von 1.250.000 Fahrgästen in einem Jahr. Das sind 12,5 Prozent mehr als im Vorjahr.

Das Unternehmen betreibt heute sieben Schiffe zwischen Lindau und Rorschach. Das älteste von ihnen, die Hohentwiel, \
wurde 1913 gebaut. Bis Mai bleibt es für Fahrgäste gesperrt. Ein neues Schiff wird rund 18 Millionen Euro kosten.

Fahrgäste können Fahrkarten online unter https://www.lindau-ferry.example kaufen. Geben Sie Ihren Buchungscode {code} \
ein und drücken Sie auf Weiter. Fragen beantwortet Martin Feuerstein.
"""
PLAIN, PERCENT, SHIP = (
    " Bis Mai bleibt es für Fahrgäste gesperrt.",
    " Das sind 12,5 Prozent mehr als im Vorjahr.",
    " Ein neues Schiff wird rund 18 Millionen Euro kosten.",
)
LOST = [(PLAIN, ""), (PERCENT, ""), (SHIP, "")]
DAMAGE = [
    ("1.250.000", "1.520.000"), ("18 Millionen", "180 Millionen"), ("12,5 Prozent", "125 Prozent"),
    ("rund 18 Millionen Euro", "viel Geld"), ("Ein neues Schiff", "Ein neues Schiff mit 350 Plätzen"),
    ("1913", "1931"), ("14. März", "15. März"), ("14. März", "14. Mai"), ("Bis Mai", "Bis Juni"), ("Prozent", "Meter"),
    ("Oberholzer", "Oberholtzer"), ("Katharina Oberholzer", "Frau"), ("Martin Feuerstein", "Peter Lindner"),
    ("Rorschach", "rorschach"), ("{code}", "{kode}"), (" {code}", ""), ("lindau-ferry", "lindau-fery"),
    (" unter https://www.lindau-ferry.example", ""), ("Fahrkarten", "tickets"),
    (SHIP, " A new ship will cost about 18 million euros."), ("bleibt es", "bleibt es nicht"),
    ("sieben Schiffe", "sieben Schiffe Schiffe"), ("Feuerstein.", "Feuerstein"), ("von ihnen,", "von ihnen,,"),
    ("die Hohentwiel,", "die „Hohentwiel,"), (PLAIN, PLAIN.lower()),
]  # fmt: skip


def checked(candidate: str, *, source: bool, reference: bool) -> tuple[Finding, ...]:
    texts = [evalkit.Text(REFERENCE)] if reference else []
    given = {"source": evalkit.Text(SOURCE), "source_lang": "en"} if source else {}
    return evalkit.check(evalkit.Text(candidate), texts, lang="de", **given).systems[0].findings


def weight(found: tuple[Finding, ...]) -> int:
    """That of the gravest finding; -1 where there is none."""
    return max((SEVERITY_WEIGHTS[finding.severity] for finding in found), default=-1)


def assert_nothing_is_lost(damage: tuple[str, str]) -> None:
    candidate = GOOD.replace(*damage)
    assert candidate != GOOD
    alone = [weight(checked(candidate, source=source, reference=not source)) for source in (True, False)]
    assert weight(checked(candidate, source=True, reference=True)) >= max(alone)


@pytest.mark.parametrize("damage", LOST)
def test_a_sentence_lost_in_a_paragraph_is_told_beside_both_sides(damage: tuple[str, str]) -> None:
    assert_nothing_is_lost(damage)
    found = checked(GOOD.replace(*damage), source=True, reference=True)
    assert "omission" in {finding.rule for finding in found if finding.severity != "neutral"}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
def test_two_sides_tell_no_less_than_one(damage: tuple[str, str]) -> None:
    assert_nothing_is_lost(damage)


def test_a_translation_that_says_all_has_no_finding() -> None:
    assert checked(GOOD, source=True, reference=True) == ()


def test_a_sentence_that_the_reference_lacks_too_is_none() -> None:
    short = REFERENCE.replace(" Das sind 12,5 Prozent mehr als im Jahr zuvor.", "")
    result = evalkit.check(
        evalkit.Text(GOOD.replace(PERCENT, "")), evalkit.Text(short), source=evalkit.Text(SOURCE), lang="de"
    )
    assert "omission" not in {finding.rule for finding in result.systems[0].findings}


def test_units_and_scores_are_those_of_whole_lines() -> None:
    texts = evalkit.Text(GOOD.replace(*LOST[1])), evalkit.Text(REFERENCE)
    system = evalkit.check(*texts, source=evalkit.Text(SOURCE), lang="de", source_lang="en").systems[0]
    assert len(system.units) == len(GOOD.splitlines())
    assert {finding.unit for finding in system.findings} <= {unit.id for unit in system.units}

"""Verdicts applied to a result: what is judged wrong is silent, all else carries what was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from evalkit.records import Finding
from evalkit.records.human import Rating
from evalkit.records.quality import quality
from evalkit.records.result import Result, SystemRecord
from evalkit.records.scorecard import Scorecard, ScorecardConfig
from evalkit.records.verdict_keys import keys_of, of_all
from evalkit.records.verdicts import WORDS, Judgement, Review, Verdict
from evalkit.review.figures import agreement, by_finding, judgements, of_rules, of_system
from evalkit.review.human import human_of
from evalkit.review.scorecard import of_ratings, scorecards

_JUDGEMENTS: tuple[Judgement, ...] = (*WORDS, "disputed")


def judged(system: SystemRecord, verdicts: Sequence[Verdict]) -> SystemRecord:
    """The system with each finding's verdict and notes; those judged wrong stand in `judged_wrong`, and in no count."""
    mine = of_system(verdicts, system.name)
    said, notes = judgements(mine), notes_of(mine)
    everywhere = judgements(by_finding(verdicts))
    elsewhere, known = _at_one(everywhere, of_all), _at_one(everywhere, _bare)
    from_elsewhere = notes_of(replace(verdict, key=of_all(verdict.key)) for verdict in verdicts)
    keys = keys_of(system)
    stands: list[Finding] = []
    wrong: list[Finding] = []
    for finding in sorted((*system.findings, *system.judged_wrong), key=order_of):
        key = keys[finding.id]
        judgement = said.get(key) or elsewhere.get(key) or known.get(_bare(key), "")
        note = (notes if key in said else from_elsewhere).get(key, "") if judgement else ""
        marked = replace(finding, verdict=judgement, note=note)
        (wrong if judgement == "wrong" else stands).append(marked)
    return replace(system, findings=tuple(stands), judged_wrong=tuple(wrong), quality=quality(stands, system.words))


def order_of(finding: Finding) -> int:
    """The place of a finding in its system, of which its id has the number."""
    digits = "".join(char for char in finding.id if char in "0123456789")
    return int(digits[:9]) if digits else 0


def _bare(key: str) -> str:
    """The key without the number of the occurrence: that of all places with the same words around them."""
    print_, tilde, text = of_all(key).partition("~")
    return print_.partition("-")[0] + tilde + text


def _at_one(said: Mapping[str, Judgement], less: Callable[[str], str]) -> dict[str, Judgement]:
    """What holds for places that nobody has judged: what was said of others with the same words, in other systems or in
    the same text, if that is one thing."""
    found: dict[str, set[Judgement]] = {}
    for key, judgement in said.items():
        found.setdefault(less(key), set()).add(judgement)
    return {key: next(iter(words)) for key, words in found.items() if len(words) == 1}


def notes_of(verdicts: Iterable[Verdict]) -> dict[str, str]:
    """The notes of each finding by its key, with who has said them."""
    notes: dict[str, dict[str, None]] = {}  # each once and in its order
    for verdict in verdicts:
        if verdict.note:
            said = f"{verdict.who}: {verdict.note}" if verdict.who else verdict.note
            notes.setdefault(verdict.key, {})[said] = None
    return {key: "; ".join(each) for key, each in notes.items()}


def review_of(systems: Iterable[SystemRecord], verdicts: Sequence[Verdict], path: str) -> Review:
    """The account of a run's verdicts; findings that are outvoted are no work for anybody and not counted as open."""
    findings = [f for system in systems for f in (*system.standing, *system.judged_wrong)]
    counts: Counter[Judgement] = Counter(finding.verdict for finding in findings if finding.verdict)
    return Review(
        path=path,
        counts={word: counts[word] for word in _JUDGEMENTS},
        open=sum(not finding.verdict for finding in findings),
        rules=of_rules(verdicts),
        agreement=agreement(verdicts),
    )


def applied(
    result: Result, verdicts: Sequence[Verdict], path: str, ratings: Mapping[str, Sequence[Rating]] | None = None
) -> Result:
    """The result as it is with these verdicts and no others, and with the ratings of these files, if there are any.
    Comparisons of systems stay as they are."""
    systems = tuple(judged(system, verdicts) for system in result.systems)
    config = result.config.get("scorecard")
    marked = [rating for each in (ratings or {}).values() for rating in each]
    human = human_of(systems, marked, tuple(ratings or ())) if marked else result.human
    cards: tuple[Scorecard, ...] = ()
    if config:
        card = msgspec.convert(config, ScorecardConfig)
        cards = (*scorecards(systems, card), *(of_ratings(human, card) if human else ()))
    return replace(result, systems=systems, review=review_of(systems, verdicts, path), scorecards=cards, human=human)

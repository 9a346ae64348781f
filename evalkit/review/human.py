"""Ratings of people held against a result: verdicts on its findings, and human MQM beside its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from evalkit.records import Finding
from evalkit.records.human import Human, HumanMqm, MarkedError, RaterAgreement, Rating
from evalkit.records.quality import quality, rolled_up
from evalkit.records.result import PassageRecord, Result, SystemRecord, UnitRecord
from evalkit.records.verdict_keys import in_system, keys_of
from evalkit.records.verdicts import Verdict, Word
from evalkit.review.figures import kappa
from evalkit.text.words import count_words

Unmarked = Literal["open", "wrong"]
Span = tuple[int, int]


class Rated(NamedTuple):
    """A rating and the units its text is of; `whole` where it has all of their text, not a part of it."""

    rating: Rating
    units: tuple[UnitRecord, ...]
    whole: bool = True


def matched(system: SystemRecord, ratings: Iterable[Rating]) -> tuple[list[Rated], int]:
    """The ratings of a system with their units, known by their text, and how many rated segments are not there.

    Of units with the same text the first belongs to the first of the segments with it, and so on. A segment that is
    no unit by itself may be a part of one, or be made of several that follow one another.
    """
    own = [unit for unit in system.units if unit.candidate is not None]
    texts = [_plain(unit.candidate.text) for unit in own if unit.candidate is not None]
    units: dict[str, list[UnitRecord]] = {}
    for unit, text in zip(own, texts, strict=True):
        units.setdefault(text, []).append(unit)
    places: dict[str, dict[str, int]] = {}
    found: list[Rated] = []
    lost: set[str] = set()
    for rating in ratings:
        text = _plain(rating.candidate)
        place = places.setdefault(text, {}).setdefault(rating.segment, len(places[text]))
        if place < len(units.get(text, ())):
            found.append(Rated(rating, (units[text][place],)))
        elif text not in units and (other := _otherwise(rating, text, own, texts)):
            found.append(other)
        else:
            lost.add(rating.segment)
    return found, len(lost)


def _otherwise(rating: Rating, text: str, own: Sequence[UnitRecord], texts: Sequence[str]) -> Rated | None:
    """The units of a text that is none by itself; a part must stand in one unit alone, else nobody knows which."""
    holding = [number for number, each in enumerate(texts) if text in each] if text else []
    if len(holding) == 1:
        return Rated(rating, (own[holding[0]],), whole=False)
    for number, each in enumerate(texts) if text and not holding else ():
        end, joined = number, each
        while joined and text.startswith(joined) and end + 1 < len(texts):
            end += 1
            joined = f"{joined} {texts[end]}"
            if joined == text:
                return Rated(rating, tuple(own[number : end + 1]))
    return None


def by_system(systems: Sequence[SystemRecord], ratings: Iterable[Rating]) -> dict[str, list[Rating]]:
    """The ratings of each system by its name; where both have one system each it is the same, whatever its name."""
    found: dict[str, list[Rating]] = {}
    for rating in ratings:
        found.setdefault(rating.system, []).append(rating)
    if len(systems) == len(found) == 1:
        return {systems[0].name: next(iter(found.values()))}
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def verdicts_of(result: Result, ratings: Sequence[Rating], unmarked: Unmarked = "open") -> Iterator[Verdict]:
    """What the ratings say of the findings. A finding at a place that a person has marked is right. One that was shown
    to the person, who took it away, is wrong; so is any that is not marked, where `unmarked` says so."""
    of = by_system(result.systems, ratings)
    for system in result.systems:
        keys, by_unit = keys_of(system), _by_unit((*system.standing, *system.judged_wrong))
        rated, _ = matched(system, of.get(system.name, ()))
        for each in rated:
            for finding, span in _placed(each, by_unit):
                said = _said(finding, span, each.rating, unmarked)
                if said is not None:
                    word, note = said
                    key = in_system(keys[finding.id], system.name)
                    yield Verdict(key, word, finding.rule, finding.text, note, each.rating.rater)


def _placed(each: Rated, by_unit: Mapping[str, Sequence[Finding]]) -> Iterator[tuple[Finding, Span]]:
    """The findings of a rating's units that stand in the text it is of, with their places there."""
    for unit in each.units:
        for finding in by_unit.get(unit.id, ()):
            if span := _place(finding, unit, each):
                yield finding, span


def _by_unit(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.unit, []).append(finding)
    return found


def _said(finding: Finding, span: Span, rating: Rating, unmarked: Unmarked) -> tuple[Word, str] | None:
    errors = [error for error in rating.errors if error.side == finding.side and _touch((error.start, error.end), span)]
    if errors:
        return "right", "; ".join(dict.fromkeys(f"{error.category} ({error.severity})" for error in errors))
    was_shown = finding.side == "candidate" and any(_touch(shown, span) for shown in rating.proposed or ())
    return ("wrong", "not marked") if was_shown or unmarked == "wrong" else None


def _place(finding: Finding, unit: UnitRecord, each: Rated) -> Span | None:
    """The characters of the rated text that a finding marks; None where it marks none of that text."""
    passage: PassageRecord | None = {"candidate": unit.candidate, "source": unit.source}.get(finding.side)
    text = each.rating.candidate if finding.side == "candidate" else each.rating.source
    if passage is None or not finding.text or not text:
        return None
    # White space may have been changed on the way, and a passage may be put together: the place is looked for around
    # where it must be.
    shift = text.find(passage.text) if each.whole else -passage.text.find(text)
    near = max(0, finding.start - passage.start) + shift
    if near < 0 or near >= len(text):
        return None
    start = near if text[near : near + len(finding.text)] == finding.text else text.find(finding.text)
    return None if start < 0 else (start, start + len(finding.text))


def _touch(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def human_of(systems: Sequence[SystemRecord], ratings: Sequence[Rating], paths: Sequence[str]) -> Human:
    """Human MQM of the systems that were rated, and how far each two raters agree."""
    of = by_system(systems, ratings)
    known = [(system, *matched(system, of.get(system.name, ()))) for system in systems]
    figures = tuple(_figures(system, rated, lost) for system, rated, lost in known if rated or lost)
    return Human(tuple(paths), figures, tuple(_agreement([each.rating for _, rated, _ in known for each in rated])))


def _figures(system: SystemRecord, rated: Sequence[Rated], lost: int) -> HumanMqm:
    by_category: dict[str, dict[str, int]] = {}
    for each in rated:
        for error in each.rating.errors:
            counts = by_category.setdefault(error.category, {})
            counts[error.severity] = counts.get(error.severity, 0) + 1
    words = {each.rating.segment: count_words(each.rating.candidate) for each in rated}
    people = rolled_up(by_category, sum(words[each.rating.segment] for each in rated))
    by_unit = _by_unit(system.standing)
    findings = {finding.id: finding for each in rated for finding in _of_rated(each, by_unit)}
    automatic = quality(findings.values(), sum(words.values()))
    placed = [
        (error, each) for each in rated for error in each.rating.errors
        if error.end > error.start and error.side == "candidate"
    ]  # fmt: skip
    return HumanMqm(
        system=system.name, raters=tuple(sorted({each.rating.rater for each in rated})), segments=len(words),
        ratings=len(rated), unmatched=lost, words=people.words, counts=people.counts, by_category=people.by_category,
        penalty=people.penalty, penalty_per_1000_words=people.penalty_per_1000_words, score=people.raw_score,
        placed=len(placed), found=sum(_is_found(error, each, by_unit) for error, each in placed),
        automatic_counts=automatic.counts, automatic_per_1000_words=automatic.penalty_per_1000_words,
    )  # fmt: skip


def _of_rated(each: Rated, by_unit: Mapping[str, Sequence[Finding]]) -> Iterator[Finding]:
    """The findings of the rated text: all of its units, or of a part those that stand in it."""
    if each.whole:
        yield from (finding for unit in each.units for finding in by_unit.get(unit.id, ()))
    else:
        yield from (finding for finding, _ in _placed(each, by_unit))


def _is_found(error: MarkedError, each: Rated, by_unit: Mapping[str, Sequence[Finding]]) -> bool:
    places = (span for finding, span in _placed(each, by_unit) if finding.side == "candidate")
    return any(_touch((error.start, error.end), place) for place in places)


def _agreement(rated: Sequence[Rating]) -> Iterator[RaterAgreement]:
    by_rater: dict[str, dict[tuple[str, str], Rating]] = {}
    for rating in rated:
        by_rater.setdefault(rating.rater, {})[rating.system, rating.segment] = rating
    for one, two in combinations(sorted(by_rater), 2):
        both = [(by_rater[one][key], by_rater[two][key]) for key in by_rater[one] if key in by_rater[two]]
        if both:
            words = [("wrong" if a.errors else "right", "wrong" if b.errors else "right") for a, b in both]
            shared = Counter(is_shared for a, b in both for is_shared in (*_shared(a, b), *_shared(b, a)))
            alike = sum(a == b for a, b in words)
            yield RaterAgreement(one, two, len(both), alike, kappa(words), shared.total(), shared[True])


def _shared(one: Rating, two: Rating) -> Iterator[bool]:
    """Of each place one person has marked, whether the other has marked something there."""
    for error in one.errors:
        if error.end > error.start:
            span = (error.start, error.end)
            yield any(other.side == error.side and _touch(span, (other.start, other.end)) for other in two.errors)

"""The verdict: what an editor must know, in plain sentences, before any number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from evalkit.records import Finding
from evalkit.records.result import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, number, percent, quoted
from evalkit.renderers.report.blocks import Block, Bullets, Heading, Line, Paragraph, Piece, line, name, text
from evalkit.renderers.report.disagreements import in_short
from evalkit.renderers.report.listed import listed
from evalkit.renderers.report.which_is_better import SPELLED, more, which_is_better
from evalkit.text.words import count_words

_WEAK = 0.7  # links less probable are called weak (docs/alignment.md)


def verdict(result: Result, limit: int) -> Iterator[Block]:
    """Which documents are usable, what is worst in them, which is better and whether that is sure.

    `limit` is that of the section Findings, to which it refers.
    """
    yield Heading(2, "Verdict")
    if not result.systems:
        yield text("Nothing was evaluated: the result holds no system.")
        return
    yield from _usable(result)
    yield from _worst(result, limit)
    yield from which_is_better(result)
    if (short := in_short(result)) is not None:
        yield Paragraph(short)
    if result.failures:
        yield text(f"{count(len(result.failures), 'note')} on how the texts were read and paired; see Notes.")


def _usable(result: Result) -> Iterator[Block]:
    good, bad = facts.usable(result), facts.untrusted(result)
    doubtful = [s for s in facts.trusted(result) if s not in good]
    if not result.references:
        scored = any(system.scores for system in result.systems)
        done = [*(("scored by what needs no reference",) if scored else ())]
        done += ["checked for findings"] if facts.checked(result) else []
        what = " and ".join(done) if done else "neither scored nor checked"
        yield text(f"No reference was given: the texts were {what}{'' if scored or not done else ', not scored'}.")
        if strange := [s for s in result.systems if facts.strange_source(s)]:
            yield text("Probably not a translation of the given source, so not checked against it:")
            yield from _listed([_state(result, s) for s in strange])
            good = tuple(s for s in good if s not in strange)
    elif facts.is_lines(result):
        yield from _line_by_line(result, len(good))
        good = good if facts.checked(result) else ()
    else:
        yield text(f"{_share(result, len(good))} can be read as a rendering of the reference{':' if good else '.'}")
    yield from _listed([_state(result, s) for s in good])
    if doubtful:
        yield text("Mostly something else: scored, but more than half of the text has no counterpart in the reference:")
        yield from _listed([_state(result, s) for s in doubtful])
    if bad:
        yield text(
            "Not a rendering of the reference, or it could not be aligned with it. Scores would mean nothing "
            "and are not shown:"
        )
        yield from _listed([line(name(s.name), f" ({s.kind}): {_reason(s)}.") for s in bad])


def _line_by_line(result: Result, good: int) -> Iterator[Block]:
    units = max((len(s.units) for s in result.systems), default=0)
    done = "scored" if facts.scopes(result) else "compared"
    yield text(f"{count(good, 'system')} {done} line by line on {count(units, 'segment')}.")
    yield from _best(result) if facts.scopes(result) else ()
    if good and facts.checked(result):
        yield text("What the rules found:")


def _share(result: Result, good: int) -> str:
    """How many of the systems can be used, at the beginning of a sentence."""
    several = any(len(s.documents) > 1 for s in result.systems)
    noun, plural = ("set of documents", "sets of documents") if several else ("document", "")
    if good == len(result.systems) == 1:
        return f"The {noun}"
    return f"{good} of {count(len(result.systems), noun, plural)}"


def _listed(items: list[Line]) -> Iterator[Block]:
    if items:
        yield Bullets(tuple(items[:SPELLED]))
    yield from more(len(items), "system", "the table below")


def _best(result: Result) -> Iterator[Block]:
    """The three systems of each kind that each metric puts first."""
    items, scope, groups = [], facts.scopes(result)[0], facts.kinds(facts.trusted(result))
    for kind, metric in product(groups, facts.metrics(result, scope)):
        way = facts.better(result, metric)
        scored = [(found.value, s) for s in groups[kind] if (found := facts.score(s, metric, scope))]
        if not way or len(scored) < 2:
            continue
        scored.sort(key=lambda entry: -entry[0] if way == "higher" else entry[0])
        parts: list[str | Piece] = [f"{facts.headline(result, metric)}{f' ({kind})' if len(groups) > 1 else ''}: "]
        for order, (value, system) in enumerate(scored[:3]):
            parts += [", " if order else "", name(system.name), f" {number(value, facts.places(result, metric))}"]
        items.append(line(*parts))
    if items:
        yield text("First by each metric:")
        yield Bullets(tuple(items))


def _reason(system: SystemRecord) -> str:
    return quoted(facts.why_apart(system), 400)


def _doubtful(system: SystemRecord) -> str:
    """The share of the candidate's words whose link is weak, a part of those that have one; `align` says the same."""
    weak = (u.candidate for u in system.units if u.candidate and u.references and u.confidence < _WEAK)
    words = sum(count_words(passage.text) for passage in weak)
    return f" ({percent(words / system.words)} a doubtful one)" if words and system.words else ""


def _state(result: Result, system: SystemRecord) -> Line:
    counts = system.quality.counts
    critical, major = counts.get("critical", 0), counts.get("major", 0)
    minor = counts.get("minor", 0) + counts.get("neutral", 0)
    parts = [f" ({system.kind}, {count(system.words, 'word')})"]
    if result.references and not facts.is_lines(result):
        cover = system.alignment.coverage
        parts.append(
            f": it renders {percent(cover.reference)} of the reference; "
            f"{percent(cover.candidate)} of its own words have a counterpart{_doubtful(system)}"
        )
    if not facts.checked(result):
        return line(name(system.name), *parts, ".")
    if critical:
        others = f" and {count(major, 'major one')}" if major else ""
        advice = f". Not to be used yet: {count(critical, 'critical finding')}{others} to check"
    elif major:
        advice = f". {count(major, 'major finding')} to check before it is used"
    else:
        advice = ". No serious finding"
    return line(name(system.name), *parts, advice, f"; {count(minor, 'smaller one')}." if minor else ".")


def _worst(result: Result, limit: int) -> Iterator[Block]:
    owner = {id(f): s for s in facts.trusted(result) for f in s.standing}
    everything = [f for s in facts.trusted(result) for f in s.standing if f.severity in ("major", "critical")]
    if not everything:
        return
    yield text("The most serious findings, different ones first:")
    items = []
    for finding in facts.worst(everything)[:SPELLED]:
        system, wanted = owner[id(finding)], facts.expected(finding)
        quote = "" if facts.said(finding) else f"“{quoted(finding.text, 120)}” – "
        items.append(
            line(
                Piece(finding.severity, "strong"), ", ", name(system.name), f" at {facts.place(system, finding)}, ",
                name(finding.rule), f": {quote}{quoted(finding.message, 240)}",
                f" (expected {wanted})" if wanted else "",
            )
        )  # fmt: skip
    yield Bullets(tuple(items))
    yield from _further(result, limit, everything, len(items))


def _further(result: Result, limit: int, weighty: Sequence[Finding], spelled: int) -> Iterator[Block]:
    """Where the weighty findings that are not spelled out stand."""
    known = {id(f) for entries in listed(result, limit).values() for _, f in entries}
    there, more = sum(id(f) in known for f in weighty), len(weighty) - spelled
    if there < len(weighty):
        said = f"Findings lists {there:,} of the {len(weighty):,} critical and major findings; all are in the JSON"
        yield Paragraph(line(f"{said} result."), cut=True)
    elif more:
        verb = "is" if more == 1 else "are"
        yield text(f"{count(more, 'more critical or major finding')} {verb} listed under Findings.")

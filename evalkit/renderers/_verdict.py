"""The verdict: what an editor must know, in plain sentences, before any number."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.model import Result, SystemRecord
from evalkit.renderers import _facts as facts
from evalkit.renderers._blocks import Block, Bullets, Heading, Line, Piece, line, name, text
from evalkit.renderers._compared import in_words
from evalkit.renderers._text import count, listing, number, percent, quoted

_MOST = 6  # systems, findings or comparisons spelled out


def verdict(result: Result) -> Iterator[Block]:
    """Which documents are usable, what is worst in them, which is better and whether that is sure."""
    yield Heading(2, "Verdict")
    if not result.systems:
        yield text("Nothing was evaluated: the result holds no system.")
        return
    yield from _usable(result)
    yield from _worst(result)
    yield from _better(result)
    if result.failures:
        yield text(f"{count(len(result.failures), 'part')} of the work could not be done; see Failures.")


def _usable(result: Result) -> Iterator[Block]:
    good, bad = facts.trusted(result), facts.untrusted(result)
    if not result.references:
        yield text("No reference was given: the texts were checked for findings only, nothing was scored.")
    elif facts.is_lines(result):
        units = max((len(s.units) for s in result.systems), default=0)
        yield text(f"{count(len(good), 'system')} scored line by line on {count(units, 'segment')}.")
        yield from _best(result)
    else:
        share = f"{len(good)} of {count(len(result.systems), 'document set' if _sets(result) else 'document')}"
        yield text(f"{share} can be read as a rendering of the reference.")
    if good:
        yield Bullets(tuple(_state(result, s) for s in good[:_MOST]))
        yield from _more(len(good), "system", "the table below")
    if bad:
        yield text(
            "Not a rendering of the reference, or none that could be aligned with it; scores against it mean "
            "nothing and are not shown:"
        )
        yield Bullets(tuple(line(name(s.name), f" ({s.kind}): {_reason(s)}.") for s in bad[: 2 * _MOST]))
        yield from _more(len(bad), "system", "the table below", 2 * _MOST)


def _best(result: Result) -> Iterator[Block]:
    """The three systems each metric puts first."""
    items, scope = [], facts.scopes(result)[0]
    for metric in facts.metrics(result, scope):
        way = facts.better(metric)
        scored = [(found.value, s) for s in facts.trusted(result) if (found := facts.score(s, metric, scope))]
        if not way or len(scored) < 2:
            continue
        scored.sort(key=lambda entry: -entry[0] if way == "higher" else entry[0])
        parts: list[str | Piece] = [f"{facts.headline(metric)}: "]
        for order, (value, system) in enumerate(scored[:3]):
            parts += [", " if order else "", name(system.name), f" {number(value)}"]
        items.append(line(*parts))
    if items:
        yield text("First by each metric:")
        yield Bullets(tuple(items))


def _sets(result: Result) -> bool:
    return any(len(s.documents) > 1 for s in result.systems)


def _reason(system: SystemRecord) -> str:
    return quoted(system.alignment.reason.rstrip("."), 400) or "the alignment is not trusted"


def _state(result: Result, system: SystemRecord) -> Line:
    counts = system.quality.counts
    critical, major = counts.get("critical", 0), counts.get("major", 0)
    minor = counts.get("minor", 0) + counts.get("neutral", 0)
    parts = [f" ({system.kind}, {count(system.words, 'word')})"]
    if result.references and not facts.is_lines(result):
        cover = system.alignment.coverage
        parts.append(
            f": it renders {percent(cover.reference)} of the reference's words; "
            f"{percent(cover.candidate)} of its own words have a counterpart there"
        )
    if critical:
        others = f" and {count(major, 'major one')}" if major else ""
        advice = f". Not to be used before {count(critical, 'critical finding')}{others} have been checked"
    elif major:
        advice = f". To be used only after {count(major, 'major finding')} {'has' if major == 1 else 'have'} been checked"
    else:
        advice = ". No critical or major finding"
    return line(name(system.name), *parts, advice, f" ({minor:,} minor or neutral)." if minor else ".")


def _worst(result: Result) -> Iterator[Block]:
    owner = {id(f): s for s in facts.trusted(result) for f in s.findings}
    everything = [f for s in facts.trusted(result) for f in s.findings if f.severity in ("major", "critical")]
    if not everything:
        return
    yield text("The most serious findings, one of each kind first:")
    items = []
    for finding in facts.worst(everything)[:_MOST]:
        system = owner[id(finding)]
        where = line(name(system.name), f", {facts.place(system, finding)}: ")
        wanted = listing([f"“{quoted(e, 80)}”" for e in finding.expected], 3)
        items.append(
            line(
                name(finding.severity), " ", *where, f"“{quoted(finding.text, 120)}”",
                f" for {wanted}" if wanted else "", f" – {quoted(finding.message, 200)} (", name(finding.rule), ")",
            )
        )  # fmt: skip
    yield Bullets(tuple(items))
    if len(everything) > _MOST:
        yield text(f"{len(everything) - _MOST:,} more critical or major findings are listed under Findings.")


def _better(result: Result) -> Iterator[Block]:
    names = {s.name for s in facts.trusted(result)}
    usable = [c for c in result.comparisons if c.baseline in names and c.system in names]
    if not usable:
        if len(names) > 1:
            yield text("The result holds no significance test, so no statement here that one system is better.")
        return
    first = [c for c in usable if c.scope in facts.scopes(result)[:1]] or usable
    yield text("Which is better, and is the difference real:")
    yield Bullets(tuple(in_words(c) for c in first[:4]))
    yield from _more(len(usable), "comparison", "Comparisons", min(4, len(first)))


def _more(total: int, noun: str, where: str, limit: int = _MOST) -> Iterator[Block]:
    if total > limit:
        yield text(f"{count(total - limit, f'more {noun}')}: see {where}.")

"""The first screen of the page: a card for each system, the best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evalkit.records import Finding
from evalkit.records.comparison import Comparison
from evalkit.records.result import Result, SystemRecord
from evalkit.records.scorecard import Scorecard
from evalkit.renderers import _facts as facts
from evalkit.renderers._checklist import has_checklists, in_short
from evalkit.renderers._order import by_rank, groups
from evalkit.renderers._text import count, label, listing, number, quoted
from evalkit.text.quotations import parts

_MOST = 12  # cards that can be taken in; the table of systems has all
_FIRST = 3  # what to fix first: as many as are remembered
_LONGEST = 56  # characters of a quotation: a line or two of a card
_NAMES = 3  # systems named in a sentence
_SCOPES = {
    "aligned": "of what has a counterpart",
    "document": "of the whole text",
    "corpus": "line by line",
}
_APART = (
    "Too little of this text agrees with the reference to compare them. It may be about the same topic, but it does "
    "not seem to be a rendering."
)
_MAY_OMIT = {"report": "A report may leave things out.", "summary": "A summary may leave things out."}


def cards(result: Result) -> list[dict[str, Any]]:
    """A card for each of the first systems: verdict, trust, coverage, what to check first, better or not."""
    numbers = {id(system): number for number, system in enumerate(result.systems)}
    return [_card(result, system, numbers[id(system)]) for system in by_rank(result)[:_MOST]]


def beyond(result: Result) -> int:
    """How many systems have no card."""
    return max(0, len(result.systems) - _MOST)


def _card(result: Result, system: SystemRecord, place: int) -> dict[str, Any]:
    state, verdict = _verdict(result, system)
    scope = next(iter(facts.scopes(result)), None)
    trusted = system in facts.trusted(result)
    cover = result.references and trusted and scope != "corpus" and not facts.is_lines(result)
    return {
        "number": place,
        "name": label(system.name, 60),
        "about": f"{system.kind}, {count(system.words, 'word')}",
        "group": groups(result, scope).get(system.name) if scope and trusted else None,
        "state": state,
        "verdict": verdict,
        "counts": [(s, system.quality.counts.get(s, 0)) for s in facts.WORST_FIRST] if trusted else [],
        "trust": _trust(result, system),
        "coverage": _coverage(system) if cover else [],
        "may_omit": _MAY_OMIT.get(system.kind, "") if cover else "",
        "first": list(_first(system, place)) if trusted else [],
        "scores": _scores(result, system) if trusted else [],
        "scope": _SCOPES.get(scope or "", ""),
        "better": _better(result, system) if trusted else "",
        "changed": _changed(result, system),
        "scorecards": [_scorecard(c) for c in result.scorecards if c.system == system.name and not c.document],
    }


def _verdict(result: Result, system: SystemRecord) -> tuple[str, str]:
    """How it stands: a word for the colour and a sentence for the reader."""
    if system in facts.untrusted(result):
        return "apart", "Not compared"
    if not facts.checked(result):
        return "plain", "Scored; not checked for errors"
    counts = system.quality.counts
    critical, major = counts.get("critical", 0), counts.get("major", 0)
    small = counts.get("minor", 0) + counts.get("neutral", 0)
    if critical:
        return "stop", f"Do not use yet: {count(critical + major, 'serious finding')} to check"
    if major:
        return "check", f"{count(major, 'serious finding')} to check first"
    if small:
        return "good", f"No serious finding; {count(small, 'small finding')} to look at"
    return "good", "Nothing found"


def _trust(result: Result, system: SystemRecord) -> dict[str, str]:
    """Whether the comparison can be relied on, in an editor's words, and the figures behind it."""
    if not result.references:
        return _checked(result, system)
    more = quoted(system.alignment.reason, 600)
    if system in facts.untrusted(result):
        if not facts.is_lines(result):
            return {"state": "no", "text": _APART, "more": more}
        why = quoted(facts.why_apart(system), 600)
        return {"state": "no", "text": f"{why[:1].upper()}{why[1:]}.", "more": ""}
    if facts.is_lines(result):
        return {"state": "yes", "text": "Compared line by line, as the files give it.", "more": ""}
    if system.alignment.coverage.candidate < facts.LEAST_PAIRED:
        return {"state": "part", "text": "Most of this text has no counterpart in the reference.", "more": more}
    return {"state": "yes", "text": "The texts belong together.", "more": more}


def _checked(result: Result, system: SystemRecord) -> dict[str, str]:
    """What a text without a reference was held against, and how many rules it passed and failed."""
    how = "against its source" if result.source else "by itself"
    rules = f": {in_short(result, system).partition('; ')[2]}" if has_checklists(result) else ""
    odd = quoted(system.alignment.reason, 600) if facts.strange_source(system) else ""
    text = f"No reference was given; the text was checked {how}{rules}."
    return {"state": "none", "text": text, "more": odd, "head": "What was checked?"}


def _coverage(system: SystemRecord) -> list[dict[str, Any]]:
    """The shares of both texts that are paired, in percent."""
    cover = system.alignment.coverage
    shares = (("of the reference is rendered", cover.reference), ("of this text has a counterpart", cover.candidate))
    return [{"text": text, "percent": round(100 * share)} for text, share in shares]


def _first(system: SystemRecord, place: int) -> Iterator[dict[str, Any]]:
    """The worst findings, different ones first; `go` is where the script leads."""
    numbers = {id(finding): n for n, finding in enumerate(system.standing)}
    weigh = [f for f in system.standing if f.severity != "neutral"]
    for finding in facts.worst(weigh)[:_FIRST]:
        yield {
            "severity": finding.severity,
            "text": _short(quoted(finding.text, 400)),
            "message": parts(quoted(_message(finding), 200)),
            "place": quoted(facts.place(system, finding), 60),
            "go": f"#f-{place}-{numbers[id(finding)]}",
        }


def _short(text: str) -> str:
    """The first words of a long quotation: the whole of it is a click away."""
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rpartition(' ')[0] or text[:_LONGEST]} …"


def _message(finding: Finding) -> str:
    wanted = facts.expected(finding)
    return f"{finding.message} (expected {wanted})" if wanted else finding.message


def _scores(result: Result, system: SystemRecord) -> list[dict[str, str]]:
    """The scores of the scope that is read first."""
    made = []
    for scope in facts.scopes(result)[:1]:
        for metric in facts.metrics(result, scope)[:4]:
            if found := facts.score(system, metric, scope):
                value = number(found.value, facts.places(result, metric, 1))
                made.append({"title": facts.headline(result, metric), "value": value,
                             "says": facts.meaning(result, metric)})  # fmt: skip
    return made


def _better(result: Result, system: SystemRecord) -> str:
    """How it stands to the others of its kind by the first metric, in a sentence; empty for a system alone."""
    if len(result.systems) < 2:
        return ""
    peers = [s for s in facts.trusted(result) if s.kind == system.kind and s is not system]
    if not peers:
        return f"Not ranked: no other {system.kind} here can be compared with it."
    known = {s.name for s in peers}
    tests = [
        c for c in result.comparisons
        if system.name in (c.system, c.baseline) and {c.system, c.baseline} & known
    ]  # fmt: skip
    scope = next((s for s in facts.scopes(result) if any(c.scope == s for c in tests)), None)
    first = next((m for m in facts.metrics(result, scope) if any(c.metric == m for c in tests)), "") if scope else ""
    mine = [c for c in tests if (c.metric, c.scope) == (first, scope)]
    if not mine:
        return "Not ranked: the differences were not tested (--paired-ar or --paired-bs tests them)."
    return f"By {facts.title(result, first)}: {'; '.join(_outcomes(system, mine))}."


_TURNED = {"better": "worse", "worse": "better"}
_WORDS = {
    "better": "better than",
    "worse": "worse than",
    "none": "not told apart from",
    "untested": "not tested against",
}


def _outcomes(system: SystemRecord, tests: Sequence[Comparison]) -> Iterator[str]:
    for outcome, words in _WORDS.items():
        names = []
        for c in tests:
            mine = c.outcome if c.system == system.name else _TURNED.get(c.outcome, c.outcome)
            if mine == outcome:
                names.append(label(c.baseline if c.system == system.name else c.system, 40))
        if names:
            yield f"{words} {listing(names, _NAMES)}"


def _changed(result: Result, system: SystemRecord) -> str:
    """What changed since the baseline, in a line."""
    for change in result.gate.changes if result.gate else ():
        if change.system == system.name and change.status == "both":
            return f"Since the baseline: {count(len(change.fixed), 'finding')} gone, {len(change.new):,} new."
    return ""


def _scorecard(card: Scorecard) -> dict[str, Any]:
    """Pass or fail, and what it rests on: a card that nobody has judged a finding for has passed nothing yet."""
    word = "no limit set" if card.passed is None else "pass" if card.passed else "fail"
    of = "by the errors people have marked" if card.by == "ratings" else ""
    final = f"Not final: {count(card.open, 'finding')} to judge." if card.open else ""
    return {
        "state": "open" if card.open and card.passed else word, "word": word, "score": number(card.score), "of": of,
        "reasons": "; ".join(card.reasons), "final": final,
    }  # fmt: skip

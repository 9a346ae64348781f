"""The self-test: known errors planted into the user's own text, and which of them the rules find.

Every kind of error is planted by itself into a copy of the text, which is then aligned with the text and
checked as any candidate is. What the rules say of the untouched sentences of the copies, and of the text
itself without a reference, are their false alarms on this text. This room stands beside `api` and may use `run` and
what is below it.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.language.forms import tokens
from evalkit.language.term_book import TermBook
from evalkit.plugins import Registry
from evalkit.records import Document, DocumentSet, Finding, Languages, Segment, Termbase
from evalkit.records.config import RunConfig
from evalkit.run.align import align_system
from evalkit.run.detect import detect
from evalkit.run.parts import Parts, make_parts
from evalkit.run.read import Inputs, read_inputs
from evalkit.run.sides import SplitSide
from evalkit.run.workers import Workers
from evalkit.selftest.damage import KINDS, TITLED, Kind, Lists
from evalkit.terms.load import load

MOST = 30  # errors of one kind planted at most
FEW = 10  # of fewer a share says nothing
_ENOUGH_SENTENCES = 50  # with fewer the share found is known to ten points at best
_ENOUGH_ERRORS = 100  # as above, over all kinds
_APART = 3  # of so many sentences in a row at most one is damaged


class KindResult(Struct, frozen=True):
    """How many errors of a kind were planted, and in how many of the places a right rule, and any, spoke."""

    kind: str
    rules: tuple[str, ...]
    planted: int
    right: int
    any: int


class RuleResult(Struct, frozen=True):
    """One rule: planted errors it is the nearest rule for, how many of those a right rule found, its findings
    in undamaged sentences of the damaged copies, and in the text itself checked without a reference."""

    rule: str
    planted: int
    found: int
    elsewhere: int
    alone: int


class SelfTest(Struct, frozen=True):
    """The outcome on one text; `sentences` counts undamaged sentences of all copies together."""

    text: str
    seed: int
    segments: int
    sentences: int
    kinds: tuple[KindResult, ...]
    rules: tuple[RuleResult, ...]


class _Planted(Struct, frozen=True):
    """The damaged copy of the references' first text, and the damaged places on both sides."""

    candidate: DocumentSet
    here: dict[str, list[tuple[int, int]]]
    there: dict[str, list[tuple[int, int]]]


def self_test(config: RunConfig, *, folder: Path | str = ".", most: int = MOST) -> SelfTest:
    """Plants errors into the first reference of a configuration; its candidates are not looked at.

    Seeded by the configuration's seed: the same text, lists and seed give the same result. Raises
    InputError where the text has no sentences.
    """
    base = Path(folder)
    registry = Registry(tuple(str(base / path) for path in config.plugins))
    parts = make_parts(config, registry)
    inputs = read_inputs(replace(config, candidate=()), base, registry)
    if not inputs.references:
        raise InputError("the self-test plants errors into a reference; give one with -r")
    lists = load(
        (base / path for path in (*config.terms, *config.names)),
        registry=registry,
        languages=Languages(config.language, config.source.lang if config.source else ""),
    )
    test = _Test(config, registry, parts, inputs, lists, most)
    return test.run()


class _Test(Struct, frozen=True):
    """One self-test: its settings and parts."""

    config: RunConfig
    registry: Registry
    parts: Parts
    inputs: Inputs
    lists: Termbase
    most: int

    def run(self) -> SelfTest:
        text = self.inputs.references[0]
        segments = {d.id: self.parts.segmenter.split(d) for d in text.documents}
        number = sum(map(len, segments.values()))
        if not number:
            raise InputError(f"{text.path}: no sentence to plant an error into")
        book = TermBook(self.lists.terms, self.config.language)
        known = Lists(self.lists.names, book, shown_names(segments, self.lists))
        kinds: list[KindResult] = []
        elsewhere: Counter[str] = Counter()
        sentences = 0
        for kind in KINDS:
            planted = plant(text, segments, kind, known, self.config.seed, self.most)
            count = sum(map(len, planted.there.values()))
            if count:
                found = self._check(planted.candidate, (text,))
                kinds.append(_judged(kind, planted, found, count))
                elsewhere.update(f.rule for f in found if not _touched(f, planted))
                sentences += number - count
            else:
                kinds.append(KindResult(kind.name, tuple(kind.rules), 0, 0, 0))
        alone = Counter(f.rule for f in self._check(replace(text, side="candidate"), ()))
        return SelfTest(text.name, self.config.seed, number, sentences, tuple(kinds), _by_rule(kinds, elsewhere, alone))

    def _check(self, candidate: DocumentSet, references: Sequence[DocumentSet]) -> Sequence[Finding]:
        inputs = Inputs(tuple(references), (candidate,), {})
        sides = [SplitSide(reference, self.parts.segmenter) for reference in references]
        aligned = align_system(candidate, sides, self.parts.segmenter, self.parts.aligner)
        workers = Workers()
        rules = self.config.rule
        return detect([aligned], inputs, self.parts.detectors, self.lists, workers, rules).findings[0]


def plant(
    text: DocumentSet, segments: dict[str, Sequence[Segment]], kind: Kind, lists: Lists, seed: int, most: int
) -> _Planted:
    """A copy of the text with at most `most` errors of one kind, in sentences drawn by the seed."""
    chance = Random(f"{seed}/{kind.name}")  # noqa: S311 - a draw, no secret
    places = [(d, i) for d in sorted(segments) for i, s in enumerate(segments[d]) if s.kind == "text"]
    chance.shuffle(places)
    damaged: dict[tuple[str, int], str] = {}
    for owner, index in places:
        near = range(index - _APART + 1, index + _APART)
        if len(damaged) == most or any((owner, i) in damaged for i in near):
            continue
        segment = segments[owner][index]
        made = kind.damage(segment.text, chance, lists)
        if made is not None and made != segment.text:
            damaged[owner, index] = made
    documents: list[Document] = []
    here: dict[str, list[tuple[int, int]]] = {}
    there: dict[str, list[tuple[int, int]]] = {}
    for document in text.documents:
        mine = segments[document.id]
        changed, here[document.id] = _changed(document, mine, damaged)
        documents.append(changed)
        there[document.id] = [(s.start, s.end) for i, s in enumerate(mine) if (document.id, i) in damaged]
    copy = replace(text, name="damaged", side="candidate", documents=tuple(documents), kind="translation")
    return _Planted(copy, here, there)


def shown_names(segments: dict[str, Sequence[Segment]], lists: Termbase) -> frozenset[str]:
    """Words of five letters or more that can only be names: of listed people and places, or with a capital
    inside a sentence and never in small letters."""
    listed = {t.text for n in lists.names if n.kind != "organisation" for t in tokens(n.name)}
    inside: set[str] = set()
    small: set[str] = set()
    for segment in (s for members in segments.values() for s in members):
        words = tokens(segment.text)
        small.update(t.text.lower() for t in words if t.text.islower())
        inside.update(t.text for t in words if t.text.istitle() and TITLED.search(segment.text[: t.start]))
    return frozenset(w for w in listed | inside if len(w) > 4 and w.isalpha() and w.lower() not in small)


def _changed(
    document: Document, segments: Sequence[Segment], damaged: dict[tuple[str, int], str]
) -> tuple[Document, list[tuple[int, int]]]:
    """The document with its damaged sentences, and their places in the new text."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = size = 0
    for index, segment in enumerate(segments):
        made = damaged.get((document.id, index))
        if made is None:
            continue
        parts += [document.text[at : segment.start], made]
        size += segment.start - at
        spans.append((size, size + len(made)))
        size += len(made)
        at = segment.end
    text = "".join([*parts, document.text[at:]])
    return replace(document, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), rows=None), spans


def _touched(finding: Finding, planted: _Planted) -> bool:
    """True where a finding speaks of a damaged sentence, on either side."""
    spans = (planted.here if finding.side == "candidate" else planted.there).get(finding.document, [])
    return any(_meet(finding.start, finding.end, start, end) for start, end in spans)


def _meet(start: int, end: int, other: int, until: int) -> bool:
    return start < until and other < end


def _judged(kind: Kind, planted: _Planted, found: Sequence[Finding], count: int) -> KindResult:
    right = speaks = 0
    for document, theirs in planted.there.items():
        for mine, other in zip(planted.here[document], theirs, strict=True):
            rules = {
                f.rule
                for f in found
                if f.document == document and _meet(f.start, f.end, *(mine if f.side == "candidate" else other))
            }
            right += bool(rules & set(kind.rules))
            speaks += bool(rules)
    return KindResult(kind.name, tuple(kind.rules), count, right, speaks)


def _by_rule(kinds: Sequence[KindResult], elsewhere: Counter[str], alone: Counter[str]) -> tuple[RuleResult, ...]:
    planted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for kind in kinds:
        planted[kind.rules[0]] += kind.planted
        right[kind.rules[0]] += kind.right
    rules = sorted({*(k.rules[0] for k in kinds), *elsewhere, *alone})
    return tuple(RuleResult(rule, planted[rule], right[rule], elsewhere[rule], alone[rule]) for rule in rules)


def table(result: SelfTest) -> str:
    """The outcome as text of 80 columns; shares only of ten or more."""
    lines = [f"Self-test on {result.text}: {result.segments:,} sentences, seed {result.seed}", ""]
    total = sum(kind.planted for kind in result.kinds)
    if result.segments < _ENOUGH_SENTENCES or total < _ENOUGH_ERRORS:
        lines += [
            f"This text is too small to tell: {result.segments} sentences with room for {total} errors in all.",
            f"Take the counts as a trial; shares mean something from about {_ENOUGH_SENTENCES} sentences on.",
            "",
        ]
    lines.append(f"{'planted error':26}{'planted':>8}{'right rule':>17}{'any rule':>17}")
    for kind in result.kinds:
        shares = [_share(number, kind.planted) for number in (kind.right, kind.any)]
        lines.append(f"{kind.kind:26}{kind.planted:8}{shares[0]:>17}{shares[1]:>17}")
    lines += ["", f"{'rule':26}{'planted':>8}{'found':>17}{'false alarms':>18}{'alone':>9}"]
    for rule in result.rules:
        rate = f"{rule.elsewhere} ({1000 * rule.elsewhere / max(result.sentences, 1):.1f}/1,000)"
        lines.append(f"{rule.rule:26}{rule.planted:8}{_share(rule.found, rule.planted):>17}{rate:>18}{rule.alone:9}")
    few = [f"{rule.rule} {rule.planted}" for rule in result.rules if 0 < rule.planted < FEW]
    said = (
        f"false alarms: findings in {result.sentences:,} undamaged sentences of the damaged copies, and how many "
        "that is in 1,000; alone: findings in the text itself when it is checked without a reference. "
        "An error not planted (-) had no place in this text, or no list names it."
    )
    lines += ["", *textwrap.wrap(said, 80)]
    if few:
        lines += textwrap.wrap(f"Too few planted to give a share (fewer than {FEW}): {', '.join(few)}.", 80)
    return "\n".join(lines) + "\n"


def _share(number: int, planted: int) -> str:
    if not planted:
        return "-"
    return f"{number} of {planted}" if planted < FEW else f"{number} ({number / planted:.0%})"

"""The `exact` detector: what a translation must take over from its source as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.detectors._units import locate, row_of, stays
from evalkit.detectors.exact.copied import Elsewhere, short_copy
from evalkit.detectors.exact.inline import Told, differing
from evalkit.detectors.exact.kinds import (
    Item,
    Kind,
    badly_nested,
    codes,
    folded,
    is_note,
    is_word_of,
    named,
    placeholders,
    prose,
    tags,
    urls,
)
from evalkit.detectors.exact.repeated import Odd, odd_sources, odd_targets
from evalkit.language.codes import bare
from evalkit.records import Context, Finding, Passage, Rule, Span, Unit
from evalkit.records.findings import finding
from evalkit.records.texts import FEW_NUMBERS
from evalkit.text.words import fold, quote, quote_apart, words

_CATEGORY = "markup"
PLACEHOLDER = Rule(
    "placeholder", _CATEGORY, "design-markup/markup", "major",
    "A placeholder of the source is missing, changed or added; the program cannot fill the text.",
    "Guten Tag, [{nombre}]!", "source", "Good day, {name}!", rank=25,
)  # fmt: skip
TAG = Rule(
    "tag", _CATEGORY, "design-markup/markup", "major",
    "A tag or entity of the source is missing, changed, added or closed in the wrong place.",
    "Lesen Sie <b>dies[</i>].", "source", "Read <b>this</b>.", rank=26,
)  # fmt: skip
URL = Rule(
    "url", "accuracy", "accuracy/untranslatable", "major",
    "A web or mail address of the source is missing or changed.",
    "Siehe [www.exmaple.org/a].", "source", "See www.example.org/a.", rank=27,
)  # fmt: skip
CODE = Rule(
    "code", "accuracy", "accuracy/untranslatable", "minor",
    "A code of letters and digits in the source is missing in the translation.",
    "Die Zellen tragen [CD113].", "source", "The cells carry CD133.", rank=28,
)  # fmt: skip
COPIED = Rule(
    "source-copied", "accuracy", "accuracy/untranslated", "minor",
    "The source was left untranslated: a whole sentence, or a short text whose words the language lacks or the file "
    "translates elsewhere.",
    "[The meeting was closed at noon by the chair.]", "source", "The meeting was closed at noon by the chair.",
    rank=115,
)  # fmt: skip
ODD_TARGET = Rule(
    "inconsistent-target", "style", "style/inconsistency", "neutral",
    "The same source is translated differently more often.",
    "[The lid must be closed at night.]", "source", "Der Deckel ist nachts zu schließen.", rank=400,
)  # fmt: skip
ODD_SOURCE = Rule(
    "inconsistent-source", "accuracy", "accuracy/mistranslation", "minor",
    "Another source has the same translation; lines may have been shifted or pasted twice.",
    "[The lid must be closed at night.]", "source", "Das Gerät wird über Nacht geladen.", rank=390,
)  # fmt: skip
_KINDS: tuple[tuple[Rule, Kind, str], ...] = (
    (PLACEHOLDER, placeholders, "placeholder"),
    (TAG, tags, "tag"),
    (URL, urls, "address"),
    (CODE, codes, "code"),
)
_FEWEST_WORDS = 4  # shorter copies are names, titles and headings that stay as they are


@dataclass(frozen=True)
class ExactDetector:
    """Placeholders, tags, addresses and codes of the source, sentences left as they were, and repeated segments.

    Needs a source whose lines or rows stand beside those of the candidate (-s/--source, or a bilingual file), and no
    knowledge of a language. What is missing is marked in the source, what is wrong or added in the candidate.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "exact"
    rules: ClassVar[tuple[Rule, ...]] = (PLACEHOLDER, TAG, URL, CODE, COPIED, ODD_TARGET, ODD_SOURCE)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        """By unit what the source has and the candidate has not, and the reverse; then what repeats."""
        elsewhere = Elsewhere((u.source.text, u.candidate.text) for u in units if u.source and u.candidate)
        for unit in units:
            if unit.source and unit.source.segments and unit.candidate and unit.candidate.text.strip():
                for rule, kind, noun in _KINDS:
                    found = list(
                        self._differences(rule, kind, noun, unit, unit.source, unit.candidate, context.source_lang)
                    )
                    if not (rule is PLACEHOLDER and _leaves_the_number_out(found, unit.candidate, context)):
                        yield from found
                if bare(context.lang) != bare(context.source_lang):
                    yield from self._copied(unit, unit.source, unit.candidate, context, elsewhere)
        for code in differing(units, context):
            yield self._code(code)
        for odd in odd_targets(units, context):
            yield self._odd(ODD_TARGET, odd, "the same source is more often translated as")
        for odd in odd_sources(units):
            yield self._odd(ODD_SOURCE, odd, "is also the translation of")

    def _differences(
        self, rule: Rule, kind: Kind, noun: str, unit: Unit, source: Passage, candidate: Passage, lang: str
    ) -> Iterator[Finding]:
        theirs, mine = list(kind(source.text)), list(kind(candidate.text))
        missing, added = _without(theirs, mine), _without(mine, theirs)
        if rule is not PLACEHOLDER:  # which no translator may change
            added, missing = _unlike(added, missing, [list(kind(p.text)) for p in unit.references], theirs)
        notes = {item.key for item in missing if rule is TAG and is_note(item.key, lang)}
        if notes:  # with each one what stands in its place
            added = [item for item in added if not _is_empty(item)]
            missing = [item for item in missing if item.key not in notes]
        if rule is CODE:  # a code written another way, or inside a word, is there; one that is added is often a unit
            whole = folded(candidate.text)
            missing = [item for item in missing if item.key not in whole]
            added = [item for item in added if item.key not in folded(source.text)] if missing else []
        for was, now in zip(missing, added, strict=False):
            if rule is CODE and is_word_of(was.key, lang) and was.key[-1] == now.key[-1]:
                continue  # PROJECT2, PROJEKT2
            text, instead = source.text[was.start : was.end], candidate.text[now.start : now.end]
            if len(missing) == len(added) == 1:
                shown = quote_apart(text, instead)
                message = f"the source has the {named(noun, text, shown[0])}, the translation has {shown[1]}"
            else:
                message = f"the source has the {named(noun, text)}"
            yield self._at(rule, unit, candidate, now, message, (text,), _span(source, was))
        for item in added[len(missing) :]:
            said = f"the source has no {named(noun, candidate.text[item.start : item.end])}"
            yield self._at(rule, unit, candidate, item, said, ())
        for item in missing[len(added) :]:
            if rule is CODE and is_word_of(item.key, lang):
                continue  # COVID-19: languages have their own words for what such a word and number name
            said = f"the translation has no {named(noun, source.text[item.start : item.end])}"
            yield self._at(rule, unit, source, item, said, (), side="source")
        if rule is TAG and not missing and not added:
            wrong = badly_nested(mine)
            if wrong is not None and badly_nested(theirs) is None:
                yield self._at(rule, unit, candidate, wrong, "does not close the last opened tag", ())

    def _copied(
        self, unit: Unit, source: Passage, candidate: Passage, context: Context, elsewhere: Elsewhere
    ) -> Iterator[Finding]:
        """A whole sentence, or a short text of words that the language does not have or the file renders elsewhere;
        names, codes and titles stay as they are in many languages, addresses in all."""
        if fold(source.text).split() != fold(candidate.text).split():
            return
        if any(fold(passage.text).split() == fold(source.text).split() for passage in unit.references):
            return  # an address or a line of code, which the reference leaves as it is too
        segment = candidate.segments[0]
        if stays(segment, context):
            return
        whole = sum(word.text.islower() for word in words(prose(candidate.text))) >= _FEWEST_WORDS
        severity = COPIED.severity if whole else short_copy(candidate.text, context, elsewhere)
        if severity is not None:
            yield finding(
                COPIED, self.name, unit, segment, 0, len(segment.text), "the same text as the source",
                severity=severity, evidence="source",
            )  # fmt: skip

    def _code(self, code: Told) -> Finding:
        expected = code.shown if code.side == "source" else code.instead
        said = f"the translation has no code {quote(code.shown)}"
        if code.side == "candidate":
            where = f"where the source has {quote(code.instead)}" if code.instead else "is not in the source"
            said = f"the code {quote(code.shown)} {where}"
        return finding(
            TAG, self.name, code.unit, code.segment, code.start, code.end, said, side=code.side,
            expected=(expected,) if expected else (), evidence="source",
        )  # fmt: skip

    def _odd(self, rule: Rule, odd: Odd, message: str) -> Finding:
        shown = quote(odd.others[0])
        return finding(
            rule, self.name, odd.unit, odd.segment, 0, len(odd.segment.text), f"{message} {shown}", evidence="source"
        )

    def _at(
        self,
        rule: Rule,
        unit: Unit,
        passage: Passage,
        item: Item,
        message: str,
        expected: tuple[str, ...],
        other: Span | None = None,
        side: Literal["candidate", "source"] = "candidate",
    ) -> Finding:
        segment, start, end = locate(passage, item.start, item.end)
        return finding(
            rule, self.name, unit, segment, start, end, message, side=side, expected=expected, other=other,
            evidence="source",
        )  # fmt: skip


def _leaves_the_number_out(found: list[Finding], candidate: Passage, context: Context) -> bool:
    """True for one placeholder that a plural form for few numbers (one file) has put into words."""
    if len(found) != 1 or found[0].side != "source":
        return False
    row = row_of(candidate.segments[0], context)
    return row is not None and FEW_NUMBERS in row.metadata


def _is_empty(item: Item) -> bool:
    return item.key.endswith("/>")


def _span(passage: Passage, item: Item) -> Span:
    segment, start, end = locate(passage, item.start, item.end)
    return Span("source", "", segment.start + start, segment.start + end, segment.text[start:end])


def _unlike(
    added: list[Item], missing: list[Item], references: list[list[Item]], source: list[Item]
) -> tuple[list[Item], list[Item]]:
    """What no reference has as the candidate has it: `<unverständlich/>` for `<unintelligible/>`."""
    for reference in references:
        added = _without(added, _without(reference, source))
        missing = _without(missing, _without(source, reference))
    return added, missing


def _without(some: list[Item], others: list[Item]) -> list[Item]:
    """The items whose key the others have not as often, the last ones first let go."""
    left = Counter(item.key for item in others)
    found = []
    for item in some:
        if left[item.key] > 0:
            left[item.key] -= 1
        else:
            found.append(item)
    return found

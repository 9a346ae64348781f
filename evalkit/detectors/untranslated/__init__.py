"""The `untranslated` detector: text left in another script or language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidates, comparable, in_one_language, language, locate, stays
from evalkit.detectors.untranslated.dictionary_words import known_elsewhere, usual_elsewhere
from evalkit.detectors.untranslated.english_left import Native, english_left
from evalkit.detectors.untranslated.foreign_words import Licences, Vocabulary, foreign_words
from evalkit.detectors.untranslated.from_source import left_in
from evalkit.detectors.untranslated.other_scripts import other_scripts, scripts_expected
from evalkit.language.codes import bare, in_english
from evalkit.language.scripts import scripts_of
from evalkit.records import Context, Finding, Rule, Segment, Severity, Unit
from evalkit.records.findings import finding
from evalkit.text.addresses import without_addresses
from evalkit.text.messages import without_markup, without_syntax
from evalkit.text.words import count_words

RULE = Rule(
    "untranslated", "accuracy", "accuracy/untranslated", "major",
    "A word or passage in another script or language than the candidate's.",
    "The [研究人员] waited in the hall.",
    rank=110, role="form",
)  # fmt: skip


_PASSAGE = 4  # words in a row that are told whatever they are
_BRACKETS = ("(", "[", "（", "【")


@dataclass(frozen=True)
class UntranslatedDetector:
    """Runs in a script the target language does not use, English in any language, foreign words in English.

    What a reference has too is licensed. Scripts are those of the CLDR, and of the text itself where it knows none. In
    languages of other scripts Latin names and abbreviations are usual; what reads as text is reported, or `latin`
    words in a row of which some have small letters. English is known by its function words, and single words beside a
    reference by the dictionaries of both languages. In English, words of other languages are looked for by their
    letters and in dictionaries of German, French, Spanish, Italian, Czech, Polish; with `vocabulary` (the extra
    `words`) in every language, by how usual a word is in which language.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "untranslated"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    latin: int = 5

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Not judged: a language that the CLDR has no script for."""
        return {} if scripts_of(lang) else {RULE.id: "its script is not known (CLDR)"}

    vocabulary: bool = False

    @property
    def packages(self) -> tuple[str, ...]:
        """What else can move this detector's findings: the vocabulary's package."""
        return ("wordfreq",) if self.vocabulary else ()

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        units = in_one_language(units, context)
        lang = language(context)
        scripts = scripts_expected(units, context)
        vocabulary = Vocabulary(units) if lang == "en" or self.vocabulary else None
        left = self._left(units, context, lang)
        native = Native(units, lang) if lang != "en" and "Latn" in scripts else None
        for unit, _, segment in candidates(units):
            if stays(segment, context):
                continue
            licences = [p.text for p in unit.references] if comparable(unit, context) else []
            original = unit.source.text if unit.source and bare(context.source_lang) == "en" else None
            text = without_markup(segment.text)  # what a tag is called is no language
            spots: list[tuple[int, int]] = []
            words_left = left.get(segment.id, [])
            found = [(*spot, "script") for spot in other_scripts(text, scripts, self.latin, compared=bool(licences))]
            found += [(*spot, "language") for spot in english_left(text, native, licences, original)] if native else []
            if _is_copied(unit, segment) and _mostly(text, found):
                found = [(0, len(segment.text), "major", "source")]  # the sentence, not each passage between its names
            for start, end, severity, evidence in found:
                held = any(f.start == segment.start + start and f.end >= segment.start + end for f in words_left)
                if held or any(text[start:end] in other for other in licences):
                    continue
                spots.append((start, end))
                message = f"{text[start:end]!r} is not in the language of the candidate"
                place = (self.name, unit, segment, start, end)
                # A word in another script cannot be read; one in the same script can, and a gloss need not be.
                unread = evidence in ("script", "source") and text[start - 1 : start] not in _BRACKETS
                yield finding(RULE, *place, message, severity=None if unread else severity, evidence=evidence)
            yield from (f for f in words_left if not _inside(f, segment, spots))
            if vocabulary is None or not (licences or not text.isascii() or self.vocabulary):
                continue
            for start, end in self._words(without_addresses(without_syntax(text)), vocabulary, licences, lang):
                if not any(a < end and start < b for a, b in spots):
                    message = f"{text[start:end]!r} looks like a word of another language"
                    place = (self.name, unit, segment, start, end)
                    yield finding(RULE, *place, message, severity="minor", confidence=0.6, evidence="word")

    def _left(self, units: Sequence[Unit], context: Context, lang: str) -> dict[str, list[Finding]]:
        """By segment the words that the source has and the language has not."""
        told: dict[str, list[Finding]] = {}
        for unit, left in left_in(units, context):
            if unit.candidate is not None:
                segment, start, end = locate(unit.candidate, left.start, left.end)
                message = f"{segment.text[start:end]!r} was left as in the source and is not a {in_english(lang)} word"
                place = (self.name, unit, segment, start, end)
                # A noun with the capital of the language may be a loan that its dictionary lacks: Wickets.
                noun = segment.text[start:end][:1].isupper() and not segment.text[start:end].isupper()
                weighs = left.sure or bool(unit.references)
                severity: Severity = "minor" if weighs and not noun else "neutral"
                item = finding(RULE, *place, message, severity=severity, evidence="source-words")
                told.setdefault(segment.id, []).append(item)
        return told

    def _words(self, text: str, vocabulary: Vocabulary, texts: list[str], lang: str) -> list[tuple[int, int]]:
        """Places of single words of another language, in order."""
        licences = Licences(texts)
        looked_up = usual_elsewhere(text, vocabulary, licences, lang) if self.vocabulary else ()
        listed = known_elsewhere(text, vocabulary, licences, "\n".join(texts)) if lang == "en" and texts else ()
        return sorted({*foreign_words(text, vocabulary, licences), *listed, *looked_up})


def _is_copied(unit: Unit, segment: Segment) -> bool:
    """True for a segment that is the whole of its source."""
    return unit.source is not None and segment.text.strip() == unit.source.text.strip()


def _mostly(text: str, found: Sequence[tuple[int, int, str, str]]) -> bool:
    """True where passages of another language are most of a text, which then is no name or title kept as it is."""
    left = sum(count_words(text[start:end]) for start, end, _, _ in found)
    return left >= _PASSAGE and 2 * left > count_words(text)


def _inside(item: Finding, segment: Segment, spots: list[tuple[int, int]]) -> bool:
    """True for a word of a passage that is told as a whole."""
    return any(segment.start + a <= item.start and item.end <= segment.start + b for a, b in spots)

"""The `untranslated` detector: text left in another script or language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidates, comparable, language
from evalkit.detectors.untranslated.dictionary_words import known_elsewhere, usual_elsewhere
from evalkit.detectors.untranslated.foreign_words import Licences, Vocabulary, foreign_words
from evalkit.language.packs import values_of
from evalkit.records import Context, Finding, Rule, Unit
from evalkit.records.findings import finding
from evalkit.text.words import script

RULE = Rule(
    "untranslated", "accuracy", "accuracy/untranslated", "major",
    "A word or passage in another script or language than the candidate's.",
    "The [研究人员] waited in the hall.",
    rank=110, role="form",
)  # fmt: skip
_LATIN = frozenset({"LATIN"})
# Scripts a language is written in; a language not listed is taken to be in Latin letters.
_SCRIPTS = {lang: frozenset(scripts) for lang, scripts in values_of("languages", "scripts").items()}


@dataclass(frozen=True)
class UntranslatedDetector:
    """Runs in a script the target language does not use, and foreign words in its own script.

    What a reference has too is licensed. In languages of other scripts Latin words are usual and
    reported from `latin` words in a row on. Foreign words are looked for in English only, by their letters
    and, beside a reference, in dictionaries of English, German, French, Spanish, Italian, Czech, Polish; with
    `vocabulary` (the extra `words`) in every language, by how usual a word is in which language.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "untranslated"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    latin: int = 5
    vocabulary: bool = False

    @property
    def packages(self) -> tuple[str, ...]:
        """What else can move this detector's findings: the vocabulary's package."""
        return ("wordfreq",) if self.vocabulary else ()

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        lang = language(context)
        scripts = _SCRIPTS.get(lang, _LATIN)
        vocabulary = Vocabulary(units) if lang == "en" or self.vocabulary else None
        for unit, _, segment in candidates(units):
            licences = [p.text for p in unit.references] if comparable(unit, context) else []
            text = segment.text
            spots = [] if text.isascii() and scripts == _LATIN else list(_runs(text, scripts, self.latin))
            spots = [(a, b) for a, b in spots if not any(text[a:b] in other for other in licences)]
            for start, end in spots:
                message = f"{text[start:end]!r} is not in the language of the candidate"
                yield finding(RULE, self.name, unit, segment, start, end, message)
            if vocabulary is None or not (licences or not text.isascii() or self.vocabulary):
                continue
            for start, end in self._words(text, vocabulary, licences, lang):
                if not any(a < end and start < b for a, b in spots):
                    message = f"{text[start:end]!r} looks like a word of another language"
                    place = (self.name, unit, segment, start, end)
                    yield finding(RULE, *place, message, severity="minor", confidence=0.6)

    def _words(self, text: str, vocabulary: Vocabulary, texts: list[str], lang: str) -> list[tuple[int, int]]:
        """Places of single words of another language, in order."""
        licences = Licences(texts)
        looked_up = usual_elsewhere(text, vocabulary, licences, lang) if self.vocabulary else ()
        listed = known_elsewhere(text, vocabulary, licences, "\n".join(texts)) if lang == "en" and texts else ()
        return sorted({*foreign_words(text, vocabulary, licences), *listed, *looked_up})


def _runs(text: str, scripts: frozenset[str], latin: int) -> Iterator[tuple[int, int]]:
    """Maximal runs of letters of foreign scripts; small gaps of blanks and points join them."""
    start = end = -1
    for at, char in enumerate(text):
        kind = script(char)
        if kind in scripts:
            if start >= 0:
                yield from _kept(text, start, end, latin)
            start = -1
        elif kind and kind not in (
            "MODIFIER",
            "FEMININE",
            "MASCULINE",
            "MICRO",
            "FULLWIDTH",
            "OHM",
            "KELVIN",
            "ANGSTROM",
            "SCRIPT",
            "DOUBLE-STRUCK",
            "MATHEMATICAL",
        ):
            start, end = (at if start < 0 else start), at + 1
        elif (
            start >= 0
            and ord(char) >= 0x300
            and not char.isspace()
            and kind == ""
            and char.isidentifier() is False
            and ("a" + char).isidentifier()
        ):
            end = at + 1
    if start >= 0:
        yield from _kept(text, start, end, latin)


def _kept(text: str, start: int, end: int, latin: int) -> Iterator[tuple[int, int]]:
    """Single Greek letters are symbols; Latin words need company in texts of other scripts."""
    run = text[start:end]
    kinds = {script(c) for c in run} - {""}
    if kinds == {"GREEK"} and len(run) == 1:
        return
    if kinds == {"LATIN"} and len(run.split()) < latin:
        return
    yield start, end

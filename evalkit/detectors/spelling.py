"""The `spelling` detector: words no vocabulary knows. Off unless the configuration names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from evalkit.detectors._units import candidates, language, reference_texts
from evalkit.language.codes import bare
from evalkit.language.english_words import has_word_list
from evalkit.language.function_words import stem
from evalkit.language.packs import words_in_order
from evalkit.language.word_frequencies import frequency, is_known_language, usual_words
from evalkit.records import Context, Finding, Rule, Unit
from evalkit.records.findings import finding
from evalkit.text.words import Word, fold, is_unspaced, words

RULE = Rule(
    "spelling", "conventions", "linguistic-conventions/spelling", "minor",
    "A word that no vocabulary, list or reference knows; off by default, needs the extra `words`.",
    "The guests waited for the [ambassaddor] in the hall.",
    rank=280, role="form",
)  # fmt: skip
_SHORTEST = 4  # letters: shorter words are abbreviations and symbols
_SUGGESTIONS = 3  # more is no help
_LONG = 8  # from this length on two letters may be wrong


@dataclass(frozen=True)
class SpellingDetector:
    """Words in small letters, or at the start of a sentence, that the package wordfreq does not list.

    A word of any reference or list of the run is licensed, and so is one the candidate uses `often` times
    or more. Off by default: it needs the extra `words`, and rare words of a field are no errors.
    """

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "spelling"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)
    default: ClassVar[bool] = False
    extra: ClassVar[str] = "words"
    packages: ClassVar[tuple[str, ...]] = ("wordfreq",)

    often: int = 3

    @classmethod
    def silent(cls, lang: str) -> dict[str, str]:
        """Not judged: a language without spaces between words, or without a list of the package."""
        known = not is_unspaced(lang) and has_word_list() and is_known_language(bare(lang))
        return {} if known else {RULE.id: "the package wordfreq has no list of its words"}

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        lang = language(context)
        if is_unspaced(lang) or not is_known_language(lang):
            return
        licensed = _licensed(units, context)
        counts: dict[str, int] = {}
        for _, _, segment in candidates(units):
            for word in words(segment.text):
                counts[fold(word.text)] = counts.get(fold(word.text), 0) + 1
        for unit, _, segment in candidates(units):
            for word in _plain(segment.text):
                folded = fold(word.text)
                if counts[folded] >= self.often or folded in licensed or stem(word.text) in licensed:
                    continue
                if _known(word.text, lang):
                    continue
                near = suggestions(word.text.lower(), lang)
                message = f"{word.text!r} is in no vocabulary" + (f"; perhaps {', '.join(near)}" if near else "")
                yield finding(
                    RULE, self.name, unit, segment, word.start, word.end, message,
                    confidence=0.7 if near else 0.4, expected=near,
                )  # fmt: skip


def _plain(text: str) -> Iterator[Word]:
    """Words that are no names by their look: small letters, or a capital that only opens the sentence."""
    for word in words(text):
        opens = not any(c.isalnum() for c in text[: word.start])
        small = word.text.islower() or (opens and word.text[1:].islower())
        if small and word.text.isalpha() and len(word.text) >= _SHORTEST:
            yield word


def _known(word: str, lang: str) -> bool:
    """True for a listed word, and for one made of a listed word with a common English ending or beginning."""
    low = word.lower()
    if frequency(low, lang) > 0:
        return True
    if lang != "en":
        return False
    bases = [low.removesuffix(end) for end in words_in_order("en", "spelling.endings") if low.endswith(end)]
    bases += [base + "e" for base in bases if low.endswith(words_in_order("en", "spelling.endings_for_e"))]
    bases += [low.removeprefix(s) for s in words_in_order("en", "spelling.beginnings") if low.startswith(s)]
    return any(len(base) >= _SHORTEST and frequency(base, lang) > 2 for base in bases)


@lru_cache(maxsize=4096)
def suggestions(word: str, lang: str) -> tuple[str, ...]:
    """Up to three usual words one letter away (two, for long words), nearest and most usual first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= _LONG else 1
    near = process.extract(word, usual_words(lang), scorer=OSA.distance, score_cutoff=most, limit=None)
    ordered = sorted(near, key=lambda item: (item[1], item[2]))
    return tuple(choice for choice, _, _ in ordered[:_SUGGESTIONS])


def _licensed(units: Sequence[Unit], context: Context) -> frozenset[str]:
    """Folded words and stems of the references and lists."""
    listed = [form for name in context.names for form in (name.name, *name.accept, *name.variants)]
    listed += [form for term in context.terms for form in (term.term, *term.accept)]
    found = [word.text for text in (*reference_texts(units), *listed) for word in words(text)]
    return frozenset({fold(word) for word in found} | {stem(word) for word in found})

"""English negation: where it stands and which words may take its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from evalkit.language.packs import pattern_of, rows_of, words_in_order, words_of
from evalkit.text.caseless import Caseless
from evalkit.text.shared import shared
from evalkit.text.words import words

_STRONG = Caseless(
    rf"\b(?:{pattern_of('en', 'negation.cues')}|(?:{'|'.join(words_in_order('en', 'negation.contracted'))})n['’]?t)\b"
    rf"|\b(?:{'|'.join(words_in_order('en', 'negation.contracted_apart'))}) ?['’] ?t\b"
)
_NOT = f"(?:{pattern_of('en', 'negation.negators')})"
_PAIRED = words_of("en", "negation.paired")
# Negators in phrases that deny nothing.
_IDLE_PHRASES = pattern_of("en", "negation.idle")
_IDLE = Caseless(rf"\b(?:(?:{_IDLE_PHRASES})\b|no[.,])")
# What denies a denial: not bad, nothing wrong, not uncommon, do not forget.
_LITOTES = Caseless(
    rf"\b(?:\w*{_NOT}|{pattern_of('en', 'negation.nouns')}) (?:(?:{pattern_of('en', 'negation.between')}) )?"
    rf"({pattern_of('en', 'negation.denied_denials')})\b"
)
_TAKEN_BACK = Caseless(rf"\b\w*{_NOT}\b(?={pattern_of('en', 'negation.taken_back')})")
_ASKED = Caseless(pattern_of("en", "negation.asked"))
_WEAK = Caseless(rf"\b(?:{pattern_of('en', 'negation.may_answer')})\b")


# Those of them that rarely answer a negator.
SELDOM = frozenset(word.replace("_", " ") for word in words_of("en", "negation.seldom_answers"))


# Verbs that say so little that they are no content words: a negator before one denies them, not what follows.
LIGHT = words_of("en", "negation.light_verbs")


_SAME = Caseless(rf"\b(?:{pattern_of('en', 'negation.sameness')})\b")
_OTHER = Caseless(rf"\b(?:{pattern_of('en', 'negation.difference')})\b")


_OPPOSITES = rows_of("en", "negation.opposites")
_NEAR, _AFTER = 40, 3  # characters and words behind a negator, among which the word is that it denies


class Cue(NamedTuple):
    """A negator with its place."""

    start: int
    end: int
    text: str


def strong(text: str) -> list[Cue]:
    """Negators proper; those of phrases such as `not only` are left out."""
    return list(_strong(text))


@shared
def _strong(text: str) -> tuple[Cue, ...]:
    found = [Cue(m.start(), m.end(), text[m.start() : m.end()]) for m in _STRONG.finditer(text)]
    if not found:
        return ()
    idle = [[(m.start(), m.end()) for m in pattern.finditer(text)] for pattern in (_IDLE, _TAKEN_BACK)]
    return tuple(cue for cue in found if not any(_around(cue, spans) for spans in idle))


def _around(cue: Cue, spans: Sequence[tuple[int, int]]) -> int:
    """Which of the spans, one behind the other, has the beginning of a cue, counted from one; 0 where none has."""
    at = bisect_right(spans, cue.start, key=itemgetter(0))
    return at if at and cue.start < spans[at - 1][1] else 0


def denied_denial(text: str, cue: Cue) -> str:
    """The word of `not bad`, `do not forget` that the negator turns round; empty where it denies anything else."""
    spans, denied = _litotes(text)
    at = _around(cue, spans)
    return denied[at - 1] if at else ""


@shared
def _litotes(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    found = [(m.span(), m[1].lower()) for m in _LITOTES.finditer(text)]
    return [span for span, _ in found], [word for _, word in found]


def is_answered(text: str, cue: Cue, other: str, answers: list[Cue]) -> bool:
    """True where the other side says it otherwise: not the same: different; neither ... nor: not; or where one side
    only is a question, which may expect a no."""
    if cue.text.lower() in _PAIRED and answers:
        return True
    if _asks(text) != _asks(other):
        return True
    if _opposites(text, cue, other):
        return True
    return bool(_SAME.search(text, cue.end, cue.end + 40)) and _tells_apart(other)


@shared
def _asks(text: str) -> bool:
    return "?" in text


@shared
def _tells_apart(text: str) -> bool:
    return _OTHER.search(text) is not None


@shared
def _small_words(text: str) -> frozenset[str]:
    return frozenset(w.text.lower() for w in words(text))


def _opposites(text: str, cue: Cue, other: str) -> bool:
    """True where the other side has the opposite of the word denied: not large, small."""
    denied = [w.text.lower() for w in words(text[cue.end : cue.end + _NEAR])][:_AFTER]
    there = _small_words(other)
    pairs = [*zip(_OPPOSITES[::2], _OPPOSITES[1::2], strict=True)]
    pairs += [(b, a) for a, b in pairs]
    return any(mine & set(denied) and theirs & there and not mine & there for mine, theirs in pairs)


def any_negation(text: str) -> bool:
    """True where anything may negate: a negator, an idle one, `fail`, `lack`, `un-`, `without`."""
    return any(pattern.search(text) for pattern in (_STRONG, _IDLE, _WEAK, _ASKED))


@shared
def weak(text: str) -> frozenset[str]:
    """Lower-case words that may carry a negation the other side spells out, idle negators too."""
    patterns = (_WEAK, _IDLE, _TAKEN_BACK, _ASKED)
    return frozenset(m.group().lower() for pattern in patterns for m in pattern.finditer(text))

"""Negation in languages other than English: what denies, and where the other text leaves it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache, partial
from typing import NamedTuple

import regex

from evalkit.language.alphabets import in_both
from evalkit.language.negation import Cue
from evalkit.language.packs import has_list, optional_words, pattern_of, values_of, words_in_order
from evalkit.language.scripts import script_of, written_in
from evalkit.text.shared import shared
from evalkit.text.words import Word, fold, is_unspaced, words

_BREAK = re.compile("[,.;:!?()，。；：！？、؛،؟।]")
_BESIDE = 3  # characters on either side of a negator that another text must have, in scripts without spaces
_NEAR = 4  # content words on either side of a negator that show what it denies
_LETTERS = 4  # shorter words are mostly function words, in any language
_BARE = 3  # letters of a word without what denies in it
_STEM = 5  # first letters by which two words are taken for forms of one
_MUCH = 0.6  # share of those words the other text must have, where it denies nothing at all: measured on NTREX
_ALIKE = 0.8  # share of their characters that two sentences have in common where one of them denies the other
_SHORTEST, _LONGEST = 6, 300  # letters of such sentences: in shorter ones chance decides, longer ones cost too much
_ZERO = re.compile(r"(?<![\w.,:])0(?![\w.,:])")
_BEFORE_VOWELS = "|".join(pattern_of("fr", name) for name in ("elisions.before_nouns", "elisions.before_verbs"))
_ELIDED = re.compile(rf"^(?:{_BEFORE_VOWELS})['’](?=\w)", re.IGNORECASE)


class _Patterns(NamedTuple):
    cues: regex.Pattern[str]
    idle: regex.Pattern[str]
    weak: regex.Pattern[str]
    affixes: regex.Pattern[str] | None
    single: tuple[str, ...]  # negators of one character, which longer ones hold


def is_known(lang: str) -> bool:
    """True for a language with a list of negators."""
    return has_list(lang, "negation.cues") or has_list(lang, "negation.strings")


def reads(text: str, lang: str) -> bool:
    """False for a text in a script that the language's negators are not listed in."""
    seen = written_in([text])
    return not seen or seen in _scripts(lang)


@lru_cache(maxsize=64)
def _scripts(lang: str) -> frozenset[str]:
    """The scripts of the listed negators."""
    strings = pattern_of(lang, "negation.strings") if has_list(lang, "negation.strings") else ""
    listed = in_both(" ".join(optional_words(lang, "negation.cues")), lang, " ")
    return frozenset(script_of(char) for char in strings + listed if char.isalpha())


@lru_cache(maxsize=32)
def _patterns(lang: str) -> _Patterns:
    idle, weak = (in_both(pattern_of(lang, f"negation.{name}"), lang) for name in ("idle", "may_answer"))
    if has_list(lang, "negation.strings"):
        strings = pattern_of(lang, "negation.strings")
        single = tuple(text for text in strings.split("|") if len(text) == 1)
        return _Patterns(regex.compile(strings), regex.compile(idle), regex.compile(weak), None, single)
    cues = "|".join(map(re.escape, in_both(" ".join(words_in_order(lang, "negation.cues")), lang, " ").split()))
    denying, idly, weakly = (regex.compile(as_words(part), regex.IGNORECASE) for part in (cues, idle, weak))
    affixes = pattern_of(lang, "negation.affixes") if has_list(lang, "negation.affixes") else ""
    return _Patterns(denying, idly, weakly, regex.compile(affixes) if affixes else None, ())


def as_words(part: str) -> str:
    """A pattern that matches whole words alone."""
    # Vowel signs of Indian scripts are no letters for Python's \w.
    letter = r"[\w\p{M}]"  # an apostrophe without a letter on its other side is a quotation mark
    return rf"(?<!{letter}|{letter}['’])(?:{part})(?!['’]?{letter})"


def has_negator(text: str, lang: str) -> bool:
    """True for a text with a negator, be it one of a phrase that denies nothing."""
    return any(pattern.search(text) for pattern in (_patterns(lang).cues, _patterns(lang).idle))


def holds_affix(word: str, lang: str) -> bool:
    """True for a word with what may deny in it: olmadı."""
    affixes = _patterns(lang).affixes
    return affixes is not None and affixes.search(word) is not None


def cues_of(text: str, lang: str) -> list[Cue]:
    """The negators of a text, without those of phrases that deny nothing."""
    found = _patterns(lang)
    idle = [m.span() for m in found.idle.finditer(text)]
    return [
        Cue(m.start(), m.end(), m.group())
        for m in found.cues.finditer(text)
        if not any(start <= m.start() < end for start, end in idle)
    ]


def left_out(text: str, other: str, lang: str) -> tuple[Cue, bool] | None:
    """The first negator of `text` that `other` lacks: it has the words beside it, side by side, or the words around
    it and nothing that denies (less sure: False stands with it). None where nothing shows that both speak of one
    thing."""
    mine, theirs = cues_of(text, lang), cues_of(other, lang)
    if len(mine) >= len(theirs) and (inside := _in_a_word(text, other, lang)):
        return inside, True
    if len(mine) <= len(theirs):
        return None
    if _ZERO.search(other) and not _ZERO.search(text):
        return None  # no errors: 0 errors
    mine = [cue for cue in mine if not _denied_by_a_prefix(text, cue, other, lang)]
    if len(mine) <= len(theirs):
        return None
    spoken = _in_strings if has_list(lang, "negation.strings") else _in_words
    found = next((cue for cue in mine if spoken(text, cue, other, lang)), None)
    if found:
        return found, True
    if theirs or _patterns(lang).weak.search(other) or _patterns(lang).idle.search(other):
        return None
    if ("?" in text) != ("?" in other):
        return None
    same = _speaks_of_the_same(text, mine[0], other, lang) or _worded_alike(text, mine, other)
    found = mine[0] if same else next((cue for cue in mine[1:] if _speaks_of_the_same(text, cue, other, lang)), None)
    return (found, False) if found else None


def _in_a_word(text: str, other: str, lang: str) -> Cue | None:
    """The first word that the other text has only without what denies in it: olmayacak, olacak."""
    affixes = _patterns(lang).affixes
    if affixes is None:
        return None
    mine, there = {w.text.lower() for w in words(text)}, {w.text.lower() for w in words(other)}
    for word in words(text):
        low = word.text.lower()
        if low in there:
            continue
        for m in affixes.finditer(low, overlapped=True):
            bare = low[: m.start()] + low[m.end() :]
            if len(bare) >= _BARE and bare in there and bare not in mine:
                return Cue(word.start, word.end, word.text)
    return None


def _denied_by_a_prefix(text: str, cue: Cue, other: str, lang: str) -> bool:
    """True where the other text has a word near the negator with what denies before it: pas possible, impossible."""
    prefixes = optional_words(lang, "negation.prefixes")
    if not prefixes:
        return False
    found = [word for word in words(text) if len(word.text) >= _LETTERS]
    before, after = ([w for w in found if w.end <= cue.start], [w for w in found if w.start >= cue.end])
    near = {fold(w.text)[:_STEM] for w in (*before[-2:], *after[:_NEAR])}
    there = {fold(w.text) for w in words(other)} - {fold(w.text) for w in words(text)}
    rests = (word.removeprefix(p) for word in there for p in map(fold, prefixes) if word.startswith(p))
    return any(rest[:_STEM] in near for rest in rests if len(rest) >= _LETTERS)


def _in_strings(text: str, cue: Cue, other: str, lang: str) -> bool:
    """True where the other text has what stands beside the negator without it; `text` itself has that nowhere."""
    for start, end in _parts(cue, _patterns(lang).single):
        before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
        for affirmed in ("", *_affirmed(lang, text[start:end])):
            together = before + affirmed + after
            if len(before + after) > _BESIDE and together in other and together not in text:
                return True
    return False


def _affirmed(lang: str, negator: str) -> list[str]:
    """What may stand where nothing is denied, instead of the negator."""
    found = values_of(lang, "negation.affirmed") if has_list(lang, "negation.affirmed") else {}
    return str(found[negator]).split("|") if negator in found else []


def _parts(cue: Cue, single: Sequence[str]) -> Iterator[tuple[int, int]]:
    yield cue.start, cue.end
    if len(cue.text) > 1:
        yield from ((cue.start + i, cue.start + i + 1) for i, char in enumerate(cue.text) if char in single)


@partial(shared, size=256)
def _plain(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((fold(_ELIDED.sub("", w.text)), w.start, w.end) for w in words(text))


def _in_words(text: str, cue: Cue, other: str, lang: str) -> bool:
    """True where the other text has the word before and the word behind the negator side by side, and one more of
    the words around; the ends of a text count as words."""
    del lang
    found = _plain(text)
    before = ["", *(word for word, _, end in found if end <= cue.start)]
    after = [*(word for word, start, _ in found if start >= cue.end), ""]
    there = ["", *(word for word, _, _ in _plain(other)), ""]
    mine = ["", *(word for word, _, _ in found), ""]
    pair = [before[-1], after[0]]
    if not any(pair) or _times(mine, pair) >= _times(there, pair):
        return False
    wider = [before[-2:-1] + pair, pair + after[1:2]]
    return any(len(run) > len(pair) and _times(there, run) > 0 for run in wider) or len(there) <= len(pair) + 2


def _times(found: Sequence[str], run: Sequence[str]) -> int:
    return sum(list(found[i : i + len(run)]) == list(run) for i in range(len(found) - len(run) + 1))


def _speaks_of_the_same(text: str, cue: Cue, other: str, lang: str) -> bool:
    begin = max((m.end() for m in _BREAK.finditer(text, 0, cue.start)), default=0)
    stop = _BREAK.search(text, cue.end)
    clause = (begin, stop.start() if stop else len(text))
    if is_unspaced(lang):
        around = text[max(clause[0], cue.start - 2 * _NEAR) : cue.start], text[cue.end : cue.end + 2 * _NEAR]
        pairs = [part[i : i + 2] for part in around for i in range(len(part) - 1)]
        return len(pairs) >= 2 * _NEAR and sum(pair in other for pair in pairs) >= _MUCH * len(pairs)
    near = _content(text[clause[0] : cue.start])[-_NEAR:] + _content(text[cue.end : clause[1]])[:_NEAR]
    there = {fold(w.text)[:_STEM] for w in words(other)}
    return len(near) >= _NEAR - 1 and sum(fold(w.text)[:_STEM] in there for w in near) >= _MUCH * len(near)


def _worded_alike(text: str, cues: list[Cue], other: str) -> bool:
    """True for two sentences that are worded alike but for the negator: (he) has a plan, has no plan."""
    if len(cues) > 1:
        return False
    mine, theirs = _letters(text[: cues[0].start] + text[cues[0].end :]), _letters(other)
    if not _SHORTEST <= min(len(mine), len(theirs)) <= max(len(mine), len(theirs)) <= _LONGEST:
        return False
    alike = SequenceMatcher(None, mine, theirs, autojunk=False)
    return alike.real_quick_ratio() >= _ALIKE and alike.quick_ratio() >= _ALIKE and alike.ratio() >= _ALIKE


def _letters(text: str) -> str:
    return "".join(w.text for w in words(text)).lower()


def _content(text: str) -> list[Word]:
    return [w for w in words(text) if len(w.text) >= _LETTERS]

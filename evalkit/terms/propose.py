"""Proposing terms and names from texts: word sequences that recur, stand together and are not everyday words.

A sequence is scored by the C-value of Frantzi, Ananiadou and Mima (2000): its frequency less that of the longer
sequences it stands in, weighted by its length; times how rare its words are in the language at large, where the
word list of the extra `words` is installed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from evalkit.language.english_words import function_words, rarity
from evalkit.language.forms import Form, FormMatcher, Token, bare, tokens
from evalkit.language.packs import pattern_of, words_in_order, words_of
from evalkit.language.stems import stem
from evalkit.text.words import is_unspaced

NameKind = Literal["person", "place", "organisation"]
_BETWEEN = re.compile(r"[ \u00a0\-‐‑]")
_SPACES = re.compile(r"\s+")
_NEAR = 25  # characters of context: enough to know the place
_LONGEST = 6  # words of a term; longer ones are phrases
_RARE = 0.5  # words rarer than this on the scale of `rarity` are terms of a field
_TITLE = re.compile(rf"\b(?:{pattern_of('en', 'titles.of_proposals')})\.?\s$")
_BODY = re.compile(rf"\b(?:{'|'.join(words_in_order('en', 'bodies'))})s?\b")


class Sentence(NamedTuple):
    """A sentence with where it stands, as `file:line`."""

    text: str
    where: str


class Proposal(Struct, frozen=True):
    """A form that may be a term (`kind` is empty) or a name; `case` where it is written with capitals."""

    form: str
    count: int
    score: float
    where: str
    example: str
    kind: NameKind | Literal[""] = ""
    case: bool = False


class _Seen:
    """One sequence of stems while it is being counted."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.first: tuple[Sentence, int, int] | None = None
        self.before: list[str] = []


def propose(
    sentences: Sequence[Sentence], lang: str, *, least: int = 2, known: Iterable[str] = (), places: Iterable[str] = ()
) -> list[Proposal]:
    """Forms that occur at least `least` times, best first; what `known` has, or a form of it, is left out."""
    seen = _count(sentences, lang)
    frequent = {key: found for key, found in seen.items() if sum(found.forms.values()) >= least}
    values = _c_values({key: sum(found.forms.values()) for key, found in frequent.items()})
    matcher = FormMatcher((Form(word, 0, "") for word in known), lang)
    proposals, names = [], frozenset(places)
    for key, found in frequent.items():
        form = max(found.forms, key=lambda f: (found.forms[f], f))
        score = values[key] * rarity(form, lang)
        if " " not in form and "-" not in form and not (form in names or _is_word_of_its_own(form, lang)):
            continue
        if score <= 0 or any(m.end - m.start == len(form) for m in matcher.find(form)):
            continue
        proposals.append(_proposal(form, found, score, names))
    return sorted(proposals, key=lambda p: (-p.score, p.form))


def _count(sentences: Sequence[Sentence], lang: str) -> dict[tuple[str, ...], _Seen]:
    small = function_words(lang)
    inner = small if is_unspaced(lang) else small & _JOINERS | {w for w in small if len(w) < 4}
    seen: dict[tuple[str, ...], _Seen] = {}
    capital = _capitalised(sentences)
    for sentence in sentences:
        words = tokens(sentence.text)
        for start in range(len(words)):
            for end in _ends(sentence.text, words, start, lang):
                run = words[start : end + 1]
                if not _is_candidate(run, small, inner, capital, lang):
                    continue
                key = tuple(stem(w.text, lang) for w in run)
                found = seen.setdefault(key, _Seen())
                form = " ".join(sentence.text[run[0].start : bare(run[-1]).end].split())
                found.forms[form] += 1
                found.before.append(sentence.text[max(0, run[0].start - 20) : run[0].start])
                found.first = found.first or (sentence, run[0].start, run[-1].end)
    return seen


_JOINERS = words_of("en", "function_words.inside_terms")


def _is_word_of_its_own(word: str, lang: str) -> bool:
    """A single word is proposed where it is an abbreviation or hardly known without its capital."""
    return word.isupper() or is_unspaced(lang) or rarity(word, lang) > _RARE


def _ends(text: str, words: Sequence[Token], start: int, lang: str) -> Iterator[int]:
    """Where sequences from a word may end: nothing but a space or hyphen stands between their words."""
    yield start
    for end in range(start + 1, min(len(words), start + (_LONGEST + 2 if is_unspaced(lang) else _LONGEST))):
        gap = text[words[end - 1].end : words[end].start]
        if not (_BETWEEN.fullmatch(gap) or (is_unspaced(lang) and not gap)):
            return
        yield end


def _is_candidate(
    run: Sequence[Token], small: frozenset[str], inner: frozenset[str], capital: frozenset[str], lang: str
) -> bool:
    first, last = run[0].text, bare(run[-1]).text
    if any(word.casefold() in small for word in (first, last)) or first.isdigit():
        return False
    if last.isdigit() and (len(run) == 1 or not run[-2].text.isupper()):  # COVID-19, but not `chapter 12`
        return False
    if first.endswith("ing") and first.islower() and stem(first, lang) != first:  # building an open economy
        return False
    if len(run) == 1:
        return not is_unspaced(lang) and bare(run[0]).text in capital and len(first) > 2
    return not any(w.text.casefold() in small and w.text.casefold() not in inner for w in run[1:-1])


def _capitalised(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Words that have a capital where no sentence begins, and hardly ever none."""
    with_capital, without = Counter[str](), Counter[str]()
    for sentence in sentences:
        for word in map(bare, tokens(sentence.text)[1:]):
            if word.text[0].isupper():
                with_capital[word.text] += 1
            else:
                without[word.text.casefold()] += 1
    return frozenset(w for w, n in with_capital.items() if n > 4 * without[w.casefold()])


def _c_values(counts: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], float]:
    """log2(length + 1) times the frequency less the mean frequency of the longer candidates around it."""
    around: dict[tuple[str, ...], list[int]] = {}
    for key, count in counts.items():
        for start in range(len(key)):
            for end in range(start + 1, len(key) + 1):
                if end - start < len(key) and key[start:end] in counts:
                    around.setdefault(key[start:end], []).append(count)
    values = {}
    for key, count in counts.items():
        nested = around.get(key, [])
        alone = count - sum(nested) / len(nested) if nested else count
        values[key] = math.log2(len(key) + 1) * alone
    return values


def _proposal(form: str, found: _Seen, score: float, places: frozenset[str]) -> Proposal:
    assert found.first is not None  # noqa: S101  counted at least once
    sentence, start, end = found.first
    words = [w for w in tokens(form) if len(w.text) > 3 or w.text[0].isupper()]
    capitals = bool(words) and all(w.text[0].isupper() for w in words)
    kind: NameKind | Literal[""] = ""
    if capitals:
        if form in places:
            kind = "place"
        elif any(_TITLE.search(before) for before in found.before):
            kind = "person"
        elif _BODY.search(form):
            kind = "organisation"
    example = _around(sentence.text, start, end)
    return Proposal(form, sum(found.forms.values()), round(score, 4), sentence.where, example, kind, capitals)


def _around(text: str, start: int, end: int) -> str:
    """The form, marked, with a few words on either side; characters where words have no spaces."""
    before, form, after = (_SPACES.sub(" ", part) for part in (text[:start], text[start:end], text[end:]))
    if len(before) > _NEAR:
        cut = before[-_NEAR:]
        before = f"… {cut.partition(' ')[2] or cut}"
    if len(after) > _NEAR:
        cut = after[:_NEAR]
        after = f"{cut.rpartition(' ')[0] or cut} …"
    return f"{before}>>{form}<<{after}".strip()

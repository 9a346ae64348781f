"""Two forms of one name in one text: Rouhani here, Ruhani there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evalkit.detectors.names.book import NameBook
from evalkit.language.forms import Token, bare, tokens
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.name_cues import Vocabulary, is_title, is_title_case, world_words
from evalkit.language.name_forms import are_forms, keeps_form
from evalkit.language.name_variants import is_variant
from evalkit.language.romanise import letters, same_spelling, sounds
from evalkit.records import Segment, Unit
from evalkit.text.words import fold

_SHORTEST = 5  # letters: in shorter words one letter makes another word
# Forms of one sound that are compared with one another: no text spells a name in fifty ways, but a table of codes
# (Item1, Item2 ...) has thousands, and their pairs grow as the square.
_MOST_FORMS = 50


class Mixed(NamedTuple):
    """A name at `start:end` of its segment that the same text mostly, or by list or reference, spells otherwise."""

    unit: Unit
    segment: Segment
    start: int
    end: int
    text: str
    other: str
    here: int
    elsewhere: int


class _Spot(NamedTuple):
    """An occurrence of a form, with the capitalised words beside it."""

    unit: Unit
    segment: Segment
    token: Token
    beside: frozenset[str]


def mixed(units: Iterable[tuple[Unit, Segment]], lang: str, book: NameBook, vocabulary: Vocabulary) -> list[Mixed]:
    """Occurrences of the rarer form of a name that stands in two forms in these segments of one text.

    The forms differ by system of romanisation alone, and something says that they are one name: the list,
    a reference with just one of them, or the same name beside both (Hassan Rouhani, Hassan Ruhani). Nothing in
    languages that decline names, where the letters before an ending may change as well.
    """
    if capitalises_nouns(lang) or not keeps_form(lang):
        return []
    forms: dict[str, list[_Spot]] = {}
    for unit, segment in units:
        if segment.kind != "heading" and not is_title_case(segment.text):
            for spot in _spots(unit, segment, lang, vocabulary):
                forms.setdefault(spot.token.text, []).append(spot)
    found = []
    for one, other in _couples(forms, lang):
        if _one_name(one, other, forms, book, vocabulary):
            rarer, usual = _order(one, other, forms, book, vocabulary)
            here, elsewhere = len(forms[rarer]), len(forms[usual])
            for unit, segment, token, _ in forms[rarer]:
                found.append(Mixed(unit, segment, token.start, token.end, token.text, usual, here, elsewhere))
    return found


def _spots(unit: Unit, segment: Segment, lang: str, vocabulary: Vocabulary) -> Iterator[_Spot]:
    words = [bare(t) for t in tokens(segment.text)]
    for at, token in enumerate(words):
        word = token.text
        if len(word) < _SHORTEST or not word.istitle() or is_title(word):
            continue
        if vocabulary.has(word) or fold(word) in world_words(lang):
            continue
        near = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
        beside = frozenset(letters(t.text) for t in near if t.text.istitle() and not is_title(t.text))
        yield _Spot(unit, segment, token, beside - {""})


def _couples(forms: dict[str, list[_Spot]], lang: str) -> Iterator[tuple[str, str]]:
    """Pairs of forms that a system of romanisation may part, each once, in the order of the text."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        for key in sorted({same_spelling(form), sounds(form)}):
            groups.setdefault(key, []).append(form)
    seen = set()
    for members in groups.values():
        if len(members) > _MOST_FORMS:
            continue
        for at, one in enumerate(members):
            for other in members[at + 1 :]:
                if (one, other) in seen or letters(one) == letters(other):
                    continue
                seen.add((one, other))
                same = are_forms(one, other, lang, place=True) and not _ends_in_i_or_y(one, other)
                if is_variant(one, other) and not same:
                    yield one, other


def _ends_in_i_or_y(one: str, other: str) -> bool:
    """Huawei and Huawey: no other ending, but the same sound."""
    return fold(one)[:-1] == fold(other)[:-1] and {one[-1], other[-1]} == {"i", "y"}


def _one_name(one: str, other: str, forms: dict[str, list[_Spot]], book: NameBook, vocabulary: Vocabulary) -> bool:
    known = [vocabulary.in_reference(word) for word in (one, other)]
    if all(known):
        return False  # the reference writes both
    if book.same(one, other) or any(known):
        return True
    beside = [{name for spot in forms[word] for name in spot.beside} for word in (one, other)]
    return bool(beside[0] & beside[1])


def _order(
    one: str, other: str, forms: dict[str, list[_Spot]], book: NameBook, vocabulary: Vocabulary
) -> tuple[str, str]:
    """(rarer, usual): what the list has as its own form, then the reference's, then the more frequent, then
    the earlier one is the usual form."""

    def rank(word: str) -> tuple[bool, bool, int]:
        return book.official(word), vocabulary.in_reference(word), len(forms[word])

    return (one, other) if rank(other) > rank(one) else (other, one)

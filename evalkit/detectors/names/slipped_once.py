"""A name that stands once with another letter than everywhere else in its text: Livinston here, Livingston there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from evalkit.detectors._units import in_document_order
from evalkit.detectors.names.one_letter import differs_at_end, is_slip, is_word
from evalkit.detectors.names.rules import MISTRANSLITERATED
from evalkit.language.codes import bare
from evalkit.language.dictionaries import dictionary
from evalkit.language.forms import Token, tokens
from evalkit.language.licence_names import is_pinyin
from evalkit.language.name_forms import are_forms, knows_endings, name_tokens
from evalkit.language.romanise import letters
from evalkit.records import Context, Finding, Segment, Unit
from evalkit.records.findings import finding
from evalkit.text.words import fold

_SHORTEST = 6  # letters: shorter names have others one letter off
_USUAL = 2  # times that the other form stands in the text, which a slip does not do
_MOST = 20  # names that one letter less makes the same: a table of codes has thousands
_LONGEST = 5000  # forms of a text: with more it is a list of names
_REACH = 20  # segments to each side, about a story's: a file of many texts has Thompson in one and Thomson in another

_Place = tuple[int, Unit, Segment, Token]  # the number of the segment in its text, first


def findings_of(units: Sequence[Unit], context: Context) -> Iterator[Finding]:
    """Document by document; nothing in a language without a dictionary, or whose names may have any ending."""
    lang = bare(context.lang)
    if not dictionary(lang) or not knows_endings(lang):
        return
    for segments in in_document_order(units).values():
        forms = _forms(segments, lang)
        for once, usual in _slips(forms, lang):
            at, unit, segment, token = forms[once][0]
            times = _times_near(at, forms[usual])
            glossed = segment.text[: token.start].endswith(("(", "[", "（"))  # Birkenhedā (Birkenhead)
            if times < _USUAL or glossed or _is_licensed(once, unit):
                continue
            message = f"{once!r} here, {usual!r} elsewhere in this text ({times} times)"
            place = (MISTRANSLITERATED, "names", unit, segment, token.start, token.end, message)
            yield finding(*place, severity="minor", confidence=0.7, expected=(usual,), evidence="once")


def _forms(segments: Iterable[tuple[Unit, Segment]], lang: str) -> dict[str, list[_Place]]:
    """Words with one capital that no dictionary has, with their places; headings left out, where all have one. None of
    a list of names."""
    found: dict[str, list[_Place]] = {}
    for at, (unit, segment) in enumerate(segments):
        for token in name_tokens(segment.text, lang) if segment.kind != "heading" else ():
            word = token.text
            if len(word) >= _SHORTEST - 1 and word.isalpha() and word.istitle() and not is_word(word, lang, ("en",)):
                found.setdefault(word, []).append((at, unit, segment, token))
        if len(found) > _LONGEST:
            return {}
    return found


def _slips(forms: Mapping[str, Sequence[_Place]], lang: str) -> Iterator[tuple[str, str]]:
    """(the form that stands once, the usual one)."""
    seen = set()
    for one, other in _near(forms):
        once, usual = sorted((one, other), key=lambda word: (len(forms[word]), word))
        slip = len(forms[once]) == 1 and len(forms[usual]) >= _USUAL and _is_slip(once, usual, lang)
        if slip and once not in seen:
            seen.add(once)
            yield once, usual


def _times_near(at: int, places: Sequence[_Place]) -> int:
    return sum(abs(number - at) <= _REACH for number, *_ in places)


def _near(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of forms that become the same where each loses one letter at most, in the order of the text."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        plain = letters(form)
        for key in sorted({plain, *(plain[:at] + plain[at + 1 :] for at in range(1, len(plain)))}):
            groups.setdefault(key, []).append(form)
    pairs = (pair for group in groups.values() if len(group) <= _MOST for pair in combinations(group, 2))
    yield from dict.fromkeys(pairs)


def _is_slip(word: str, name: str, lang: str) -> bool:
    """True where one letter within the word is no matter of spelling or of an ending. Chinese names one letter apart
    are those of two people."""
    if max(len(word), len(name)) < _SHORTEST or not is_slip(word, name) or differs_at_end(word, name):
        return False
    chinese = is_pinyin(letters(word)) and is_pinyin(letters(name))
    return not (chinese or are_forms(word, name, lang, place=True))


def _is_licensed(word: str, unit: Unit) -> bool:
    """True where the source or a reference has the word too."""
    sides = (unit.source, *unit.references)
    return any(fold(word) == fold(token.text) for side in sides if side is not None for token in tokens(side.text))

"""Which numbers that stand on one side alone are told: those that are hardly said in another way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

import regex

from evalkit.detectors.numbers.answers import IMPERIAL
from evalkit.detectors.numbers.pairs import Placed, nearest
from evalkit.language.numbers.lexicon import BY_CHARACTER, fold, lexicon
from evalkit.language.numbers.quantity import Quantity, number_key
from evalkit.language.numbers.spelled import spelled
from evalkit.language.numbers.units import MONEY, YEARS, spans_of_years, unit_words
from evalkit.language.packs import pattern_of, values_of, words_of
from evalkit.text.words import is_unspaced, words

_SMALL = 13  # numbers below are said in words, by an article, a dual or an ending, in ways no list has
_PRICED = re.compile(r"[$€£¥]\s?$")
_ONE_DIGIT = re.compile(r"\D*\d\D+")  # 2 million: said in words as 2 is
_CENTURY = range(13, 22)
_WHOLE = 100  # per cent: wholly, entirely
_TURNS = (180, 360)  # degrees: the other way, all round
_DEGREES = re.compile(rf"[ -]?(?:{pattern_of('languages', 'degrees_of_a_turn')})", re.IGNORECASE)
# In which larger ones a span of time is said: 24 hours are a day, 30 years three decades.
_LARGER = {"second": {60: "minute"}, "minute": {15: "hour", 60: "hour"}, "hour": {12: "day", 24: "day"},
           "day": {7: "week", 30: "month", 365: "year"}, "week": {4: "month", 52: "year"}, "month": {12: "year"},
           "year": {10: "decade", 100: "century"}}  # fmt: skip
_TIME = frozenset(_LARGER)
_NEAR = 16  # characters behind a number in which what it counts stands
_AGES = values_of("languages", "ages")
_DECADES = values_of("languages", "decades_named")
_DUALS = words_of("languages", "duals")
_OLD = re.compile(r"[\s-]+years?[\s-]+old|-year", re.IGNORECASE)  # nobody is two decades old
_HALF = Decimal("0.5")
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
_LEAST_SCALE, _SCALE_STEM = 1000, 3  # letters by which a word for a thousand and more is known
_OF = (100, 1000, 10**6)
_LONGEST_FORM = 7  # letters that endings put to a number word
_TEXTS = 256  # asked for each number of a text: with how many units what was asked is remembered
_YEARS = (1900, 2000)
_SIGN = 2  # letters of a sign such as km
_STEM, _ENDING = 4, 2  # letters of a number word that a longer word has, and how many of its last it may lack


def sure_alone(item: Placed, others: Sequence[Placed], text: str, lang: str, *, kept: bool = False) -> bool:
    """True for a number that is hardly said in another way by the other side, of these quantities, this text and
    language; `kept` where nothing of the other side can be a measure in another unit."""
    q = item.quantity
    if not any(map(str.isdigit, item.text)):
        return False  # in words: they may be said in words that nobody reads
    if q.kind in ("time", "identifier"):
        return True
    if q.kind == "decade":
        return _decade_lost(q, text, lang)
    if q.kind == "date":
        return all(day.day != 1 or day.year for day in q.days)  # the first of October
    if q.kind != "number" or q.value is None or abs(q.value) < _SMALL or _ONE_DIGIT.fullmatch(item.text):
        return False
    if (q.unit == "%" and q.value == _WHOLE) or (_ORDINAL.search(item.text) and q.value in _CENTURY):
        return False
    if q.value in _TURNS and _DEGREES.match(item.passage.text, q.end):
        return False  # turned round
    if q.unit in IMPERIAL and not kept and not _is_money(item) and not names_unit(text, q.unit, lang):
        return False  # converted
    return not (
        _in_larger(item, nearest(item, others), text, lang)
        or in_longer_word(q.value, text, lang)
        or in_form(q.value, text, lang)
    )


def _decade_lost(q: Quantity, text: str, lang: str) -> bool:
    """True for a decade that no word for its tens or for a decade may say: Vierziger, quarantaine."""
    if q.value is None or q.value != q.value.to_integral_value():
        return False
    tens = q.value % _WHOLE
    named = _DECADES.get(lang)
    if not tens or (re.search(str(named), fold(text)) if named else names_span(text, "decade", lang)):
        return False
    return not (_begins_as_tens(tens, text, lang) or in_form(tens, text, lang) or _in_age(tens, text))


def _begins_as_tens(tens: Decimal, text: str, lang: str) -> bool:
    """True where a word begins as the word for the tens, or for the next ones, whose decade some languages count: á
    fimmtugsaldri for his forties."""
    known = lexicon(lang)
    forms = known.words.items() if known else ()
    begins = tuple(form[:_STEM] for form, word in forms if word.value in (tens, tens + 10) and len(form) > _ENDING)
    return bool(begins) and any(begin in fold(word.text) for word in words(text) for begin in begins)


def _in_age(tens: Decimal, text: str) -> bool:
    """True where a word of another form says the age: quadragénaire."""
    return any(stem in fold(text) for stem in str(_AGES.get(str(int(tens)), "")).split())


def _is_money(item: Placed) -> bool:
    """True for £5: a pound is a weight as well."""
    q, text = item.quantity, item.passage.text
    return q.unit in MONEY and bool(_PRICED.search(text, max(0, q.start - 2), q.start) or "£" in item.text)


@lru_cache(maxsize=256)
def _names_of(unit: str, lang: str) -> regex.Pattern[str] | None:
    names = [form for form, family in unit_words(lang).items() if family == unit]
    known = lexicon(lang)  # in Arabic and Hebrew the article is a part of the word
    before = "" if lang in BY_CHARACTER or (known and known.prefixes) else r"(?<![\p{L}\p{M}])"
    forms = sorted({_open_form(form, unit, before, lang) for form in names})
    return regex.compile("|".join(forms)) if forms else None


def _open_form(form: str, unit: str, before: str, lang: str) -> str:
    """A pattern of a unit's name with what a language may put to it: nothing to a sign (ha, ac, lb), little to a short
    name, anything to a longer one. Of the units of time the shortest names are words (ay, év) that take endings."""
    stem = regex.escape(form[: max(_STEM, len(form) - _ENDING)])
    by_character = lang in BY_CHARACTER or is_unspaced(lang)
    if by_character and form.isascii():
        return rf"(?<![a-z]){stem}(?![a-z])"
    if len(form) >= _STEM or unit in _TIME or by_character:
        return f"{before}{stem}"
    more = "" if len(form) <= _SIGN else rf"\p{{L}}{{0,{_ENDING}}}"
    return rf"{before}{stem}{more}(?![\p{{L}}\p{{M}}])"


@lru_cache(maxsize=_TEXTS)
def names_unit(text: str, unit: str, lang: str) -> bool:
    """True where a text names a unit, as the word for it or the beginning of a longer one, or by its sign alone."""
    pattern = _names_of(unit, lang)
    return pattern is not None and bool(pattern.search(fold(text)))


def _in_larger(item: Placed, others: Iterable[Placed], text: str, lang: str) -> bool:
    """True where a span of time may be told in a larger unit: 60 days, two months."""
    q = item.quantity
    if q.value is None or (q.unit == "year" and _OLD.match(item.passage.text, q.end)):
        return False
    for factor, larger in _LARGER.get(q.unit, {}).items():
        times = q.value / factor
        if times % _HALF or _counted_still(item, larger, text, lang):
            continue
        named = names_span(text, larger, lang)
        if named and times <= 1:
            return True  # half a century, a day
        if times == 1 and lang not in BY_CHARACTER:
            return True  # daily, in forms that begin otherwise; characters stay
        if times == 2 and lang in _DUALS and named:
            return True  # two of them have no number there
        if any(number_key(times) in p.quantity.keys and _counts_span(p, larger, lang) for p in others):
            return True
    return False


def names_span(text: str, unit: str, lang: str) -> bool:
    """True where a text names a unit of time, or where nobody knows its names."""
    if unit in YEARS:
        pattern = spans_of_years(lang)
        return pattern is None or bool(pattern.search(text))
    return _names_of(unit, lang) is None or names_unit(text, unit, lang)


def _counts_span(item: Placed, unit: str, lang: str) -> bool:
    """True for a number that may count a unit of time; for a word that is something else as well (secondo) only where
    the unit stands behind it."""
    q, text = item.quantity, item.passage.text
    return q.kind != "hint" or q.unit == unit or names_span(text[q.end : q.end + _NEAR], unit, lang)


def _counted_still(item: Placed, larger: str, text: str, lang: str) -> bool:
    """True where a text names the unit of time itself and not the larger one (a programme of `Minuten`), or where it
    keeps the word as a name: 60 Minutes."""
    following = words(item.passage.text[item.quantity.end : item.quantity.end + _NEAR])
    if following and following[0].text[:1].isupper() and following[0].text in _words_of(text):
        return True
    if larger in YEARS or lang in BY_CHARACTER or not _names_of(larger, lang):
        return False  # of one character a name is a part of many words
    return names_unit(text, item.quantity.unit, lang) and not names_unit(text, larger, lang)


@lru_cache(maxsize=512)
def _stems(value: Decimal, lang: str) -> tuple[str, ...]:
    """The beginnings of the words for a number's tens, or for it where it has a word of its own."""
    known = lexicon(lang)
    if known is None:
        return ()
    tens = value - value % 10
    of = {value} if value < 2 * 10 else {tens}
    forms = (form for form, word in known.words.items() if word.value in of and len(form) >= _STEM)
    return tuple(sorted({form[: max(_STEM, len(form) - _ENDING)] for form in forms}))


@lru_cache(maxsize=256)
def in_longer_word(value: Decimal, text: str, lang: str) -> bool:
    """True where a number below a hundred may be a part of a word: trentunenne, dwudziestoletni."""
    if _YEARS[0] <= value < _YEARS[1]:
        value = value % 100  # the eighties
    stems = _stems(value, lang) if value == value.to_integral_value() and 0 < value < 100 else ()
    return bool(stems) and any(
        stem in form and len(form) >= len(stem) + (_ENDING if len(stem) > _STEM else _ENDING + 1)
        for form in _forms_of(text)
        for stem in stems
    )


@lru_cache(maxsize=8)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words(text))


@lru_cache(maxsize=8)
def _forms_of(text: str) -> frozenset[str]:
    return frozenset(map(fold, _words_of(text)))


def in_form(value: Decimal, text: str, lang: str) -> bool:
    """True where a word of the text is the number's with another ending (kétszázan), or its parts (tízezres)."""
    return value == value.to_integral_value() and value in _said_in_forms(text, lang)


@lru_cache(maxsize=8)
def _said_in_forms(text: str, lang: str) -> frozenset[Decimal]:
    """The values that words of a text may say: their beginnings, and these with what follows for a scale."""
    found = set[Decimal]()
    for word in _forms_of(text) if lexicon(lang) is not None else ():
        for cut in range(len(word), max(2, len(word) - _LONGEST_FORM), -1) if word.isalpha() else ():
            said = [s.value for s in spelled(word[:cut], lang) if s.end == cut and s.start == 0]
            found.update(said)
            found.update(v * n for n in _OF if said and word[cut:].startswith(_scales(lang, n)) for v in said)
    return frozenset(found)


@lru_cache(maxsize=256)
def _scales(lang: str, value: int) -> tuple[str, ...]:
    """The beginnings of the words for a hundred, a thousand ..."""
    known = lexicon(lang)
    return (
        tuple(form[:2] for form, word in known.words.items() if word.value == value and len(form) > 2) if known else ()
    )


@lru_cache(maxsize=64)
def _scale_words(lang: str) -> tuple[str, ...]:
    known = lexicon(lang)
    scales = (form for form, word in known.words.items() if word.value >= _LEAST_SCALE) if known else ()
    return tuple(sorted({form[:_SCALE_STEM] for form in scales if len(form) >= _SCALE_STEM}))


def names_scale(item: Placed, lang: str) -> bool:
    """True where a word that begins as a thousand or a million of the language stands behind a figure."""
    following = words(item.passage.text[item.quantity.end : item.quantity.end + 20])
    return bool(following) and fold(following[0].text).startswith(_scale_words(lang))

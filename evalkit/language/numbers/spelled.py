"""Numbers written in words, in every language whose number words are known.

`read` takes the words of a text one after the other and puts them together as languages do: a smaller value
after a larger one is added (twenty-one), a scale multiplies what stands before it (two hundred).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from evalkit.language.numbers.lexicon import Lexicon, Word, fold, lexicon
from evalkit.language.numbers.sums import Stack, is_scale, is_tens, lowest
from evalkit.language.numbers.tokens import Token, Tokens, beside, with_prefixes

_LONGEST = 120  # letters of a number written as one word; the longest below a million has fewer in any language
_SMALL_PART = 100  # nobody says `two hundred thirds`
_LARGE = 10**4
_LEAST_SCALE = 12  # half a dozen
_MOST = 24  # words of one number


class Spelled(NamedTuple):
    """A number in words: where, its readings (the usual one first), how many words it has, whether it orders."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    parts: int
    ordinal: bool

    @property
    def value(self) -> Decimal:
        """The usual reading."""
        return self.values[0]


def spelled(text: str, lang: str) -> Iterator[Spelled]:
    """The numbers in words, in order; none in a language whose words are not known."""
    words = lexicon(lang)
    if words is not None:
        yield from spelled_with(text, words, lang)


def spelled_with(text: str, known: Lexicon, lang: str = "") -> Iterator[Spelled]:
    """The numbers in words of a text by a lexicon."""
    items = Tokens(text)
    may = [_may_begin_in(m.group(), lang) if lang else True for m in items.places] if not known.prefixes else []
    if may and True not in may:
        return
    items_all = with_prefixes(items, known.prefixes)
    at = 0
    while at < len(items_all):
        if may and not may[at]:
            at += 1
            continue
        found = _number(items_all, at, text, known, lang)
        if found is None:
            at += 1
        else:
            yield found[0]
            at = found[1]


@lru_cache(maxsize=16384)
def _may_begin_in(word: str, lang: str) -> bool:
    known = lexicon(lang)
    return known is not None and _may_begin(fold(word), known)


def _may_begin(token: str, known: Lexicon) -> bool:
    """False for nearly all words that begin no number."""
    if token in known.starts:
        return True
    opens = known.joined and (token[:3] in known.openings or token[:2] in known.openings)
    return opens or token.startswith(known.prefixes)


def _number(items: Sequence[Token], at: int, text: str, known: Lexicon, lang: str) -> tuple[Spelled, int] | None:
    """The longest number that begins at a word, and the word after it."""
    begin, stack, parts, ordinal, vague = at, Stack(tens_last=known.tens_last), 0, False, False
    said: list[tuple[Word, bool]] = []  # each with whether a word as `and` stands before it
    start, end, after = items[at].start, 0, at
    while at < len(items) and parts < _MOST:
        if at > begin and not beside(text, items[at - 1].end, items[at].start):
            break
        took = _word(items, at, text, known, lang, first=at == begin)
        if took is None:
            if at == begin or items[at].text not in known.glue or at + 1 >= len(items):
                break
            at += 1
            continue
        words, at, start_here = took
        glued = (at > begin + 1 and items[at - 2].text in known.glue) or _is_prefixed(items[at - 1].text, known)
        if ordinal and not all(word.ordinal or (known.tens_last and is_tens(word.value)) for word in words):
            break
        if not stack.take(words):
            break
        if parts == 0:
            start, vague = start_here, words[0].group
        parts += len(words)
        said += [(word, glued and i == 0) for i, word in enumerate(words)]
        ordinal = words[-1].ordinal
        end, after = items[at - 1].end, at
    if not parts:
        if items[begin].text in known.decades:
            n = known.decades[items[begin].text]
            return Spelled(
                start, items[begin].end, (Decimal(n), Decimal(n + 1900), Decimal(n + 2000)), 1, False
            ), begin + 1
        half = known.parts.get(items[begin].text)
        if half is None:
            return None
        made = Spelled(start, items[begin].end, (Decimal(1) / half,), 1, False), begin + 1
    else:
        whole = Spelled(start, end, (stack.total,), 1 if vague else parts, ordinal)  # dozens of thousands are no number
        made = _with_part(whole, items, after, text, known, said) or (whole, after)
        share = _of(whole, items, after, text, known, lang) if made == (whole, after) else None
        made = share or made
    return _scaled(*made, items, text, known) if made[0].value != made[0].value.to_integral_value() else made


def _of(
    whole: Spelled, items: Sequence[Token], at: int, text: str, known: Lexicon, lang: str
) -> tuple[Spelled, int] | None:
    """Hindi `three of the twenty-first`: three twenty-firsts."""
    if whole.ordinal or at + 1 >= len(items) or items[at].text not in known.of:
        return None
    found = _number(items, at + 1, text, known, lang)
    if found is None or not found[0].ordinal or found[0].value < 2:
        return None
    over = found[0].value
    return Spelled(whole.start, found[0].end, (whole.value / over, whole.value, over), 2, False), found[1]


def _scaled(part: Spelled, at: int, items: Sequence[Token], text: str, known: Lexicon) -> tuple[Spelled, int]:
    """Half a million, two and a half thousand: a part of a scale."""
    for over in (at, at + 1):  # an article may stand between
        word = known.words.get(items[over].text) if over < len(items) else None
        if word is None or not beside(text, items[over - 1].end, items[over].start):
            break
        if word.value >= _LEAST_SCALE and (is_scale(word.value) or word.group):
            return Spelled(part.start, items[over].end, (part.value * word.value,), 2, False), over + 1
        if word.value != 1:
            break
    return part, at


def _with_part(
    whole: Spelled, items: Sequence[Token], at: int, text: str, known: Lexicon, said: Sequence[tuple[Word, bool]]
) -> tuple[Spelled, int] | None:
    """Two thirds, two and a half, half a million: a number with the part of a whole after it."""
    if at >= len(items) or not beside(text, whole.end, items[at].start):
        return None
    over = known.parts.get(items[at].text)
    if over is None and at in range(1, len(items)) and items[at].text in known.words:
        order = known.words[items[at].text]
        over = int(order.value) if order.ordinal and order.value > 2 and not whole.ordinal else None
    if over is not None:
        readings = [whole.value / over, whole.value, Decimal(over), whole.value + Decimal(1) / over]
        readings = readings[1:] + readings[:1] if whole.value >= _SMALL_PART else readings
        return Spelled(whole.start, items[at].end, (*readings, *_parted(said, over)), 2, False), at + 1
    if items[at].text in known.points and at + 1 < len(items):
        return _with_decimals(whole, items, at + 1, known)
    share, last = _joined_part(items, at, text, known)
    if not share:
        return None
    scale = lowest(whole.value) if whole.value >= _LARGE else Decimal(1)  # three million and a half
    values = (whole.value + share * scale, whole.value + share, whole.value)
    return Spelled(whole.start, items[last].end, values, 2, False), last + 1


def _is_prefixed(token: str, known: Lexicon) -> bool:
    return token not in known.words and token.startswith(known.prefixes) if known.prefixes else False


def _parted(said: Sequence[tuple[Word, bool]], over: int) -> Iterator[Decimal]:
    """A hundred and three quarters may be a hundred, and three of four parts."""
    for i, (_, glued) in enumerate(said):
        whole, above = Stack(), Stack()
        if glued and whole.take([word for word, _ in said[:i]]) and above.take([word for word, _ in said[i:]]):
            yield whole.total + above.total / over


def _with_decimals(whole: Spelled, items: Sequence[Token], at: int, known: Lexicon) -> tuple[Spelled, int] | None:
    """Two point five: the digits after the point one by one or as a number."""
    digits, end = "", at
    while end < len(items) and end < at + _MOST and (word := known.words.get(items[end].text)) and word.value < 100:
        tens = digits[-1:] == "0" and digits != "0" and word.value < 10
        digits = digits[:-1] + str(word.value) if tens else digits + str(word.value)
        end += 1
    if not digits.isdigit():
        return None
    value = whole.value + Decimal(f"0.{digits}")
    return Spelled(whole.start, items[end - 1].end, (value, whole.value), 2, False), end


def _joined_part(items: Sequence[Token], at: int, text: str, known: Lexicon) -> tuple[Decimal, int]:
    """(the part, its last word) of `and a half`; 0 where there is none."""
    token = items[at].text
    if token in known.joins and at + 1 < len(items) and beside(text, items[at].end, items[at + 1].start):
        return _part_after(items, at + 1, known) or (Decimal(0), at)
    for prefix in known.prefixes:
        if token.startswith(prefix) and token[len(prefix) :] in known.parts:
            return Decimal(1) / known.parts[token[len(prefix) :]], at
    return Decimal(0), at


def _part_after(items: Sequence[Token], at: int, known: Lexicon) -> tuple[Decimal, int] | None:
    """(the part, its last word) of `half`, `a half`, `three fifths`."""
    if items[at].text in known.parts:
        return Decimal(1) / known.parts[items[at].text], at
    if at + 1 < len(items) and items[at].text in known.words and items[at + 1].text in known.parts:
        return known.words[items[at].text].value / known.parts[items[at + 1].text], at + 1
    return None


def _word(
    items: Sequence[Token], at: int, text: str, known: Lexicon, lang: str, *, first: bool
) -> tuple[tuple[Word, ...], int, int] | None:
    """What the word or phrase at a place says, the place after it, and where its first letter stands."""
    token = items[at].text
    for key, word in known.phrases.get(token, ()):
        last = at + len(key)
        if (
            last <= len(items)
            and all(items[at + i].text == part for i, part in enumerate(key))
            and all(beside(text, items[i].end, items[i + 1].start) for i in range(at, last - 1))
        ):
            return (word,), last, items[at].start
    if token in known.words:
        return (known.words[token],), at + 1, items[at].start
    for prefix in known.prefixes:
        if token.startswith(prefix) and len(token) > len(prefix) + 1:
            rest = [Token(token[len(prefix) :], items[at].start + (len(prefix) if first else 0), items[at].end)]
            inner = _word([*rest, *items[at + 1 : at + 5]], 0, text, known._replace(prefixes=()), lang, first=first)
            if inner is not None:
                return inner[0], at + inner[1], inner[2]
    parts = split(token, lang) if known.joined and lang else split_with(token, known) if known.joined else None
    return (parts, at + 1, items[at].start) if parts else None


@lru_cache(maxsize=8192)
def split(token: str, lang: str) -> tuple[Word, ...] | None:
    """The number words a word consists of (zwei hundert fünf), None where it is none."""
    known = lexicon(lang)
    return split_with(token, known) if known else None


def split_with(token: str, known: Lexicon) -> tuple[Word, ...] | None:
    """`split` by a lexicon; the ways to part a word are tried once a place, the longest words first."""
    if len(token) > _LONGEST:
        return None
    dead: set[tuple[int, Decimal]] = set()

    def go(at: int, stack: Stack, parts: tuple[Word, ...]) -> tuple[Word, ...] | None:
        if at == len(token):
            return parts if len(parts) > 1 else None
        if (at, stack.total) in dead:
            return None
        for size in range(min(known.longest, len(token) - at), 1, -1):
            word = known.words.get(token[at : at + size])
            if word is None or word.group or (word.ordinal and at + size < len(token)):
                continue
            grown = stack.copy()
            if not grown.take((word,)):
                continue
            found = go(at + size, grown, (*parts, word))
            if found is not None:
                return found
        for glue in known.glue:
            if parts and token.startswith(glue, at):
                found = go(at + len(glue), stack, parts)
                if found is not None:
                    return found
        dead.add((at, stack.total))
        return None

    return go(0, Stack(), ())

"""Numerals of Chinese, Japanese and Korean texts: 三百二十, 1亿2000万, 500余万, 百分之三十, 三成, 3만 5천, 二〇二〇."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from evalkit.language.packs import words_in_order

_LONGEST = 30  # parts of one numeral: a number has one digit and one scale for each of its places
_PIECE = "조각"  # Korean "piece", whose first sign is a million million
_KILO = re.compile(r"(?<=\d)(?P<gap>\s?)千(?=[克米瓦卡帕伏赫])")  # 250千克: the sign of kilogram, no thousand
MYRIAD = 10**4  # from here on a scale multiplies all that stands before it, below only one digit


class Numeral(NamedTuple):
    """A numeral with its place and its readings, the first the usual one; `sure` unless a word may say the same."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    sure: bool


class _Script(NamedTuple):
    """How numerals of a script are written."""

    digits: dict[str, int]
    scales: dict[str, int]
    run: re.Pattern[str]
    bare_scales: bool  # 百 alone is a hundred: in Japanese and Korean
    spaced: bool  # a numeral begins a word


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files("evalkit.language.numbers.words").joinpath("myriads.toml").read_text("utf-8"))


def data_of(section: str) -> dict[str, Any]:
    """A section of the file of numerals."""
    return dict(_data()[section])


def _one_of(name: str) -> str:
    return "|".join(map(re.escape, str(_data()["written"][name]).split()))


_FIGURE = r"\d[\d,]{0,24}(?:\.\d{1,24})?"


@lru_cache(maxsize=4)
def _script(lang: str) -> _Script:
    name = "hangul" if lang == "ko" else "han"
    section = _data()[name]
    digits = {char: n for n, group in enumerate(str(section["digits"]).split()) for char in group}
    scales: dict[str, int] = dict(section["scales"])
    d, s = "".join(digits), "".join(scales)
    rounds = _one_of("rounds")
    one = rf"(?:{_FIGURE}|[{d}{s}])"
    more = rf"(?:\s?(?:{rounds})?\s?[{s}]|(?<=[{s}])\s(?:{_FIGURE}|[{d}])|(?<=[{s}〇零]){_FIGURE}|[{d}])"
    before = "(?<![가-힣])" if lang == "ko" else ""
    return _Script(
        digits, scales, re.compile(rf"(?:(?<![\d.,])(?=\d)|{before}(?!\d)){one}{more}{{0,{_LONGEST}}}"),
        lang != "zh", lang == "ko",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _idle() -> re.Pattern[str]:
    """Words that hold numerals and name no number: very, by all means, just in case, one by one."""
    return re.compile("|".join(words_in_order("zh", "numbers.idle")))


def numerals(text: str, lang: str) -> Iterator[Numeral]:
    """The numerals of a text, in order, none overlapping; figures without a scale are left alone."""
    script = _script(lang)
    text = _KILO.sub("\\g<gap>\0", text.replace(_PIECE, "\0" * len(_PIECE)))
    idle = [m.span() for m in _idle().finditer(text)] if lang != "ko" else []
    at = 0
    while (m := script.run.search(text, at)) is not None:
        at = m.end()
        if any(a <= m.start() and m.end() <= b for a, b in idle):
            continue
        if not _has_scale(m.group(), script):
            found = _tenths(text, m.start(), m.end(), script)
            if found is not None:
                yield found
            continue
        run = m.group()
        if len(run) > 1 and run[-1] in _measures():
            run, at = run[:-1], at - 1  # 三十两: a weight of old
        value = _evaluate(run, script)
        if value is None and " " in run.strip():  # two numbers side by side
            run = run[: run.index(" ", 1)]
            value, at = _evaluate(run, script), m.start() + len(run)
        if value is None and script.spaced:
            run, value = _without_particle(run, script)
        found = _with_marks(text, m.start(), run, value, script) if value is not None else None
        if found is not None:
            at = found.end
            yield found


def _tenths(text: str, start: int, end: int, script: _Script) -> Numeral | None:
    """2.5成, 9折: a figure that counts tenths."""
    marks = _marks(script.spaced)
    value = Decimal(text[start:end].replace(",", ""))
    if (m := marks["tenths"].match(text, end)) is not None:
        return Numeral(start, m.end(), _readings(value, m.group()), True)
    if (m := marks["dozens"].match(text, end)) is not None:
        return Numeral(start, m.end(), (value * 12,), True)
    if (m := marks["reduced_to"].match(text, end)) is not None:
        share = value * 10 if value < 10 else value
        return Numeral(start, m.end(), (share, 100 - share, value), True)
    return None


def _readings(value: Decimal, mark: str) -> tuple[Decimal, ...]:
    """A tenth is 10 %; with 半 half a tenth more; with 引 that much less."""
    share = value * 10 + (5 if mark.endswith("半") else 0)
    return (share, 100 - share, value) if "引" in mark else (share, value)


def _has_scale(run: str, script: _Script) -> bool:
    return any(c in script.scales or c in script.digits for c in run)


def _only_scales(run: str, script: _Script) -> bool:
    return all(c in script.scales for c in run)


_PART = re.compile(rf"{_FIGURE}|\S")


def _evaluate(run: str, script: _Script) -> Decimal | None:
    """The value of a run of digits, figures and scales; None where it is no number."""
    parts = _PART.findall(run)
    if not any(part in script.scales for part in parts):
        return _digits_alone(parts, script)
    stack: list[Decimal] = []
    pending: Decimal | None = None
    zero = False
    scale = 0
    for part in parts:
        if part in script.scales:
            scale = script.scales[part]
            below, pending = pending or Decimal(0), None
            while scale >= MYRIAD and stack and stack[-1] < scale:
                below += stack.pop()
            made = (below or Decimal(1)) * scale
            if stack and made >= _lowest(stack[-1]):
                return None
            stack.append(made)
            zero = False
        elif part[0].isdigit() and part.isascii():
            if pending:
                return None
            pending = Decimal(part.replace(",", ""))
        elif part in script.digits:
            if pending:
                return None
            pending, zero = Decimal(script.digits[part]), zero or not script.digits[part]
    if pending is not None:
        if stack and pending >= _lowest(stack[-1]):
            return None
        colloquial = not zero and scale >= 100 and parts[-1] in script.digits and not script.bare_scales
        stack.append(pending * scale / 10 if colloquial else pending)
    return sum(stack, Decimal(0))


def _digits_alone(parts: list[str], script: _Script) -> Decimal | None:
    """二〇二〇: digits one after the other, where they cannot be a way of speaking (三三两两)."""
    if any(part not in script.digits for part in parts):
        return None
    text = "".join(str(script.digits[part]) for part in parts)
    year = "两" not in parts and ("〇" in parts or (len(parts) == 4 and text[0] in "12"))
    return Decimal(text) if len(parts) == 1 or year else None


def _lowest(value: Decimal) -> Decimal:
    """The place value of the last digit that is not 0."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _without_particle(run: str, script: _Script) -> tuple[str, Decimal | None]:
    """A Korean numeral without the particle at its end that is a numeral as well: 삼백이 (three hundred, subject)."""
    for cut in (1, 2):
        value = _evaluate(run[:-cut], script) if len(run) > cut else None
        if value is not None:
            return run[:-cut], value
    return run, None


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    return frozenset(str(_data()["written"]["measures"]).split())


def _with_marks(text: str, start: int, run: str, value: Decimal, script: _Script) -> Numeral | None:
    """A numeral with what follows it: a decimal part, the other half of a fraction, tenths."""
    end = start + len(run)
    marks = _marks(script.spaced)
    point = marks["points"].match(text, end)
    if point is not None:
        digits = "".join(str(script.digits.get(c, c)) for c in point["d"] if not c.isspace())
        value, end = value + Decimal(f"0.{digits}"), point.end()
    values: tuple[Decimal, ...] = (value,)
    tenth = marks["tenths"].match(text, end)
    if tenth is not None:
        values, end = _readings(value, tenth.group()), tenth.end()
    elif (dozen := marks["dozens"].match(text, end)) is not None:
        values, end = (value * 12,), dozen.end()
    elif (folded := marks["reduced_to"].match(text, end)) is not None:
        share = value * 10 if value < 10 else value
        values, end = (share, 100 - share, value), folded.end()
    minus = marks["minus"].search(text, max(0, start - 6), start)
    if minus is not None:
        values, start = tuple(-v for v in values), minus.start()
    long = sum(not c.isspace() for c in run) > (2 if script.spaced else 1)
    counted = any(c.isdigit() and c.isascii() for c in run)
    sure = (counted or (long and not _only_scales(run, script))) and not (script.spaced and len(run) < 2)
    if script.spaced and len(run) == 1 and run in script.digits and not text[end : end + 1].isspace():
        return None  # Korean 이 is "this", 일 "work"
    return Numeral(start, end, values, sure)


@lru_cache(maxsize=2)
def _marks(spaced: bool) -> dict[str, re.Pattern[str]]:
    script = _script("ko" if spaced else "ja")
    digits, scales = "".join(script.digits), "".join(script.scales)
    return {
        "points": re.compile(
            rf"\s?(?:{_one_of('points')}|・(?=[{digits}]{{1,12}}(?![{scales}・])))\s?(?P<d>(?:[{digits}]\s?){{1,12}}|\d{{1,12}})(?![分钟鐘半刻时時시])"
        ),
        "tenths": re.compile(rf"\s?(?:{_one_of('tenths')})(?:引き?|半)?(?![立为為功就果员員本人分长長熟交都年品])"),
        "reduced_to": re.compile(rf"\s?(?:{_one_of('reduced_to')})(?![磨腾叠合])"),
        "minus": re.compile(rf"(?:{_one_of('minus')})\s?$"),
        "dozens": re.compile(rf"\s?(?:{_one_of('dozens')})"),
    }


class Fraction(NamedTuple):
    """A fraction (三分之一, 百分之三十, 2분의 1): its two numbers, and what stands before it (一又二分之一)."""

    start: int
    end: int
    whole: Decimal
    part: Decimal
    before: Decimal = Decimal(0)


@lru_cache(maxsize=4)
def _fraction(lang: str) -> re.Pattern[str]:
    script = _script(lang)
    some = "".join((*script.digits, *script.scales))
    point = f"(?:(?:{_one_of('points')})[{''.join(script.digits)}\\d]{{1,12}})?"
    number = rf"(?:{_FIGURE}[{''.join(script.scales)}]?|[{some}][{some}]{{0,{_LONGEST}}})"
    before = "(?<![가-힣])" if script.spaced else ""
    more = rf"(?:(?P<more>{number})\s?(?:{_one_of('mixed')})\s?)?"
    return re.compile(rf"{before}{more}(?P<whole>{number})\s?(?:{_one_of('over')})\s?(?P<part>{number}{point})")


def fractions(text: str, lang: str) -> Iterator[Fraction]:
    """The fractions of a text whose whole is named first."""
    script = _script(lang)
    text = _KILO.sub("\\g<gap>\0", text.replace(_PIECE, "\0" * len(_PIECE)))
    points = re.compile(_one_of("points"))
    for m in _fraction(lang).finditer(text):
        whole = _number(m["whole"], script)
        before, _, after = points.sub(".", m["part"]).partition(".")
        part = _number(before, script)
        if part is None and script.spaced:
            part = _without_particle(before, script)[1]
        if after and part is not None:
            part += Decimal("0." + "".join(str(script.digits.get(c, c)) for c in after))
        if whole and part is not None:
            more = _number(m["more"].replace(" ", ""), script) if m["more"] else None
            start = m.start() if more is not None else m.start("whole")
            yield Fraction(start, m.end(), whole, part, more or Decimal(0))


def _number(text: str, script: _Script) -> Decimal | None:
    if re.fullmatch(_FIGURE, text):
        return Decimal(text.replace(",", ""))
    return _evaluate(text, script)

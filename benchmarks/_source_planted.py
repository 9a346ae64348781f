"""Errors planted into human translations of ten languages: a part of benchmarks/source.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import regex
from babel.dates import get_month_names
from babel.units import format_unit

from benchmarks.source import DATA, LARGEST, TEN, code_of, found, halves, lines
from evalkit.language.denials import cues_of
from evalkit.language.dictionaries import is_known
from evalkit.language.negation import strong
from evalkit.language.packs import has_list, pattern_of
from evalkit.text.words import Word, words

_EACH = 25  # lines of a language and kind
_DENIALS = 100  # the same English phrases stand behind them in every language: of 25 chance decides
_NUMBER = re.compile(r"(?<![\d.,:/-])[2-9]\d(?![\d.,:/-])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME = re.compile(r"(?<![\w'’.-])[A-Z][a-z]{5,12}(?![\w'’.-])")  # in Latin letters on both sides
_HALF = re.compile(r"\bn(?:e |['’])(?=[^.,;:!?]{1,40}$)", re.IGNORECASE)  # of ne ... pas
_TOGETHER = {"tr": ("hiç", "hiçbir", "asla", "hayır")}  # with a verb that denies too
Planted = tuple[str, str] | None
Plant = Callable[[str, str, str], Planted]  # of a source, a translation and its language


def _changed(pattern: re.Pattern[str], change: Callable[[str], str]) -> Plant:
    """Plants a change where the source has what the pattern finds in the translation."""

    def plant(source: str, target: str, _: str) -> Planted:
        m = pattern.search(target)
        if m is None or m.group() not in re.findall(r"\d+|\w+", source):
            return None
        return source, (target[: m.start()] + change(m.group()) + target[m.end() :]).replace("  ", " ")

    return plant


def _put(there: str, here: str) -> Plant:
    return lambda source, target, _: (f"{source} {there}", f"{target} {here}")


def _other_month(source: str, target: str, lang: str) -> Planted:
    """Another month, beside a day or a year, where the source has the one there was."""
    theirs, mine = (get_month_names("wide", "format", of) for of in ("en", lang))
    for month, name in mine.items():
        forms = {name, get_month_names("wide", "stand-alone", lang)[month]}
        m = re.search(
            rf"(?:(?<=\d )|(?<=\d\. )|(?<=\d de )|(?<!\d))(?:{'|'.join(map(re.escape, forms))})(?!\w)", target
        )
        if m and theirs[month] in source and re.search(r"\d", target[max(0, m.start() - 6) : m.end() + 6]):
            return source, target[: m.start()] + mine[(month + 4) % 12 + 1] + target[m.end() :]
    return None


def _other_unit(source: str, target: str, lang: str) -> Planted:
    theirs = format_unit(250, "length-kilometer", length="long", locale="en")
    return f"{source} ({theirs})", f"{target} ({format_unit(250, 'mass-kilogram', length='long', locale=lang)})"


def _undenied(source: str, target: str, lang: str) -> Planted:
    """The one negator gone, where the source has one: a word, with its half in French, or what denies inside a word.
    Turkish `hiç` beside a verb that denies are two, of which the other would still deny."""
    gone = [(cue.start, cue.end) for cue in cues_of(target, lang)]
    if lang in _TOGETHER and any(target[start:end].lower() in _TOGETHER[lang] for start, end in gone):
        return None
    gone += [span for word in words(target) if (span := _denying_part(word, lang))]
    if len(gone) != 1 or len(strong(source)) != 1:
        return None
    ((start, end),) = gone
    before = _HALF.sub("", target[:start]) if lang == "fr" else target[:start]
    return source, (before + target[end:]).replace("  ", " ")


def _denying_part(word: Word, lang: str) -> tuple[int, int] | None:
    """What denies in a word, where the dictionary has the word without it; not in what only looks like it."""
    if not has_list(lang, "negation.affixes"):
        return None
    low = word.text.lower()
    if has_list(lang, "negation.no_answer") and regex.fullmatch(pattern_of(lang, "negation.no_answer"), low):
        return None
    for m in regex.finditer(pattern_of(lang, "negation.affixes"), low, overlapped=True):
        if is_known(low[: m.start()] + low[m.end() :], lang):
            return word.start + m.start(), word.start + m.end()
    return None


KINDS: dict[str, tuple[tuple[str, ...], Plant]] = {
    "number changed": (("number-", "date-"), _changed(_NUMBER, lambda text: str(int(text) % 89 + 11))),
    "number lost": (("number-missing",), _changed(_NUMBER, lambda _: "")),
    "year changed": (("number-", "date-"), _changed(_YEAR, lambda text: str(int(text) - 12))),
    "month changed": (("number-", "date-"), _other_month),
    "unit changed": (("unit-",), _other_unit),
    "placeholder": (("placeholder",), _put("{name}", "{nome}")),
    "tag": (("tag",), _put("<b>x</b>", "<b>x")),
    "address": (("url",), _put("https://example.org/a", "https://example.org/b")),
    "word left": (("untranslated",), _put("weather", "weather")),
    "sentence left": (("untranslated", "source-copied"), lambda source, *_: (source, source)),
    "denial lost*": (("negation-",), _undenied),
    "name changed": (("name-",), _changed(_NAME, lambda text: text[:2] + ("k" if text[2] != "k" else "t") + text[3:])),
}


def _share(source: Sequence[str], target: Sequence[str], lang: str, kind: str) -> tuple[int, int]:
    rules, plant = KINDS[kind]
    made = [pair for a, b in zip(source, target, strict=True) if (pair := plant(a, b, lang)) is not None]
    each = _DENIALS if kind.startswith("denial") else _EACH
    made = made[:: max(1, len(made) // each)][:each]
    hits = 0
    for one in made:  # each alone: what a text does often is its habit
        told = found([one[0]], [one[1]], lang, hints=kind.endswith("*"))
        hits += any(f.rule.startswith(rules) for f in told)
    return hits, len(made)


def _pasted(source: Sequence[str], target: Sequence[str], lang: str) -> tuple[int, int]:
    """Different sentences whose translation is the same one, pasted twice."""
    at = [i for i, text in enumerate(source) if len(text.split()) > 8][: 2 * _EACH]
    mine = list(target)
    for a, b in zip(at[::2], at[1::2], strict=False):
        mine[b] = mine[a]
    said = found(list(source), mine, lang)
    told = {int(f.unit.rpartition(":")[2]) - 1 for f in said if f.rule == "inconsistent-source"}
    pairs = list(zip(at[::2], at[1::2], strict=False))
    return sum(bool({a, b} & told) for a, b in pairs), len(pairs)


def planted(wanted: str = "", languages: str = "") -> None:
    """The table of all kinds, or of those whose name begins so; languages by their names in NTREX, with commas."""
    of = {name: code_of(name) for name in (LARGEST if languages == "largest" else languages.split(",")) if name} or TEN
    folder = DATA / "ntrex"
    source = lines(folder / "source.eng.txt.gz")
    for half, chosen in halves(folder).items():
        names = [kind for kind in (*KINDS, "pasted twice") if kind.startswith(wanted)]
        print(f"{half}\n{'':4}" + "".join(f"{kind:>16}" for kind in names))
        sums = {kind: [0, 0] for kind in names}
        for name, lang in of.items():
            target = lines(folder / f"{name}.txt.gz")
            theirs, mine = [source[i] for i in chosen], [target[i] for i in chosen]
            row = f"{lang:4}"
            for kind in names:
                hits, number = _share(theirs, mine, lang, kind) if kind in KINDS else _pasted(theirs, mine, lang)
                sums[kind][0] += hits
                sums[kind][1] += number
                row += f"{f'{hits} of {number}':>16}"
            print(row, flush=True)
        print(f"{'all':4}" + "".join(f"{hits / max(number, 1):>16.0%}" for hits, number in sums.values()))

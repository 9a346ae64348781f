"""Names in Chinese characters that are not read in Mandarin, or spelt another way: Nguyen for 阮, Hsieh for 謝."""

from __future__ import annotations

from functools import lru_cache

import regex

from evalkit.language.forms import tokens
from evalkit.language.packs import values_of
from evalkit.language.romanise import letters
from evalkit.language.transliteration import syllables

_HAN = regex.compile(r"\p{Han}{2,}")
_FILE = "han_readings"
_LONGEST = 4  # characters of a name
_INITIALS = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k",
    "j": "ch", "q": "ch", "x": "hs", "r": "j", "z": "ts", "c": "ts",
}  # fmt: skip
_BUZZED = ("zh", "ch", "sh", "r")  # initials behind which `i` is no i: Shih
_HISSED = {"zi": ("tzu",), "ci": ("tzu", "tsu"), "si": ("szu", "ssu")}
_WHOLE = {"yi": "i", "yan": "yen", "ye": "yeh", "yue": "yueh", "you": "yu", "yong": "yung", "er": "erh", "ri": "jih"}

Table = dict[str, frozenset[str]]


def is_read(name: str, other: str, source: str) -> bool:
    """True where characters of the source are read so in Vietnamese, Korean, Japanese or Cantonese: all of the name, or
    its family name where the `other` one has that in Mandarin (Nguyen Hoa Dat, Ruan Huada)."""
    runs = [match.group() for match in _HAN.finditer(source)]
    words = [word for token in tokens(name) if (word := letters(token.text))]
    theirs = [letters(token.text) for token in tokens(other)]
    if not runs or not words:
        return False
    orders = [words] if len(words) == 1 else [words, [words[-1], *words[:-1]]]
    return any(
        _is_read_as(order, theirs, runs, *_tables(lang)) for lang in values_of(_FILE, "surnames") for order in orders
    )


def _is_read_as(words: list[str], theirs: list[str], runs: list[str], surnames: Table, given: Table) -> bool:
    for key in _keys(words[0], surnames):
        after = [run[at + len(key) :] for run in runs for at in _places(key, run)]
        if not after or words[0] in _mandarin(key):
            continue
        rest = "".join(words[1:])
        if rest and any(_is_spelt(rest, run[:_LONGEST], given) for run in after):
            return True
        if any(their.startswith(spelt) for their in theirs for spelt in _mandarin(key)):
            return True
        if not rest and any(their in _elsewhere(key) - {words[0]} for their in theirs):
            return True  # Ong, where the other one is Wong
    return False


def _keys(word: str, surnames: Table) -> list[str]:
    return [key for key, readings in surnames.items() if word in readings]


def _places(key: str, run: str) -> list[int]:
    return [at for at in range(len(run)) if run.startswith(key, at)]


def _is_spelt(rest: str, run: str, given: Table) -> bool:
    """True where the letters are the first characters of the run, one after the other."""
    if not rest:
        return True
    able = given.get(run[:1], frozenset())
    return any(rest.startswith(reading) and _is_spelt(rest[len(reading) :], run[1:], given) for reading in able)


def is_older_spelling(name: str, other: str, source: str) -> bool:
    """True where the source has characters that `other` has in pinyin and `name` by Wade and Giles, as in Taiwan:
    Chiang Ching-kuo; a word behind the first one may be in pinyin too (Hsia Liyan)."""
    words = [word for part in name.split() if (word := letters(part))]
    pinyin = letters(other)
    if not words or letters(name) == pinyin:
        return False
    read = {
        syllables(run[at : at + size])
        for run in (match.group() for match in _HAN.finditer(source))
        for at in range(len(run))
        for size in range(1, _LONGEST + 1)
    }
    same = ([syllable.lower() for syllable in spelt] for spelt in sorted(read) if "".join(spelt).lower() == pinyin)
    return any(_is_wade_giles(words, spelt) for spelt in same)


def _is_wade_giles(words: list[str], mandarin: list[str]) -> bool:
    first, *rest = words
    return any(
        _is_so_spelt(first, mandarin[:size]) and _go_on(rest, mandarin[size:]) for size in range(1, len(mandarin) + 1)
    )


def _go_on(words: list[str], mandarin: list[str]) -> bool:
    if not words or not mandarin:
        return not words and not mandarin
    first, *rest = words
    return any(
        (first == "".join(mandarin[:size]) or _is_so_spelt(first, mandarin[:size])) and _go_on(rest, mandarin[size:])
        for size in range(1, len(mandarin) + 1)
    )


def _is_so_spelt(word: str, mandarin: list[str]) -> bool:
    """True where the word is these syllables by Wade and Giles and nothing else."""
    if not mandarin:
        return not word
    forms = (form for form in wade_giles(mandarin[0]) if word.startswith(form))
    return any(_is_so_spelt(word[len(form) :], mandarin[1:]) for form in forms)


@lru_cache(maxsize=1024)
def wade_giles(pinyin: str) -> tuple[str, ...]:
    """The spellings of a syllable in letters alone: the marks of breath are mostly left out."""
    if pinyin in _HISSED:
        return _HISSED[pinyin]
    if pinyin in _WHOLE:
        return (_WHOLE[pinyin],)
    initial = next((start for start in (pinyin[:2], pinyin[:1]) if start in _INITIALS), "")
    final = pinyin[len(initial) :]
    if not final or not (initial or pinyin[:1]):
        return (pinyin,)
    if initial in _BUZZED and final == "i":
        return (f"{_INITIALS[initial]}ih",)
    return tuple(_INITIALS.get(initial, "") + ending for ending in _endings(initial, final))


def _endings(initial: str, final: str) -> tuple[str, ...]:
    if final.endswith("ong"):
        return (f"{final[:-3]}ung",)
    if final.endswith("ian"):
        return (f"{final[:-3]}ien",)
    if final.endswith(("ie", "ue")):
        return (f"{final}h",)
    if final == "e":
        return ("o", "e", "eh")
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        return ("o",)
    if final == "ui" and initial in ("g", "k"):
        return ("uei",)
    return (final,)


@lru_cache(maxsize=256)
def _elsewhere(key: str) -> frozenset[str]:
    """How a family name is read in any language but Mandarin."""
    tables = (_tables(lang)[0] for lang in values_of(_FILE, "surnames"))
    return frozenset(reading for table in tables for reading in table.get(key, ()))


@lru_cache(maxsize=256)
def _mandarin(key: str) -> tuple[str, ...]:
    return ("".join(syllables(key)).lower(),)


@lru_cache(maxsize=8)
def _tables(lang: str) -> tuple[Table, Table]:
    """The readings of family names, and those of the characters of given ones."""
    return _table(values_of(_FILE, "surnames")[lang]), _table(values_of(_FILE, "given").get(lang, ""))


def _table(packed: str) -> Table:
    rows = (row.split(":") for row in packed.split())
    return {key: frozenset(readings) for keys, *readings in rows for key in keys.split("/")}

"""Which Latin letters render a name of another script: learned tables, and the letters side by side.

A table says how likely a chunk of one or two symbols of the script (letters, jamo, kana, Chinese syllables) is
rendered by nought to three Latin letters. `benchmarks/transliteration.py` learns the tables from two public lists of
names (CC0).
"""

from __future__ import annotations

import gzip
import math
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from evalkit.text.words import script

SCRIPTS = {
    "CYRILLIC": "cyrillic", "GREEK": "greek", "ARABIC": "arabic", "HEBREW": "hebrew", "HANGUL": "hangul",
    "KATAKANA": "kana", "HIRAGANA": "kana", "KATAKANA-HIRAGANA": "kana", "CJK": "han",
}  # fmt: skip
LONGEST_NATIVE, LONGEST_LATIN = 2, 3  # symbols and letters of a chunk
TWO = 0.15  # the price of a chunk of two symbols: it must explain more than its two symbols apart
_UNKNOWN = 1e-5  # the probability of a chunk no table has; less than the rarest that one has, 5e-4
_BY_CHANCE = math.log(1 / 26)  # of a letter
_SMALL_KANA = frozenset("ァィゥェォャュョヮ")
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_BETWEEN = frozenset("・･=＝-‐'’ \u200c\u200d")
_BREVE = "\u0306"  # makes й of и; other marks stress or point
_SYLLABLE = re.compile(r"[A-Z][a-z']*")
_LONGEST_NAME = 20  # symbols or letters; longer ones are no name

Table = dict[str, dict[str, float]]


class Piece(NamedTuple):
    """A chunk of the native name and the letters beside it; `known` is False where no table has the two together."""

    native: str
    latin: str
    known: bool


class Rendering(NamedTuple):
    """How a Latin form explains a native name: `value` is the logarithm of how much likelier than chance, a letter."""

    value: float
    pieces: tuple[Piece, ...]

    @property
    def odd(self) -> tuple[Piece, ...]:
        """The places that the tables do not explain."""
        return tuple(piece for piece in self.pieces if not piece.known)


def table_of(text: str) -> str:
    """The name of the table for a text's script, by its first letter; "" where there is none."""
    first = next((char for char in text if char.isalpha()), "")
    return SCRIPTS.get(script(first), "") if first else ""


@lru_cache(maxsize=65536)
def symbols(native: str) -> tuple[str, ...]:
    """A name as what its script writes a sound with: jamo, kana with the small ones after them, the syllables of
    Chinese characters (each with a capital: Xi An is not Xian), or letters."""
    if table_of(native) == "han":
        return syllables(native)
    text = unicodedata.normalize("NFD", native) if table_of(native) == "hangul" else native.casefold()
    if table_of(native) == "kana":
        found: list[str] = []
        for char in text.translate(_TO_KATAKANA):
            if char in _SMALL_KANA and found:
                found[-1] += char
            elif char not in _BETWEEN:
                found.append(char)
        return tuple(found)
    if table_of(native) == "hangul":
        return tuple(char for char in text if char.isalpha())
    parts = (c for c in unicodedata.normalize("NFD", text) if c.isalpha() or c == _BREVE)
    plain = unicodedata.normalize("NFC", "".join(parts))
    return tuple(char for char in plain if char.isalpha())


def syllables(native: str) -> tuple[str, ...]:
    """Chinese characters, simplified or not, as they are read in Mandarin."""
    from anyascii import anyascii

    return tuple(match.group().replace("'", "") for match in _SYLLABLE.finditer(anyascii(native)))


@lru_cache(maxsize=8)
def table(name: str) -> Table:
    """The table of a script: native chunk (its symbols joined) to Latin letters to probability."""
    packed = files("evalkit.language").joinpath(f"translit/{name}.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines() if line[:1] != "#")
    return {
        native: {latin: float(share) / 1000 for latin, _, share in (item.partition(":") for item in items.split(" "))}
        for native, items in rows
    }


def rendering(native: str, latin: str) -> Rendering | None:
    """How `latin` (letters a-z) renders `native`; None where its script has no table, or a side has no letters."""
    name = table_of(native)
    mine = symbols(native) if name else ()
    if not mine or not latin or max(len(mine), len(latin)) > _LONGEST_NAME:
        return None
    return aligned(mine, latin, table(name))


@lru_cache(maxsize=65536)
def _logs(share: float) -> float:
    return math.log(share)


def aligned(mine: tuple[str, ...], latin: str, rows: Table) -> Rendering:
    """The likeliest way to put the letters beside the symbols."""
    worst = -math.inf
    best = [[worst] * (len(latin) + 1) for _ in range(len(mine) + 1)]
    back: dict[tuple[int, int], tuple[int, int, bool]] = {}
    best[0][0] = 0.0
    for i in range(len(mine)):
        for size in range(1, min(LONGEST_NATIVE, len(mine) - i) + 1):
            row = rows.get("".join(mine[i : i + size]), {})
            if size > 1 and not row:
                continue
            price = 0.0 if size == 1 else math.log(TWO)
            for j in range(len(latin) + 1):
                here = best[i][j]
                if here == worst:
                    continue
                for letters in range(min(LONGEST_LATIN, len(latin) - j) + 1):
                    share = row.get(latin[j : j + letters])
                    known = share is not None
                    if not known and (size > 1 or letters > 2):
                        continue
                    value = here + price + _logs(share if share is not None else _UNKNOWN)
                    if value > best[i + size][j + letters]:
                        best[i + size][j + letters] = value
                        back[i + size, j + letters] = (size, letters, known)
    at, pieces = (len(mine), len(latin)), []
    while at in back and at != (0, 0):
        size, letters, known = back[at]
        pieces.append(Piece("".join(mine[at[0] - size : at[0]]), latin[at[1] - letters : at[1]], known))
        at = at[0] - size, at[1] - letters
    if at != (0, 0):
        return Rendering(worst, ())
    value = (best[len(mine)][len(latin)] - _BY_CHANCE * len(latin)) / len(latin)
    return Rendering(value, tuple(reversed(pieces)))

"""Writes evalkit/kernel/c/word_classes.h: what `evalkit.text.words` makes of most
characters beyond ASCII.

python benchmarks/word_classes.py
"""

from __future__ import annotations

import re
from pathlib import Path

from evalkit.text.words import fold, words

TARGET = Path(__file__).resolve().parent.parent / "evalkit" / "kernel" / "c" / "word_classes.h"
# Latin with its marks, general punctuation, shapes (list marks), punctuation of Chinese and Japanese, full-width forms.
RANGES = ((0xA0, 0x24F), (0x2000, 0x206F), (0x25A0, 0x25FF), (0x3000, 0x303F), (0xFE30, 0xFE4F), (0xFF00, 0xFF65))
LAST_LETTER = 0x24F


def word_class(char: str) -> str:
    """S divides words, L is a letter, D a digit, J holds letters together, P holds digits together, C is a word."""
    if words(f"a{char}a")[0].text == f"a{char}a":
        return "J" if not words(char) else "D" if re.fullmatch(r"\d", char) else "L"
    if words(char):
        return "C"
    return "P" if words(f"1{char}1")[0].text == f"1{char}1" else "S"


def entry(char: str) -> str:
    """The character's class, and the one or two characters it is folded to; all 0 where C leaves it to Python."""
    folded = fold(char)
    classes = {word_class(c) for c in folded}
    if not classes & {"L", "D", "C", "J"} and (len(folded) != 1 or classes == {"S"}):
        folded = " "  # nothing of it belongs to a word; two points do not hold digits together
    left = not fold(char) or len(folded) > 2 or not all(word_class(c) == "S" or ord(c) <= LAST_LETTER for c in folded)
    own = word_class(char)
    if left or own == "C" or any(ord(c) > 0x7F and fold(c) != c for c in folded) or "\u0300" <= char <= "\u036f":
        return "{0, {0, 0}}"
    first, second = [f"0x{ord(c):X}" for c in folded] + ["0"] * (2 - len(folded))
    return f"{{'{own}', {{{first}, {second}}}}}"


def header() -> str:
    """The file's text."""
    lines = [
        "/* Written by benchmarks/word_classes.py: classes and folded forms, as evalkit/text/words.py has them. */"
    ]
    for first, last in RANGES:
        lines.append(f"static const WordChar WORDS_{first:X}[] = {{")
        entries = [entry(chr(code)) for code in range(first, last + 1)]
        lines += ["    " + ", ".join(entries[i : i + 5]) + "," for i in range(0, len(entries), 5)]
        lines.append("};")
    tables = ", ".join(f"{{0x{first:X}, 0x{last:X}, WORDS_{first:X}}}" for first, last in RANGES)
    return "\n".join([*lines, f"static const WordRange WORD_RANGES[] = {{{tables}}};"]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(header(), encoding="utf-8")

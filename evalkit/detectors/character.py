"""The `character` detector: characters that no writer meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidates, comparable
from evalkit.records import Context, Finding, Rule, Severity, Unit
from evalkit.records.findings import finding
from evalkit.text.words import script

RULE = Rule(
    "character", "conventions", "linguistic-conventions/character-encoding", "minor",
    "Broken encoding, invisible or control characters, stray symbols, words mixed of two alphabets.",
    "The caf[Ã©] opens at nine.",
    rank=120,
)  # fmt: skip
# UTF-8 read as Windows-1252 or Latin-1: a lead byte's character and the characters of the bytes after it.
_HIGH = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    rf"(?:[ÃÂ][{_HIGH}](?<![Â] ))+|(?:â[€‚„†ˆ€][{_HIGH}œ]?)+|(?:[ðï][Ÿ»¼½][{_HIGH}]{{1,2}})+|"
    rf"[ÐÑ][{_HIGH}](?:[ÐÑ]?[{_HIGH}])+"
)
_REPLACED = re.compile("\ufffd+|\u2047|<unk>|▁+")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u2060\u00ad\ue000-\uf8ff]+"
)
_INVISIBLE = re.compile("[\u200b\u200e\u200f]+|[\u200c\u200d]+(?![\ufe0f\u2640\u2642])")
_ENTITY = re.compile(r"&\s?(?:amp|apos|quot|lt|gt|nbsp|#\d{2,5}|#x[0-9a-f]{2,5})\s?;", re.IGNORECASE)
_STRAY = re.compile(r"(?<=[^\W\d_])[\^~_|\\](?=\s|[,.;:!?]|$)|(?<=\s)[\^~_|\\](?=[^\W\d_])")
_LOOSE = re.compile(
    r"(?<=[a-z]{2})(?<!s)['\-](?= (?!and\b|or\b|to\b)[a-z])|\b(?:the|an?|of|their|his|its)[;:,](?= [a-z])"
)
_MARK_IN_WORD = re.compile(r"(?<=[a-z])[*#@%+=<>{}](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Letters of other alphabets that look like Latin ones.
_ALIKE = frozenset("аеорсухіјѕԁһпгтвмкАВЕКМНОРСТУХІЈЅαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_JOINERS_BELONG = frozenset(
    {"ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "KANNADA", "MALAYALAM", "SINHALA", "GUJARATI", "TELUGU"}
)


@dataclass(frozen=True)
class CharacterDetector:
    """Broken or invisible characters and lookalike letters; what a reference writes too is licensed."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "character"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        for unit, _, segment in candidates(units):
            licences = [p.text for p in unit.references] if comparable(unit, context) else []
            taken = 0
            for start, end, said, severity in sorted(_spots(segment.text)):
                shown = segment.text[max(0, start - 3) : end] if end - start == 1 else segment.text[start:end]
                if start < taken or any(shown in other for other in licences):
                    continue
                taken = end
                yield finding(RULE, self.name, unit, segment, start, end, said, severity=severity)


def _spots(text: str) -> Iterator[tuple[int, int, str, Severity]]:
    for m in _ENTITY.finditer(text):
        yield m.start(), m.end(), f"an HTML entity left in the text: {m.group()!r}", "minor"
    for pattern in (_STRAY, _MARK_IN_WORD, _LOOSE):
        for m in pattern.finditer(text):
            if m.group() != "'" or text.count("'", 0, m.start()) % 2 == 0:
                yield m.end() - 1, m.end(), f"a stray {m.group()[-1]!r}", "minor"
    for m in _CONTROL.finditer(text):
        yield m.start(), m.end(), f"a control character, U+{ord(m.group()[0]):04X}", "minor"
    if text.isascii():
        return
    for m in _REPLACED.finditer(text):
        yield m.start(), m.end(), "a character was lost when the text was converted", "major"
    for m in _MOJIBAKE.finditer(text):
        yield m.start(), m.end(), "the text was read in the wrong encoding", "major"
    for m in _INVISIBLE.finditer(text):
        if not _joiner_belongs(text, m.start()):
            yield m.start(), m.end(), f"an invisible character, U+{ord(m.group()[0]):04X}", "minor"
    for m in _WORD.finditer(text):
        if not m.group().isascii() and _is_mixed(m.group()):
            yield m.start(), m.end(), "a word of letters from two alphabets that look alike", "major"


def _joiner_belongs(text: str, at: int) -> bool:
    """Joiners are spelling in Arabic and Indic scripts and hold emoji together."""
    before = text[at - 1] if at else " "
    return (
        script(before) in _JOINERS_BELONG
        or (ord(before) > 0x2190 and not before.isalpha())
        or "\u0900" <= before <= "\u0dff"
    )


def _is_mixed(word: str) -> bool:
    """Latin with Cyrillic or Greek letters in one word, one side of it all lookalikes."""
    kinds = {script(c) for c in word} & {"LATIN", "CYRILLIC", "GREEK"}
    if len(kinds) < 2 or "LATIN" not in kinds:
        return False
    foreign = [c for c in word if script(c) in ("CYRILLIC", "GREEK")]
    latin = [c for c in word if script(c) == "LATIN"]
    return all(c in _ALIKE for c in foreign) or all(c in "aceiopxysBEHKMTPCX" for c in latin)

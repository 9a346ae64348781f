"""The `character` detector: characters that no writer meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from evalkit.detectors._units import candidates, comparable, language
from evalkit.language.packs import optional_words
from evalkit.language.scripts import script_of
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
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\u2060\ue000-\uf8ff]+"
)
# A soft hyphen is spelling inside a word: it says where a line may break.
_SOFT = re.compile(r"(?<![^\W\d_])\u00ad+|\u00ad+(?![^\W\d_])")
_INVISIBLE = re.compile("[\u200b\u200e\u200f]+|[\u200c\u200d]+(?![\ufe0f\u2640\u2642])")
_ENTITY = re.compile(r"&\s?(?:amp|apos|quot|lt|gt|nbsp|#\d{2,5}|#x[0-9a-f]{2,5})\s?;", re.IGNORECASE)
_STRAY = re.compile(r"(?<=[^\W\d_])[\^~_|\\](?=\s|[,.;:!?]|$)|(?<=\s)[\^~_|\\](?=[^\W\d_])")
_MARK_IN_WORD = re.compile(r"(?<=[a-z])[*#@%+=](?=\s|$)")
_RARE = re.compile(r"[\^~_|\\*#@%+=]")  # one of the marks of the two above
_WORD = re.compile(r"[^\W\d_]{2,}")
# Letters of other alphabets that look like Latin ones.
_ALIKE = frozenset("аеорсухіјѕԁһпгтвмкАВЕКМНОРСТУХІЈЅαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
# Scripts without them: an invisible character beside a letter of any other joins or parts letters, says where a word
# ends, or turns the direction of a mark.
_NOTHING_INVISIBLE = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor"})


_ENTITY_LEFT = "an HTML entity left in the text"
_STRAY_MARK = "a stray"
_NEAR = 12  # letters as near as this show the script around an invisible character


_NARROW = str.maketrans("～＊＠＃％＋＝", "~*@#%+=")


@dataclass(frozen=True)
class CharacterDetector:
    """Broken or invisible characters and lookalike letters; what a reference writes too is licensed."""

    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "character"
    rules: ClassVar[tuple[Rule, ...]] = (RULE,)

    def find(self, units: Sequence[Unit], context: Context) -> Iterator[Finding]:
        loose = _loose(language(context))
        for unit, _, segment in candidates(units):
            licences = [p.text for p in unit.references] if comparable(unit, context) else []
            others = [*licences, *([unit.source.text] if unit.source else [])]
            taken = 0
            for start, end, said, severity in sorted(_spots(segment.text, loose)):
                shown = segment.text[max(0, start - 3) : end] if end - start == 1 else segment.text[start:end]
                if start < taken or any(shown in other for other in licences):
                    continue
                if said.startswith(_ENTITY_LEFT) and unit.source and segment.text[start:end] in unit.source.text:
                    continue  # a text with tags, which keeps them
                if said.startswith(_STRAY_MARK) and any(_has_so(segment.text[start:end], text) for text in others):
                    continue
                taken = end
                yield finding(RULE, self.name, unit, segment, start, end, said, severity=severity)


def _has_so(mark: str, text: str) -> bool:
    """True where another text has the mark behind a word as well, in full width or not."""
    return re.search(rf"(?<=\w){re.escape(mark)}(?![A-Za-z0-9])", text.translate(_NARROW)) is not None


def _loose(lang: str) -> re.Pattern[str] | None:
    """A mark behind a word that no mark follows, and an apostrophe or a hyphen behind a word; None for a language
    without a list of such words: what may stand there is not known."""
    never = optional_words(lang, "character.no_mark_after")
    after = "|".join(optional_words(lang, "character.hyphen_before"))
    if not never:
        return None
    return re.compile(rf"(?<=[a-z]{{2}})(?<!s)['\-](?= (?!(?:{after})\b)[a-z])|\b(?:{'|'.join(never)})[;:,](?= [a-z])")


def _spots(text: str, loose: re.Pattern[str] | None) -> Iterator[tuple[int, int, str, Severity]]:
    for m in _ENTITY.finditer(text) if "&" in text else ():
        yield m.start(), m.end(), f"{_ENTITY_LEFT}: {m.group()!r}", "minor"
    strays = (_STRAY, _MARK_IN_WORD) if _RARE.search(text) else ()  # most texts have no such mark at all
    for pattern in (*strays, *([loose] if loose else [])):
        for m in pattern.finditer(text):
            if m.group() != "'" or text.count("'", 0, m.start()) % 2 == 0:
                yield m.end() - 1, m.end(), f"{_STRAY_MARK} {m.group()[-1]!r}", "minor"
    unseen = () if text.isprintable() else (_CONTROL, _SOFT)  # Python calls none of them printable
    for m in (m for pattern in unseen for m in pattern.finditer(text)):
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
            yield m.start(), m.end(), "a word of letters from two alphabets that look alike", "minor"


def _joiner_belongs(text: str, at: int) -> bool:
    """Joiners are spelling in Arabic and Indic scripts and hold emoji together; spaces without width part words of
    scripts without spaces; direction marks belong into text that runs from right to left."""
    before = text[at - 1] if at else " "
    if ord(before) > 0x2190 and not before.isalpha():
        return True
    near = text[max(0, at - _NEAR) : at + _NEAR]
    return any(script_of(c) not in _NOTHING_INVISIBLE for c in near if c.isalpha())


def _is_mixed(word: str) -> bool:
    """Latin with Cyrillic or Greek letters in one word, one side of it all lookalikes."""
    kinds = {script(c) for c in word} & {"LATIN", "CYRILLIC", "GREEK"}
    if len(kinds) < 2 or "LATIN" not in kinds:
        return False
    foreign = [c for c in word if script(c) in ("CYRILLIC", "GREEK")]
    latin = [c for c in word if script(c) == "LATIN"]
    return all(c in _ALIKE for c in foreign) or all(c in "aceiopxysBEHKMTPCX" for c in latin)

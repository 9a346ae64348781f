"""Passages in a script that the language is not written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from evalkit.language.scripts import runs_outside, script_of, scripts_of, written_in
from evalkit.records import Context, Severity, Unit

# Latin text is looked at between these: a gloss or a title in brackets or quotation marks was left on purpose.
_PARTS = re.compile(r"[^()\[\]（）【】「」『』《》〈〉\"“”„«»‹›‘’]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_GLOSS = regex.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
# Web and mail addresses, which stand as they are: printable ASCII, for scripts without spaces go on right behind them.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]{1,2000}|[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z0-9.-]{1,63}")
_LONG = 4  # letters: shorter words are units, abbreviations, parts of addresses
_FEW = 2  # words in small letters that are no name


def scripts_expected(units: Sequence[Unit], context: Context) -> frozenset[str]:
    """The scripts a candidate may be written in: those of its language, that of the references, and, where the CLDR
    does not know the language, its own. None where nothing shows one: then nothing is foreign."""
    known = frozenset(scripts_of(context.lang))
    theirs = written_in(passage.text for unit in units for passage in unit.references)
    if not known:
        theirs = theirs or written_in(unit.candidate.text for unit in units if unit.candidate is not None)
    return known | {theirs} if theirs else known


def other_scripts(
    text: str, scripts: frozenset[str], latin: int, *, compared: bool
) -> Iterator[tuple[int, int, Severity]]:
    """Runs of letters of other scripts; of Latin ones only what reads as text: several words in small letters or,
    where references are there to be `compared` with, one. Not names, and not a gloss in brackets."""
    if not scripts or (text.isascii() and "Latn" in scripts):
        return
    glosses = [(m.start(), m.end()) for m in _GLOSS.finditer(text)]
    glosses += [m.span() for m in _ADDRESS.finditer(text)]
    for m in runs_outside(scripts).finditer(text):
        start, end = m.span()
        kinds = {script_of(c) for c in m.group() if c.isalpha()}
        if kinds == {"Latn"}:
            for a, b, severity in _latin_passages(m.group(), latin, compared=compared):
                if not any(x < start + b and start + a < y for x, y in glosses):
                    yield start + a, start + b, severity
        elif not (kinds == {"Grek"} and end - start == 1):  # a symbol
            in_gloss = any(a < start and end < b for a, b in glosses)
            yield start, end, "minor" if in_gloss else "major"


def _latin_passages(run: str, latin: int, *, compared: bool) -> Iterator[tuple[int, int, Severity]]:
    """Parts of a run of Latin letters that read as text: names, brands and abbreviations are written in Latin
    letters in many languages, and have capitals."""
    for part in _PARTS.finditer(run):
        words = list(_WORD.finditer(part.group()))
        small = [m for m in words if m.group().islower() and len(m.group()) > 1]
        reads_as_text = 2 * len(small) >= len(words) or (len(words) >= latin and len(small) > _FEW)
        if len(small) >= _FEW and reads_as_text:
            yield part.start() + words[0].start(), part.start() + words[-1].end(), "major"
        elif compared and len(small) == len(words) == 1 and len(small[0].group()) >= _LONG:
            yield part.start() + words[0].start(), part.start() + words[-1].end(), "minor"

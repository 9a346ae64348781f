"""Marks that enclose text: which are blanked out before sentences are looked for, which close, what they hold."""

from __future__ import annotations

import re
from bisect import bisect_left

QUOTES = '"“”„‟«»‹›「」『』‘‚‛'
# Marks of direction stand between a full stop and its space in Arabic script; they are blank as well.
_DIRECTION = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Line ends too: in a block they are none, and the library takes two of them for the end of a paragraph.
_BLANKED = str.maketrans(dict.fromkeys(QUOTES + "’()[]（）［］【】\r\n" + _DIRECTION, " "))
_CLOSING = "」』)]）］】"
# Closes in one language and opens in another, or on both sides (Swedish); white space decides.
_EITHER = "“”‟‘’«»‹›\"'"
# What follows a closing mark and no opening one: „Wer ist da ...“, sagte er; the „2000 m ...“-Abfolge.
_AFTER_CLOSING = ",;:.!?…)]-–"
# An apostrophe between letters is a part of the word ("don’t", Uzbek "bo‘lmasligi", Hebrew ד"ר).
_IN_WORD = re.compile(r"(?<=[^\W\d_])[‘’'\"](?=[^\W\d_])")
# A straight single mark where a quotation opens or closes; no apostrophe ("the dogs' food", "'tis"). A grave accent
# outside a word: two free ones hide what stands between them, in Armenian texts commas.
_SINGLE = re.compile(r"(?<![^\s(])'(?=[^\W\d_])|(?<=[.!?,])'(?=\s|$)|(?<![^\W\d_])`|`(?![^\W\d_])")
# What closes before a full stop: as a blank it would part the stop from its word.
_BEFORE_STOP = re.compile(r"(?<=\w)[)\]）］”’»\"]+(?=[.!?]\W)")
# The mark of a note after a stop: without its brackets the library takes it for an ordinal ("gezeigt.[11] Die").
_NOTE = re.compile(r"(?<=[.!?])(?:\[\d{1,3}\])+")
_HELD = re.compile(r"\([^()]{0,100}\)|（[^（）]{0,60}）|\[[^\[\]]{0,100}\]")


def blanked(line: str) -> str:
    """The line with these marks as spaces, as long as before."""
    line = _SINGLE.sub(" ", _IN_WORD.sub("x", line))
    line = _BEFORE_STOP.sub(lambda match: "x" * len(match[0]), line)
    line = _NOTE.sub(lambda match: " " * len(match[0]), line)
    return line.translate(_BLANKED)


class Marks:
    """The marks of one line."""

    def __init__(self, line: str) -> None:
        self._line = line
        inside = {match.start() for match in _IN_WORD.finditer(line)}
        self._closing = {
            match.start() for match in [m for m in re.finditer('"', line) if m.start() not in inside][1::2]
        }
        free = re.finditer(r"(?<!\S)'(?!\S)", line)
        self._opening_free = {match.start() for match in list(free)[::2]}
        self._held = [match.span() for match in _HELD.finditer(line)]

    def holds(self, place: int) -> bool:
        """True in the midst of a short pair of brackets, which stays whole."""
        before = bisect_left(self._held, (place, 0)) - 1
        return before >= 0 and place < self._held[before][1]

    def start_after(self, end: int) -> int:
        """The first character of what follows a sentence that ends here: after its closing marks and white space."""
        line, at = self._line, end
        while at < len(line) and (line[at].isspace() or line[at] in _DIRECTION or self._closes(at)):
            at += 1
        return at

    def _closes(self, at: int) -> bool:
        """True for a mark that belongs to what stands before it.

        The marks of one language open with what another closes with (German closes with the English opening mark,
        Swedish has one for both, French and German turn the angles), so white space decides.
        """
        mark, line = self._line[at], self._line
        if mark not in _EITHER:
            return mark in _CLOSING
        attached = not (line[at - 1].isspace() or line[at - 1] in _DIRECTION)
        free = at + 1 == len(line) or line[at + 1].isspace() or line[at + 1] in _AFTER_CLOSING
        if mark in "\"'":
            if free and not attached and at in self._opening_free:
                return False
            return free or (attached and (mark == "'" or at in self._closing))
        if mark in "”’»›":
            return free or attached
        return free and attached

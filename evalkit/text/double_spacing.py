"""Text with an empty line after every line, as a page that was copied or printed with double spacing has it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evalkit.text.wrapping import Wrapping, ends_sentence

_BROKEN = 4  # lines broken in mid-sentence, more than chance gives in a text whose paragraphs are lines
_SHARE = 0.5  # of the line ends: paragraphs end with a sentence, and so do most headings' next lines


def kept_lines(lines: Sequence[str]) -> list[int] | None:
    """The numbers of the lines (stripped) without one empty line of each run of them; None in any other text.

    What tells is that lines which were broken at a width, and break off in mid-sentence, have empty ones between.
    """
    written = [number for number, line in enumerate(lines) if line]
    if len(written) <= _BROKEN or any(after == before + 1 for before, after in pairwise(written)):
        return None
    if sum(not ends_sentence(lines[number]) for number in written) < _SHARE * len(written):
        return None
    kept = [k for k, line in enumerate(lines) if line or k == 0 or not lines[k - 1]]
    single = [lines[k] for k in kept]
    wrapping = Wrapping(single)
    ends = [k for k in range(len(single) - 1) if single[k] and single[k + 1]]
    broken = sum(wrapping.full(k, k + 1) and not ends_sentence(single[k]) for k in ends)
    return kept if broken >= max(_BROKEN, _SHARE * len(ends)) else None

"""What each rule that evalkit adds to the library of sentences is good for: it is taken out, and the rest counted.

Line ends and boundaries inside lines are those of translations (every sixth group of eight lines) and of the documents
of segmentation.py; texts are the golden cases of the development half and those of sentence_kinds.txt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from _alignment_data import split
from segmentation import documents, library, ours
from sentencex import segment

from evalkit.segmenters import _abbreviations, _cuts, _headings, _marks, sentences

NEVER = re.compile(r"(?!)")
STEP = 6
KINDS = Path(__file__).with_name("sentence_kinds.txt")
Text = tuple[str, str, list[str]]
Lines = tuple[str, list[str]]


class _NothingHeld(_marks.Marks):
    def holds(self, place: int) -> bool:  # noqa: ARG002
        return False


def _without(name: str) -> Callable[[str, str], frozenset[str]]:
    words = _abbreviations.words_of_language
    return lambda asked, lang: frozenset() if asked == name else words(asked, lang)


def _kept(marks: str) -> dict[int, str]:
    return {code: blank for code, blank in _marks._BLANKED.items() if chr(code) not in marks}


def rules() -> dict[str, tuple[Any, str, Any]]:
    """Module, name and what stands in its place, by what the rule does."""
    cuts, marks, words, heads = _cuts, _marks, _abbreviations, _headings
    return {
        "straight quotations split": (marks, "_BLANKED", _kept('"')),
        "curly quotations split": (marks, "_BLANKED", _kept("“”„‟‘’‚‛")),
        "angled quotations split": (marks, "_BLANKED", _kept("«»‹›")),
        "cornered quotations split": (marks, "_BLANKED", _kept("「」『』")),
        "single straight marks, grave accents": (marks, "_SINGLE", NEVER),
        "marks within words": (marks, "_IN_WORD", NEVER),
        "marks before a full stop": (marks, "_BEFORE_STOP", NEVER),
        "brackets blanked": (marks, "_BLANKED", _kept("()[]（）［］【】")),
        "brackets kept whole": (cuts, "Marks", _NothingHeld),
        "notes kept from ordinals": (marks, "_NOTE", NEVER),
        "notes": (cuts, "_NOTE", NEVER),
        "notes as numbers": (cuts, "_NOTE_NUMBERS", NEVER),
        "ends in more scripts": (cuts, "_MORE_ENDS", NEVER),
        "marks that end nothing": (cuts, "_NO_ENDS", NEVER),
        "ends of U.S.A., & Co., etc., units": (cuts, "short_ends", lambda *_: iter(())),
        "small letter after a full stop": (cuts, "_FULL_STOP", NEVER),
        "small letter after a quotation": (cuts, "QUOTES", ""),
        "what starts no sentence": (cuts, "_NO_START", NEVER),
        "source after a quotation": (cuts, "_SOURCE", NEVER),
        "dash and a small letter": (cuts, "_DASH", NEVER),
        "particle after a quotation": (cuts, "_particle", lambda _: None),
        "label within a sentence": (cuts, "_LABEL_AFTER", NEVER),
        "label of the next item": (cuts, "_COUNTED", NEVER),
        "label joins its item": (sentences, "LABEL", NEVER),
        "abbreviations": (words, "words_of_language", _without("never_last")),
        "abbreviations before numbers": (words, "words_of_language", _without("before_number")),
        "Arabic titles of one letter": (words, "_ARABIC_TITLE", NEVER),
        "ordinals with a full stop": (words, "_is_ordinal", lambda *_: False),
        "initials of other scripts": (words, "_INITIAL", NEVER),
        "doubled capitals": (words, "_DOUBLED", NEVER),
        "initials without capitals": (words, "_is_spelt", lambda *_: False),
        "stops within names": (words, "_IN_NAME", NEVER),
        "stops within numbers": (words, "_IN_NUMBER", NEVER),
        "stops within addresses": (words, "_ADDRESS", NEVER),
        "headings in English": (heads, "_after_headings", lambda *_: iter(())),
        "sections": (heads, "_sections", lambda *_: iter(())),
        "numbered items": (heads, "_items", lambda *_: iter(())),
        "items with letters or brackets": (heads, "_lettered", lambda *_: iter(())),
    }


def kinds() -> list[Text]:
    """Language, text and sentences of the cases written for this."""
    found = []
    for row in KINDS.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            lang, _, rest = row.partition("|")
            parts = [part.strip() for part in rest.split("||")]
            found.append((lang, ("" if lang in ("zh", "ja") else " ").join(parts), parts))
    return found


def _plain(texts: Iterable[str]) -> list[str]:
    return [re.sub(r"\s+", " ", text).strip() for text in texts if text.strip()]


def _right(texts: list[Text]) -> int:
    return sum(_plain(found.text for found in split(text + "\n", lang)) == wanted for lang, text, wanted in texts)


def _counted(groups: list[Lines], starts: Callable[[str, str], set[int]]) -> tuple[int, int]:
    """Line ends found, boundaries inside lines."""
    hits = inside = 0
    for lang, lines in groups:
        gold, at = set(), 0
        for line in lines[:-1]:
            at += len(line) + 1
            gold.add(at)
        found = starts(" ".join(lines), lang) - {0}
        hits, inside = hits + len(found & gold), inside + len(found - gold)
    return hits, inside


def table(translations: list[Lines], golden: list[Text]) -> None:
    """One row a rule: how the counts change where it is taken out."""
    wmt = [(lang, [line.strip() for line in lines]) for _, lang, texts in documents() for lines in texts]
    own = kinds()

    def count(starts: Callable[[str, str], set[int]]) -> list[int]:
        return [*_counted(translations, starts), *_counted(wmt, starts), _right(golden), _right(own)]

    print("| without | translations: line ends | inside | documents: line ends | inside | golden | kinds |")
    print("|---|---|---|---|---|---|---|")
    alone = [*_counted(translations, library), *_counted(wmt, library)]
    for texts in (golden, own):
        alone.append(sum(_plain(segment(lang, text)) == wanted for lang, text, wanted in texts))
    whole = count(ours)
    print("| *all rules there* | " + " | ".join(map(str, whole)) + " |", flush=True)
    print("| *the library alone* | " + " | ".join(map(str, alone)) + " |", flush=True)
    for name, (module, attribute, instead) in rules().items():
        with patch.object(module, attribute, instead):
            changes = [now - before for now, before in zip(count(ours), whole, strict=True)]
        print(f"| {name} | " + " | ".join(f"{change:+}" if change else "0" for change in changes) + " |", flush=True)

"""Part of step four: a name spelt one way throughout is one thing to mend, and not one in each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from evalkit.records import Finding
from evalkit.text.words import fold, words

# Rules that hold a spelling against another, which a text has throughout or nowhere. Terms keep their counts: each
# place is a decision of its own.
RULES = frozenset({"name-mistransliterated", "name-variant"})
_LISTED = "list"  # evidence: what the user's list states is proof at each place, and is counted there


def once(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a system, in the order of its text; of the same name told again in a document, which no list
    states, the first place keeps its severity, and the others are hints that refer to it."""
    told: set[tuple[str, str, frozenset[str], frozenset[str]]] = set()
    for f in found:
        if f.rule not in RULES or f.evidence == _LISTED or f.severity == "neutral":
            yield f
            continue
        key = f.document, f.rule, *_pair(f)
        if key in told:
            yield replace(f, severity="neutral", message=f"{f.message}; see its first place above")
        else:
            told.add(key)
            yield f


def _pair(f: Finding) -> tuple[frozenset[str], frozenset[str]]:
    """The words in which the two spellings differ: a name may stand with the first name and without."""
    mine, theirs = (frozenset(fold(word.text) for word in words(text)) for text in (f.text, *(f.expected[:1] or [""])))
    return mine - theirs, theirs - mine

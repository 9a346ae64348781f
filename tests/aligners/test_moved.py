"""A moved link that hardly shares a word is weak; one in its place, or one that shares much, is as sure as it was."""

from __future__ import annotations

from evalkit.aligners.document.moved import with_doubt
from evalkit.records import Link, Segment
from evalkit.run.trust import WEAK

TEXTS = [
    "The minister opened the new harbour of the island in the evening.",
    "A storm had damaged the outer wall and two lighthouses of the island.",
    "Nobody expected so many guests from the mainland.",
]


def made(texts: list[str]) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", 0, len(text), text) for k, text in enumerate(texts))


def test_only_a_moved_link_with_little_in_common_is_weakened() -> None:
    links = (
        Link((0,), (1,), "moved", 0.9, 1),
        Link((1,), (0,), "1-1", 0.9),
        Link((2,), (2,), "moved", 0.95, 2),
    )
    found = with_doubt(links, made(TEXTS), made(TEXTS))
    assert found[0].confidence < WEAK
    assert found[1:] == links[1:]
    assert with_doubt(links[1:2], made(TEXTS), made(TEXTS)) == links[1:2]

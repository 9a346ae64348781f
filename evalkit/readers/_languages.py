"""The languages of a file that holds several, and which of them is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evalkit.errors import InputError


def primary(tag: str) -> str:
    """The language of a tag, without its country and script."""
    return tag.lower().replace("_", "-").partition("-")[0]


def match(wanted: str, there: Iterable[str]) -> str:
    """The language of those there that BCP 47 lets a wanted one stand for: itself, a kind of it, or the whole of it."""
    tags = list(there)
    mine = wanted.lower().replace("_", "-")
    for fits in (
        lambda tag: tag == mine,
        lambda tag: tag.startswith(f"{mine}-"),
        lambda tag: mine.startswith(f"{tag}-"),
    ):
        found = next((tag for tag in tags if mine and fits(tag.lower().replace("_", "-"))), "")
        if found:
            return found
    return ""


def named(path: str, wanted: str, there: Sequence[str]) -> str:
    """The language of a file that the user has named; InputError where it has none such."""
    found = match(wanted, there)
    if not found:
        raise InputError(f"{path}: has no language {wanted!r} (there are: {', '.join(there) or 'none'})")
    return found

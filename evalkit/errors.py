"""What evalkit raises. Every message says what is wrong, where, and what to do.

EvalkitError            anything the user can put right; the command line ends with exit code 2
├── InputError          a file, table, termbase or alignment that cannot be read or trusted
├── ConfigError         a config file, option or plug-in name that makes no sense
└── MissingExtraError   a feature whose optional package is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_BEGUN = 3  # letters of a word cut short that say which is meant: two begin too many
_LISTED = 100  # problems one message names: who has more mends those first


class EvalkitError(Exception):
    """Base of all errors that the user can put right: wrong input, settings, or a missing package."""


class InputError(EvalkitError):
    """Input that cannot be read or trusted."""


class ConfigError(EvalkitError):
    """A setting, option or name that evalkit does not know or cannot combine."""


class MissingExtraError(EvalkitError):
    """An optional package is needed and not installed."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package!r}, which is not installed; "
            f'install it with: pip install "mt-evalkit[{extra}]"'
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint `; did you mean 'x'?`, or an empty string where nothing is near."""
    by_small = {each.lower(): each for each in known}
    found = [by_small[near] for near in difflib.get_close_matches(word.lower(), list(by_small), n=1, cutoff=0.6)]
    begun = [by_small[small] for small in by_small if len(word) >= _BEGUN and small.startswith(word.lower())]
    found = found or (begun if len(begun) == 1 else [])
    return f"; did you mean {found[0]!r}?" if found else ""


def all_problems(heading: str, problems: Iterable[str]) -> str:
    """One message for several problems: the only one after the heading, or a list of the first hundred.

    A heading of the file that the only problem begins with is left out.
    """
    listed = list(problems)
    if len(listed) == 1:
        path = listed[0].partition(":")[0]
        return listed[0] if path and heading.startswith(f"{path} ") else f"{heading}: {listed[0]}"
    more = [f"  ... and {len(listed) - _LISTED} more"] if len(listed) > _LISTED else []
    return "\n".join([f"{heading}:", *(f"  - {line}" for line in listed[:_LISTED]), *more])

"""Signatures taken apart: `tok:13a|smooth:exp` is settings by name."""

from __future__ import annotations

from collections.abc import Iterator


def settings_of(signature: str) -> dict[str, str]:
    """Values by setting, in order; a part without a colon is a setting that is simply there."""
    parts = (part.partition(":") for part in signature.split("|") if part)
    return {key: value if colon else "yes" for key, colon, value in parts}


def differing(before: str, now: str) -> Iterator[tuple[str, str, str]]:
    """(setting, value before, value now) of all settings that differ; `none` stands for one that is not there."""
    old, new = settings_of(before), settings_of(now)
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield key, old.get(key, "none"), new.get(key, "none")

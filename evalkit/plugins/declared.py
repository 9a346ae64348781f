"""What a stranger's class says of itself, held to its kind as it comes in: a result carries it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec

from evalkit.errors import ConfigError
from evalkit.records import SEVERITIES, Rule
from evalkit.text.visible import shown, visible

_LONGEST_NAME = 100  # characters: a name is typed, and heads a column
_SYNTAX = "(),=\"'"  # what a spec is written with: name(option=value, ...)

_Count = Annotated[int, msgspec.Meta(ge=0)]
_KINDS: dict[str, dict[str, Any]] = {
    "scorer": {
        "better": Literal["higher", "lower"],
        "title": str,
        "scale": str,
        "meaning": str,
        "needs": tuple[Literal["candidate", "reference", "source"], ...],
        "batch": Annotated[int, msgspec.Meta(ge=1)] | None,
        "reach": _Count,
        "decimals": Annotated[int, msgspec.Meta(ge=0, le=12)],
    },
    "detector": {"rules": tuple[Rule, ...], "extra": str},
    "reader": {"suffixes": tuple[str, ...]},
    "renderer": {"suffix": str},
    "termbase": {"suffixes": tuple[str, ...]},
}


def check_declared(cls: Any, kind: str, name: str, origin: str) -> None:
    """Raises ConfigError where a name cannot be typed or an attribute is not what its kind promises. What a class
    works out for each of its objects is not looked at."""
    if not name or len(name) > _LONGEST_NAME or name != visible(name).strip() or set(name) & set(_SYNTAX):
        raise ConfigError(
            f"{origin}: a {kind} cannot be called {shown(name)}: a name is a word of at most {_LONGEST_NAME} "
            "characters, without brackets, commas, quotes and what cannot be seen"
        )
    if kind == "detector" and isinstance(rules := getattr(cls, "rules", ()), tuple):
        check_severities((rule for rule in rules if isinstance(rule, Rule)), f"{origin}: the detector {name!r}")
    for attribute, promised in _KINDS.get(kind, {}).items():
        value = getattr(cls, attribute, None)
        if value is None or hasattr(value, "__get__"):
            continue
        try:
            msgspec.convert(msgspec.to_builtins(value), promised)
        except (msgspec.ValidationError, TypeError, ValueError, OverflowError, RecursionError) as problem:
            raise ConfigError(
                f"{origin}: the {kind} {name!r} says {attribute} = {shown(value)}: {problem}; see docs/plugins.md"
            ) from None


def check_severities(rules: Iterable[Rule], owner: str) -> None:
    """Raises ConfigError where a rule has a severity that is none."""
    for rule in rules:
        if rule.severity not in SEVERITIES:
            known = ", ".join(SEVERITIES)
            raise ConfigError(
                f"{owner}: the rule {shown(rule.id)} has the severity {shown(rule.severity)} (known: {known})"
            )

"""What a stranger's plug-in gives, held against what its kind promises before anything is built on it."""

from __future__ import annotations

from typing import Any

import msgspec

from evalkit.errors import ConfigError
from evalkit.records.lazy import made
from evalkit.text.visible import shown


def is_strange(plugin: object) -> bool:
    """Whether a plug-in, or its class, is none of evalkit's own, which the tests hold to their promises."""
    cls = plugin if isinstance(plugin, type) else type(plugin)
    return not cls.__module__.startswith("evalkit.")


def vetted(plugin: Any, value: Any, promised: Any, what: str) -> Any:
    """The value, if it is of the promised type all through; of evalkit's own plug-ins it is taken to be.

    Raises ConfigError that names the plug-in, what it should have given, and what is wrong with it.
    """
    if not is_strange(plugin):
        return value
    try:
        msgspec.convert(msgspec.to_builtins(value, enc_hook=made), promised)
    except (msgspec.ValidationError, TypeError, ValueError, OverflowError, RecursionError) as problem:
        raise refused(plugin, f"{what} {shown(value)}: {problem}") from None
    return value


def refused(plugin: Any, problem: str) -> ConfigError:
    """The error that names a plug-in that gave what its kind does not allow."""
    return ConfigError(f"the {plugin.kind} {plugin.name!r} (a plug-in) gave {problem}; see docs/plugins.md")

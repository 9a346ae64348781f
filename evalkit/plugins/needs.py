"""What a plug-in needs besides evalkit: the modules it imports when it is used, and whether they are there.

A plug-in whose packages are optional names them: `needs`, the modules, and `extra`, the extra of evalkit that has them.
"""

from __future__ import annotations

from importlib.util import find_spec


def missing(plugin: object) -> tuple[str, ...]:
    """The modules of `needs` that are not installed, none where the plug-in names none; nothing is imported."""
    needs: tuple[str, ...] = getattr(plugin, "needs", ())
    return tuple(module for module in needs if find_spec(module) is None)


def extra_of(plugin: object) -> str:
    """The extra that has what the plug-in needs, empty where it needs nothing."""
    return str(getattr(plugin, "extra", ""))

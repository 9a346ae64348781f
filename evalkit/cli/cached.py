"""The command that shows and clears the cache."""

from __future__ import annotations

from typing import Annotated

from evalkit.cli.command_line import Option
from evalkit.cli.output import put


def cache(clear: Annotated[bool, Option("--clear", help="Remove every entry.", show_default=False)] = False) -> None:
    """Shows where counts of slow tokenizers and libraries are kept between runs, and how much; or clears it.

    The environment variable EVALKIT_CACHE names another folder, or switches the cache off. It never changes a number.

    Example: evalkit cache --clear
    """
    from evalkit.run.cache import open_cache

    kept = open_cache()
    if kept is None:
        put("the cache is off (EVALKIT_CACHE)\n", "-")
        return
    entries, size = kept.size()
    held = f"{entries} entr{'y' if entries == 1 else 'ies'}, {size / 1024**2:.1f} MB"
    if clear:
        removed = kept.clear()
        put(f"{kept.folder}: removed {removed} of {held}\n", "-")
        return
    put(f"{kept.folder}: {held} of at most {kept.bound // 1024**2} MB\n", "-")

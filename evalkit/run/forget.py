"""What functions remember of texts and words, forgotten where it is of no more use: of a long text of ever new words
it comes to more than the text's own records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from typing import Any

from evalkit.language.dictionaries import forget_dictionaries
from evalkit.language.word_frequencies import forget_lists
from evalkit.text.memory import give_back
from evalkit.text.shared import forget_shared

# Units from which on it is forgotten: twice as many as a megabyte of prose has, which keeps what saves it time.
MANY = 20_000
_LARGE = 2000  # entries from which on a memory is one of texts or words, and not of tables, of which each takes long
_ROOMS = ("evalkit.language", "evalkit.detectors", "evalkit.text")


def forget_words() -> None:
    """Forgets what one detector has seen of so many units, before the next goes over them."""
    for known in _memories():
        if known.cache_info().currsize >= _LARGE:
            known.cache_clear()
    forget_shared()
    give_back()


def forget_all() -> None:
    """Forgets all that was looked up to find something, dictionaries too, and gives the memory back."""
    for known in _memories():
        known.cache_clear()
    forget_shared()
    forget_lists()
    forget_dictionaries()
    give_back()


def _memories() -> Iterator[_lru_cache_wrapper[Any]]:
    for name, module in list(sys.modules.items()):
        if name.startswith(_ROOMS):
            yield from (value for value in vars(module).values() if isinstance(value, _lru_cache_wrapper))

"""How often `source-copied` speaks of the gettext catalogues of a Linux system, and how many copied texts it finds.

    PYTHONPATH=. python benchmarks/catalogues.py [FOLDER] [--show]

FOLDER has `LANG/LC_MESSAGES/*.mo`, by default /usr/share/locale. Messages that stand there as in English are what
people have left so; those that do not are copied once each. Half of the programs, by a checksum of their names, is
blind. Lists of codes (`iso_*`) are names and not looked at.
"""

from __future__ import annotations

import gettext
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from evalkit.detectors.exact.copied import Elsewhere, short_copy
from evalkit.records import Context
from evalkit.testing import context_of

_LANGS = "de fr es it pt_BR nl sv da pl cs fi hu tr ru uk el hr id ja zh_CN ko".split()  # noqa: SIM905


def catalogues(folder: Path, lang: str, *, blind: bool) -> Iterator[list[tuple[str, str]]]:
    """The messages of each catalogue, with what stands for them."""
    for path in sorted((folder / lang / "LC_MESSAGES").glob("*.mo")):
        if path.name.startswith("iso_") or bool(zlib.crc32(path.name.encode()) % 2) != blind:
            continue
        try:
            with path.open("rb") as stream:
                catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
        except (ValueError, OSError):  # not in its own encoding
            continue
        keys = (
            ((key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2], text) for key, text in catalogue.items()
        )
        yield [(identity, text) for identity, text in keys if identity]


def main() -> None:
    words = [a for a in sys.argv[1:] if a != "--show"]
    folder = Path(words[0] if words else "/usr/share/locale")
    for blind in (False, True):
        total: Counter[str] = Counter()
        for lang in _LANGS:
            context, counts = context_of([""], lang=lang.replace("_", "-"), source_lang="en"), Counter[str]()
            for rows in catalogues(folder, lang, blind=blind):
                _count(rows, context, counts, show="--show" in sys.argv and not blind)
            _print(lang, counts)
            total += counts
        _print("blind" if blind else "development", total)


class _Others(Elsewhere):
    """The other messages of a catalogue, of which one that is translated there is taken for copied."""

    def __init__(self, every: Elsewhere) -> None:
        super().__init__(())
        self._every = every

    def is_rendered(self, word: str, least: int = 2) -> bool:
        return self._every.is_rendered(word, least + 1)

    def has_several(self, context: Context) -> bool:
        return self._every.has_several(context)


def _count(rows: Sequence[tuple[str, str]], context: Context, counts: Counter[str], *, show: bool) -> None:
    elsewhere = Elsewhere(rows)
    for source, target in rows:
        counts["messages"] += 1
        if source == target:
            told = short_copy(source, context, elsewhere)
            counts[f"told {told}"] += told is not None
            if told and show:
                print(f"{context.lang} {told}: {source!r}")
        elif source.replace("_", "").replace(" ", "").isalpha():
            told = short_copy(source, context, _Others(elsewhere))
            size = "one word" if len(source.split()) == 1 else "several words"
            counts[f"copied, {size}"] += 1
            counts[f"copied, {size}, told"] += told is not None


def _print(name: str, counts: Counter[str]) -> None:
    rates = ", ".join(
        f"{1000 * counts[f'told {s}'] / max(1, counts['messages']):.2f} {s}" for s in ("minor", "neutral")
    )
    found = ", ".join(
        f"{counts[f'copied, {size}, told'] / max(1, counts[f'copied, {size}']):.0%} of {size}"
        for size in ("one word", "several words")
    )
    print(
        f"{name:12} {counts['messages']:7,} messages, told of 1,000: {rates}; of copied ones found: {found}", flush=True
    )


if __name__ == "__main__":
    main()

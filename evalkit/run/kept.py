"""Findings and links kept between runs: what a system's texts give does not depend on the other systems, so one that
comes to four others costs its own share.

A key is made of all that findings or links depend on: every text and unit as a detector or aligner sees it, the lists,
the plug-ins with all their options, our code and the packages it stands on. A plug-in of a stranger is asked each time:
what it depends on nobody can tell.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import unicodedata
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Protocol, TypeVar

import msgspec

from evalkit.errors import InputError
from evalkit.plugins import full_spec
from evalkit.plugins.packages import version
from evalkit.plugins.vetted import is_strange
from evalkit.records import Context, Finding, Link, Segment, Unit
from evalkit.records.lazy import Deferred, blocks
from evalkit.records.packed import MANY, Packed
from evalkit.run.strangers import are_links

if TYPE_CHECKING:
    from evalkit.run.cache import Cache

T = TypeVar("T")

_Blocks = tuple[Annotated[int, msgspec.Meta(ge=0)], list[bytes]]  # how many findings are in them


class Keeps(Protocol):
    """What keeps bytes by key."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> object: ...


class Memory(NamedTuple):
    """The cache for those who make keys of what they look at themselves: for our code and packages as they are."""

    cache: Cache

    def get(self, key: str) -> bytes | None:
        """What is kept under a key."""
        return self.cache.get(key_of((key,), ()))

    def put(self, key: str, content: bytes) -> bool:
        """Keeps bytes under a key; whether it could."""
        return self.cache.put(key_of((key,), ()), content)


# Rooms whose code and data findings and links come from.
_ROOMS = ("text", "records", "plugins", "language", "kernel", "aligners", "detectors", "run", "compare")
_DISTRIBUTION = "mt-evalkit"
_NAME = re.compile(r"[\w.-]*")  # `regex` of `regex>=2024.11.6`
# Characters of text: below, the work is done sooner than the code is hashed for a key.
_WORTH_KEEPING = 50_000
_WORTH_LINKING = 10  # segments of both sides: fewer are linked about as fast as an entry is read


def cache_for(texts: Iterable[str]) -> Cache | None:
    """The user's cache where there is so much text that keeping is worth it."""
    total = 0
    for text in texts:
        total += len(text)
        if total >= _WORTH_KEEPING:
            from evalkit.run.cache import open_cache

            return open_cache()
    return None


def findings_of(
    cache: Cache | None, detectors: Sequence[Any], units: Sequence[Unit], context: Context
) -> tuple[str, list[Sequence[Finding]] | None]:
    """The key of what our own detectors find, empty where nothing can be kept, and the findings by detector if they
    are."""
    parts = ("findings", *map(full_spec, detectors))
    key, kept = looked_up(cache, parts, (units, context), list[_Blocks])
    try:
        found = [_unpacked(Packed.again(blocks, number, Finding)) for number, blocks in kept or ()]
        fits = len(found) == len(detectors) and _are_findings(found, detectors, units, context)
    except (InputError, msgspec.DecodeError, zlib.error):
        return key, None
    return key, found if kept is not None and fits else None


def keep_findings(cache: Keeps | None, key: str, found: Iterable[Sequence[Finding]]) -> bool:
    """Keeps what detectors have found, each in blocks of its own: of very many findings as they are held anyhow."""
    if cache is None or not key:
        return False
    packed = (mine if isinstance(mine, Packed) else Packed.of(mine, Finding) for mine in found)
    return keep(cache, key, [(len(mine), mine.packed()) for mine in packed])


def _unpacked(packed: Packed[Finding]) -> Sequence[Finding]:
    """Few findings as a list."""
    return packed if len(packed) > MANY else list(packed.once())


def links_of(
    cache: Keeps | None, aligner: Any, candidate: Sequence[Segment], reference: Sequence[Segment]
) -> tuple[str, tuple[Link, ...] | None]:
    """The same of an aligner's links of two sides; kept are those of ours that say they depend on nothing else
    (`depends_on_texts`)."""
    few = len(candidate) + len(reference) < _WORTH_LINKING
    if few or is_strange(aligner) or not getattr(aligner, "depends_on_texts", False):
        return "", None
    key, found = looked_up(cache, ("links", full_spec(aligner)), (candidate, reference), tuple[Link, ...])
    return key, found if found is not None and are_links(found, len(candidate), len(reference)) else None


def keep(cache: Keeps | None, key: str, value: object) -> bool:
    """Keeps what was found under a key from above; False where there is no keeping it."""
    if cache is None or not key:
        return False
    cache.put(key, msgspec.msgpack.encode(value))
    return True


def looked_up(
    cache: Keeps | None, parts: Sequence[str], seen: Iterable[object], kind: Callable[..., T] | type[T]
) -> tuple[str, T | None]:
    """The key of what depends on `seen`, and what is kept under it where that is of the kind."""
    key = key_of(parts, seen) if cache is not None else ""
    content = cache.get(key) if cache is not None and key else None
    if content is None:
        return key, None
    try:
        value: Any = msgspec.msgpack.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return key, None
    return key, value


def _are_findings(
    found: Sequence[Sequence[Finding]], detectors: Sequence[Any], units: Sequence[Unit], context: Context
) -> bool:
    """Whether findings are such as these detectors could have made of these texts: an entry may have been changed."""
    ids = {unit.id for unit in units} | {""}
    for detector, items in zip(detectors, found, strict=True):
        rules = {rule.id for rule in (*detector.rules, *context.rules)}
        if sum(1 for _ in items) != len(items):
            return False
        for item in items:
            spans = (item, item.other) if item.other else (item,)
            known = item.rule in rules and item.unit in ids and item.document in context.documents
            if not known or not 0 <= item.confidence <= 1 or not all(_is_span(span, context) for span in spans):
                return False
    return True


def _is_span(span: Any, context: Context) -> bool:
    """Whether a place is one of a reference that is there, and its start before its end."""
    return 0 <= span.start <= span.end and (span.side != "reference" or span.reference in context.references)


def key_of(parts: Sequence[str], seen: Iterable[object]) -> str:
    """A key of what depends on these; empty where something seen cannot be written down, such as half a character."""
    made = hashlib.sha256("\x1f".join((*circumstances(), *parts)).encode())
    try:
        for part in seen:
            for piece in _pieces(part):
                made.update(piece)
    except (TypeError, ValueError):
        return ""
    return made.hexdigest()


def _pieces(part: object) -> Iterator[bytes]:
    """What stands for a part of a key, a thousand units or segments at a time: those of a long text, written down at
    once, take more than the text's records do."""
    if not isinstance(part, (list, tuple)):
        yield _encode(part)
        return
    yield _encode(len(part))
    for block in blocks(part):
        yield _encode(block)


def _plain(value: Any) -> Any:
    """What the encoder does not know by itself."""
    if isinstance(value, array):
        return [value.typecode, value.tobytes()]
    if isinstance(value, Deferred):
        return value.whole()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no place in a key")


_encode = msgspec.msgpack.Encoder(enc_hook=_plain).encode


@lru_cache(maxsize=1)
def circumstances() -> tuple[str, ...]:
    """Our code and data by content, and the versions of all packages that may be asked."""
    made = hashlib.sha256()
    top = Path(__file__).parent.parent
    for room in _ROOMS:
        for name in _files(top / room, room):
            content = (top / name).read_bytes()
            made.update(f"{name}\0{len(content)}\0".encode() + content)
    python = f"{platform.python_implementation()} {platform.python_version()} {unicodedata.unidata_version}"
    return ("kept 1", made.hexdigest(), python, *_packages())


def _files(folder: Path, name: str) -> Iterator[str]:
    """All files below a folder of that name, in order; those that Python compiles are none of them."""
    with os.scandir(folder) as found:
        inside = sorted(found, key=lambda item: item.name)
    for item in inside:
        if item.is_dir() and item.name != "__pycache__":
            yield from _files(folder / item.name, f"{name}/{item.name}")
        elif item.is_file():
            yield f"{name}/{item.name}"


def _packages() -> list[str]:
    """Every package that evalkit requires or has an extra for, with its version."""
    from importlib import metadata  # takes longer to load than two lines to score

    try:
        required = metadata.requires(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        required = []
    found = []
    for name in sorted({_NAME.match(requirement)[0] for requirement in required}):  # type: ignore[index]
        try:
            found.append(f"{name} {version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found

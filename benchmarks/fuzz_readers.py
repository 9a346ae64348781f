"""Damages files of every kind and reads them: each is read or refused with one clear error, in bounded time and memory.

python benchmarks/fuzz_readers.py [--rounds 200] [--seed 1] [FILE ...]

Without files it takes the small ones of the tests. A damaged file is cut off, has bytes changed, parts doubled or
moved, another encoding, or a bomb in it.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from evalkit.errors import EvalkitError
from evalkit.plugins import Registry
from evalkit.run.reading import read_path

COLUMNS = {".jsonl": "text=prediction", ".csv": "text=mt"}
SLOW = 5.0  # seconds a small file may take, on a busy machine


def cut(data: bytes, draw: random.Random) -> bytes:
    """The file without its end."""
    return data[: draw.randrange(len(data) + 1)]


def flipped(data: bytes, draw: random.Random) -> bytes:
    """Some bytes changed."""
    made = bytearray(data)
    for _ in range(draw.choice((1, 2, 5, 20))):
        if made:
            made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


def spliced(data: bytes, draw: random.Random) -> bytes:
    """A part doubled, dropped or moved."""
    a, b = sorted(draw.randrange(len(data) + 1) for _ in range(2))
    part = data[a:b]
    at = draw.randrange(len(data) + 1)
    return draw.choice((data[:a] + data[b:], data[:at] + part + data[at:], data[:a] + part * 3 + data[b:]))


def wrongly_encoded(data: bytes, draw: random.Random) -> bytes:
    """The text in another encoding than it says."""
    text = data.decode("utf-8", "replace")
    return text.encode(draw.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1251", "shift-jis")), "replace")


def nested(data: bytes, draw: random.Random) -> bytes:
    """Tags, brackets or quotation marks many times over at one place."""
    unit = draw.choice(
        (b"<g id='1'>", b"<div>", b"[", b'{"a":', b"(", b'"', b"> ", b"*", b"<!--", b"&#x41;", b"<![CDATA[")
    )
    at = draw.randrange(len(data) + 1)
    return data[:at] + unit * draw.choice((50, 5000, 50_000)) + data[at:]


def entities(data: bytes, draw: random.Random) -> bytes:
    """A document type with entities that grow or lead out of the file."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (k, b"&a%d;" % (k - 1) * 10 if k else b"&a;" * 10) for k in range(12)
    )
    leak = b'<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/hostname">'
    start = data.find(b"?>") + 2 if b"?>" in data[:200] else 0
    declared = data[:start] + draw.choice((bomb, leak)) + b"]>" + data[start:]
    at = draw.randrange(start, len(declared) + 1)
    return declared[:at] + b"&a11;" + declared[at:]


def zip_bomb(data: bytes, draw: random.Random) -> bytes:
    """Each part of a zip file in turn as a great many spaces or tags."""
    if not data.startswith(b"PK"):
        return nested(data, draw)
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            names = old.namelist()
            chosen = draw.choice(names)
            for name in names:
                body = old.read(name)
                if name == chosen:
                    at = draw.randrange(len(body) + 1)
                    body = (
                        body[:at] + draw.choice((b" ", b"<w:p>", b"<c/>")) * draw.choice((1000, 2_000_000)) + body[at:]
                    )
                new.writestr(name, body)
    except (zipfile.BadZipFile, OSError, ValueError):
        return data
    return made.getvalue()


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut, flipped, spliced, wrongly_encoded, nested, entities, zip_bomb,
)  # fmt: skip


def damaged(data: bytes, draw: random.Random) -> bytes:
    """The file with one or two kinds of damage."""
    for _ in range(draw.choice((1, 1, 2))):
        data = draw.choice(DAMAGES)(data, draw)
    return data


def attempt(registry: Registry, path: Path) -> str:
    """`read`, `refused`, or what went wrong."""
    started = time.process_time()
    try:
        found = read_path(registry, str(path), "en", "candidate", columns=COLUMNS.get(path.suffix, ""))
        for each in (found, *found.more):
            for document in (*each.target, *each.source, *each.reference):
                for row in document.rows or ():
                    assert row.end <= len(document.text)
                if document.places and document.text:
                    document.places.at(len(document.text) - 1)
        what = "read"
    except EvalkitError as problem:
        said = str(problem)
        what = "refused" if said and "Traceback" not in said and len(said) < 2000 else f"no clear error: {said[:200]!r}"
    except Exception:
        what = f"traceback: {traceback.format_exc(limit=-3)}"
    taken = time.process_time() - started
    return what if taken < SLOW else f"slow: {taken:.1f} s, {what}"


def rounds(
    registry: Registry, files: list[Path], number: int, seed: int, folder: Path
) -> Iterator[tuple[str, str, bytes]]:
    """For each file and round: its ending, what came of it, and the damaged bytes."""
    for file in files:
        data = file.read_bytes()
        draw = random.Random(f"{seed}/{file.name}")
        for _ in range(number):
            made = damaged(data, draw)
            path = folder / f"damaged{file.suffix}"
            path.write_bytes(made)
            yield file.suffix, attempt(registry, path), made


def main() -> int:
    """Prints the counts by ending, and keeps each file that something went wrong with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or samples(Path(folder))
        for suffix, what, data in rounds(Registry(), files, options.rounds, options.seed, Path(folder)):
            counts.setdefault(suffix, Counter())[what if what in ("read", "refused") else "WRONG"] += 1
            if what not in ("read", "refused"):
                wrong += 1
                print(suffix, what, file=sys.stderr)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{wrong}{suffix}").write_bytes(data)
    for suffix, found in sorted(counts.items()):
        print(f"{suffix}: {found['read']} read, {found['refused']} refused, {found['WRONG']} wrong")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 1 if wrong else 0


def samples(folder: Path) -> list[Path]:
    """The small files of the tests."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.readers.sample_files import write_all

    return write_all(folder)


if __name__ == "__main__":
    sys.exit(main())

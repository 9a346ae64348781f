"""The cache on disk: shared, bounded, never half an entry, never another number."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.plugins import Registry
from evalkit.records import Passage, Segment, Unit
from evalkit.run import cache as caching
from evalkit.run import rows_cache as remembering
from evalkit.run.cache import Cache, open_cache
from evalkit.run.rows_cache import digest
from evalkit.run.workers import Workers

KEY = "ab" * 32


def content_of(number: int) -> bytes:
    """What belongs under a key: long, and different for every key."""
    return (f"content {number} " * 2000).encode()


def key_of(number: int) -> str:
    return f"{number:064x}"[::-1]


def test_what_was_put_is_got_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    assert cache.get(KEY) is None
    cache.put(KEY, b"rows")
    assert cache.get(KEY) == b"rows"
    assert cache.get("cd" * 32) is None
    assert cache.size()[0] == 1
    assert cache.clear() == 1
    assert cache.get(KEY) is None
    assert not list((tmp_path / "c").rglob("*.*"))


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_entry_is_as_good_as_none(content: bytes, place: int, byte: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put(KEY, content)
        (path,) = Path(folder).glob("*/*.rows")
        whole = path.read_bytes()
        place %= len(whole)
        damaged = whole[:place] + bytes([byte]) + whole[place + 1 :]
        for data in (damaged, whole[:place]):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            assert cache.get(KEY) == (content if data == whole else None)
            assert path.exists() == (data == whole)


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from evalkit.run.cache import Cache
from tests.run.test_cache import content_of, key_of
cache = Cache(Path(sys.argv[1]), bound=int(sys.argv[3]))
print("ready", flush=True)
wrong = 0
for turn in range(int(sys.argv[2])):
    number = turn * 7 % 40
    cache.put(key_of(number), content_of(number))
    found = cache.get(key_of((number * 3 + 1) % 40))
    wrong += found not in (None, content_of((number * 3 + 1) % 40))
sys.exit(wrong)
"""


def writer(folder: Path, turns: int, bound: int) -> subprocess.Popen[str]:
    code = WRITER.format(root=str(Path(__file__).resolve().parents[2]))
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(turns), str(bound)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_many_processes_write_read_and_make_room_at_once(tmp_path: Path) -> None:
    """Each removes what others have just written: nobody gets another number or an error."""
    bound = 20 * len(content_of(1))
    writers = [writer(tmp_path, 100, bound) for _ in range(4)]
    assert [process.wait(60) for process in writers] == [0, 0, 0, 0]
    for process in writers:
        assert process.stdout is not None
        process.stdout.close()
    cache = Cache(tmp_path, bound=bound)
    cache.make_room()
    assert 0 < cache.size()[1] <= bound
    assert not list(tmp_path.rglob(".unfinished-*"))


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_entries_only(tmp_path: Path) -> None:
    for wait in (0.0, 0.01, 0.03, 0.05):
        process = writer(tmp_path, 10**9, 10**9)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(60)
        process.stdout.close()
    cache = Cache(tmp_path)
    for number in range(40):
        assert cache.get(key_of(number)) in (None, content_of(number))
    (tmp_path / "00").mkdir(exist_ok=True)
    unfinished = tmp_path / "00" / ".unfinished-abcd_123"
    unfinished.write_bytes(b"half")
    cache.make_room()
    assert unfinished.exists()  # it may be somebody's who is still writing
    os.utime(unfinished, (0, 0))
    cache.make_room()
    assert not unfinished.exists()


def test_the_oldest_go_first_and_use_makes_young(tmp_path: Path) -> None:
    cache = Cache(tmp_path, bound=10 * len(content_of(1)))
    for number in range(8):
        cache.put(key_of(number), content_of(number))
        (path,) = tmp_path.rglob(f"{key_of(number)}.rows")
        os.utime(path, (1000 + number, 1000 + number))
    assert cache.get(key_of(0)) == content_of(0)
    cache.bound = 5 * len(content_of(1))
    cache.make_room()
    left = [number for number in range(8) if cache.get(key_of(number))]
    assert left[0] == 0
    assert left[1:] == list(range(9 - len(left), 8))
    assert cache.size()[1] <= cache.bound


def test_what_would_fill_the_cache_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, bound=1000)
    cache.put(KEY, b"x" * 251)
    assert cache.size() == (0, 0)


def test_a_full_disk_is_said_once_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.handle)

        def write(self, data: bytes) -> None:
            os.write(self.handle, data[:3])
            raise OSError(28, "No space left on device")

        def writelines(self, parts: Iterable[bytes]) -> None:
            for part in parts:
                self.write(part)

        def __init__(self, handle: int, mode: str) -> None:
            self.handle = handle

    cache = Cache(tmp_path / "c")
    monkeypatch.setattr(caching.os, "fdopen", Full)
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            cache.put(key_of(number), content_of(number))
            assert cache.get(key_of(number)) is None
    (said,) = caplog.messages
    assert "No space left on device" in said
    assert not [path for path in (tmp_path / "c").rglob("*") if path.is_file()]


def test_a_folder_that_cannot_be_is_no_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("not a folder")
    cache = Cache(tmp_path / "file")
    with caplog.at_level(logging.WARNING):
        cache.put(KEY, b"rows")
        cache.put(KEY, b"rows")
    assert cache.get(KEY) is None
    assert cache.size() == (0, 0)
    assert cache.clear() == 0
    assert len(caplog.messages) == 1
    assert (tmp_path / "file").read_text() == "not a folder"


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.rows").write_text("mine")
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "notes.txt").write_text("mine")
    (tmp_path / "ab" / "more.rows").write_text("mine")
    (tmp_path / "ab" / ".unfinished-novel").write_text("mine")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / f"{KEY}.rows").write_text("mine")
    (tmp_path / "ef").symlink_to("far")
    cache = Cache(tmp_path, bound=1000)
    cache.put(KEY, b"ro")
    assert cache.clear() == 1
    cache.make_room()
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [
        ".unfinished-novel", f"{KEY}.rows", "mine.rows", "more.rows", "notes.txt",
    ]  # fmt: skip


def test_the_environment_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALKIT_CACHE", "OFF")
    assert open_cache() is None
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path))
    assert open_cache() == Cache(tmp_path)
    monkeypatch.delenv("EVALKIT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert open_cache() == Cache(tmp_path / "xdg" / "evalkit")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_cache() == Cache(tmp_path / ".cache" / "evalkit")


WORDS = ("the cat", "sat on", "a mat", "it rained", "in Paris", "nobody came", "to the party", "of the year")


@pytest.fixture
def score(tmp_path: Path) -> Callable[..., str]:
    """`score("bleu", CACHE)`: the result JSON of a command of its own in which libraries count."""
    for name, step in (("ref", 3), ("a", 5), ("b", 7)):
        lines = (" ".join(WORDS[(n * step + k) % 8] for k in range(4)) for n in range(30))
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n")

    def run(metrics: str, cache: str, *options: str) -> str:
        arguments = ["score", "a.txt", "b.txt", "-r", "ref.txt", "-m", metrics, "-f", "json", *options]
        done = subprocess.run(
            [sys.executable, "-m", "evalkit", *arguments],
            cwd=tmp_path, env={**os.environ, "EVALKIT_KERNEL": "off", "EVALKIT_CACHE": cache},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout + done.stderr

    return run


@pytest.mark.slow
def test_the_cache_changes_no_byte_of_a_result(score: Callable[..., str], tmp_path: Path) -> None:
    metrics, kept = "bleu,chrf,ter,wer", tmp_path / "kept"
    counted = score(metrics, "off")
    assert score(metrics, str(kept)) == counted
    entries = sorted(kept.glob("*/*.rows"))
    assert len(entries) == 8  # four metrics of two systems
    assert score(metrics, str(kept)) == counted
    assert sorted(kept.glob("*/*.rows")) == entries
    for number, path in enumerate(entries):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if number % 2 else data[:-9] + b"\0" + data[-8:])
    assert score(metrics, str(kept)) == counted
    said = (
        f"the cache in {tmp_path / 'a.txt'} cannot be written (Not a directory); scores are counted anew each time. "
        "EVALKIT_CACHE names another folder, EVALKIT_CACHE=off does without\n"
    )
    without = score(metrics, str(tmp_path / "a.txt"))
    assert said in without
    assert without.replace(said, "") == counted


@pytest.mark.slow
def test_other_options_are_other_entries(score: Callable[..., str], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = score("bleu", str(kept))
    assert score("bleu", str(kept), "--lowercase") != first
    assert score("bleu", str(kept), "--tokenize", "char") != first
    assert Cache(kept).size()[0] == 6
    assert score("bleu", str(kept)) == first


@given(st.lists(st.none() | st.text(max_size=4), max_size=6), st.lists(st.none() | st.text(max_size=4), max_size=6))
def test_no_two_lists_of_texts_have_one_digest(one: list[str | None], two: list[str | None]) -> None:
    assert (digest(one) == digest(two)) == (one == two)


def test_rows_come_from_the_entry_when_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a cache that is never read would pass every other test."""
    monkeypatch.setenv("EVALKIT_KERNEL", "off")
    cache, serial = Cache(tmp_path), Workers()
    scorer = Registry().make("scorer", "chrf")
    passages = [Passage((Segment("", "", 0, len(text), text),), text) for text in WORDS]
    units = [Unit(str(n), "", "1-1", 1.0, passage, (passages[0],)) for n, passage in enumerate(passages)]
    counted = remembering.measure_chunks(scorer, [units], serial, cache)
    monkeypatch.setattr(remembering, "_measure", lambda task: pytest.fail("counted again"))
    assert remembering.measure_chunks(scorer, [units], serial, cache) == counted
    with pytest.raises(pytest.fail.Exception):
        remembering.measure_chunks(scorer, [units[1:]], serial, cache)


def test_the_command_shows_and_clears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from evalkit.cli import main

    def said(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["evalkit", "cache", *arguments])
        with contextlib.suppress(SystemExit):
            main()
        return capsys.readouterr().out

    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "c"))
    assert said() == f"{tmp_path / 'c'}: 0 entries, 0.0 MB of at most 256 MB\n"
    Cache(tmp_path / "c").put(KEY, b"x" * 1024**2)
    assert said() == f"{tmp_path / 'c'}: 1 entry, 1.0 MB of at most 256 MB\n"
    assert said("--clear") == f"{tmp_path / 'c'}: removed 1 of 1 entry, 1.0 MB\n"
    assert said() == f"{tmp_path / 'c'}: 0 entries, 0.0 MB of at most 256 MB\n"
    monkeypatch.setenv("EVALKIT_CACHE", "off")
    assert said() == "the cache is off (EVALKIT_CACHE)\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_what_is_no_entry_of_this_user_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "c")
    cache.put(KEY, b"mine")
    path = next((tmp_path / "c").rglob(f"{KEY}*"))
    assert cache.get(KEY) == b"mine"
    elsewhere = path.rename(tmp_path / "elsewhere")
    path.symlink_to(elsewhere)
    assert cache.get(KEY) is None
    path.unlink()
    os.mkfifo(path)
    assert cache.get(KEY) is None, "and it does not wait for a writer"
    path.unlink()
    elsewhere.rename(path)
    owner = path.stat().st_uid
    real = os.fstat

    def of_another(handle: int) -> os.stat_result:
        found = real(handle)
        return os.stat_result((*found[:4], owner + 4711, *found[5:10])) if found.st_uid == owner else found

    monkeypatch.setattr(caching.os, "fstat", of_another)
    assert cache.get(KEY) is None

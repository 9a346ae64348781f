"""Text in and out: one clear error for anything that is not text, whole files or none out."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.text.files import decode, read_head, read_text, write_text
from evalkit.text.outputs import write_folder
from evalkit.text.rewriting import rewrite


def test_byte_order_mark_goes_and_newlines_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffone\r\ntwo\n".encode())
    assert read_text(path) == "one\r\ntwo\n"


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress("é\n".encode()))
    assert read_text(path) == "é\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"good\nbad \xe9 byte", ":2: byte 9 (0xe9) is not UTF-8"),
        (b"PK\x03\x04\x14\0\x06\0", "no text but a Word, OpenDocument or other zip file; save it as plain text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "no text but an old Word or Office file"),
        (b"%PDF-1.7\n1 0 obj", "no text but a PDF; take its text out"),
        (b"{\\rtf1\\ansi Hello}", "no text but an RTF file"),
        (b"\xff\xfea\0b\0c", "not UTF-16, though the byte order mark says so"),
        (b"\xff\xfea\0\0\0", "is NUL"),
        ("two words".encode("utf-32"), "this is UTF-32,"),
        ("two words".encode("utf-16-le"), "this is UTF-16LE,"),
        ("two words".encode("utf-16-be"), "this is UTF-16BE,"),
        (b"\x7fELF\0\1", "byte 4 is NUL"),
        (b"\xed\xa0\x80", "byte 0 (0xed) is not UTF-8"),
    ],
)
def test_what_is_no_utf8_names_line_and_byte(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=r"a\.txt") as caught:
        decode(data, "a.txt")
    assert said in str(caught.value)


def test_a_gzip_file_with_a_broken_bit_is_refused_wherever_it_is_looked_into(tmp_path: Path) -> None:
    whole = gzip.compress(b"The council met in the town hall.\n" * 9)
    path = tmp_path / "a.txt.gz"
    for place in range(10, len(whole) - 8):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        assert isinstance(read_head(path), bytes)
        with pytest.raises(InputError, match="gzip"):
            read_text(path)


def test_missing_directory_and_broken_gzip(tmp_path: Path) -> None:
    broken = tmp_path / "b.gz"
    broken.write_bytes(b"no gzip at all")
    for path, said in ((tmp_path / "none.txt", "no such file"), (tmp_path, "directory"), (broken, "gzip")):
        with pytest.raises(InputError, match=said):
            read_text(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        read_text(path)


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.txt"
    write_text(target, "first")
    with pytest.raises(UnicodeEncodeError):
        write_text(target, "lone surrogate \ud800")
    assert target.read_text() == "first"
    assert [p.name for p in target.parent.iterdir()] == ["a.txt"]


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        write_text(tmp_path / "file" / "a.txt", "y")


def test_links_devices_and_modes_are_respected(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600
    write_text("/dev/null", "gone")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(InputError, match="cannot be written"):
        write_text("/dev/full", "x")


def test_a_device_is_no_input() -> None:
    with pytest.raises(InputError, match="is a device"):
        read_text("/dev/zero")


@pytest.mark.parametrize(
    "write",
    [write_text, rewrite, lambda path, _: write_folder(path.parent, {"b.txt": "", path.name: "new"}, overwrite=True)],
)
def test_a_read_only_file_is_not_replaced(
    write: Callable[[Path, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    may = os.access  # the user who runs the tests may be one that no mode of a file keeps from writing
    monkeypatch.setattr(os, "access", lambda target, mode: Path(target) != path and may(target, mode))
    with pytest.raises(InputError, match="read-only"):
        write(path, "new")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.txt", "mine")]

"""Turns at the files of a folder, one that is not there yet too."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from evalkit.text.turns import turn


@pytest.mark.parametrize("name", [".", "new", "new/and/deep"])
def test_one_after_another_in_a_folder_that_is_there_or_not(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "list.txt"

    def add(word: str) -> None:
        with turn(path):
            before = path.read_text() if path.exists() else ""
            time.sleep(0.02)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{before}{word}\n")

    adding = [threading.Thread(target=add, args=(f"word{n}",)) for n in range(4)]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert sorted(path.read_text().split()) == [f"word{n}" for n in range(4)]


def test_a_turn_that_wrote_nothing_leaves_no_folder_and_the_next_one_is_alone_all_the_same(tmp_path: Path) -> None:
    path, first, second = tmp_path / "new" / "deep" / "list.txt", threading.Event(), threading.Event()
    inside: list[str] = []

    def writes() -> None:
        first.wait(5)
        with turn(path):
            inside.append("second")
            second.set()
            path.write_text("kept")
            time.sleep(0.02)
            inside.append("second ends")

    waiting = threading.Thread(target=writes)
    waiting.start()
    with turn(path):
        first.set()
        time.sleep(0.05)  # the other waits for this folder, which goes
    second.wait(5)
    with turn(path):
        inside.append("third")
    waiting.join()
    assert inside == ["second", "second ends", "third"]
    path.unlink()
    path.parent.rmdir()
    path.parent.parent.rmdir()
    with pytest.raises(KeyError), turn(path):
        raise KeyError
    assert not list(tmp_path.iterdir())

"""Findings and links kept between runs: the same bytes cold and warm, and nothing kept that could be another."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import evalkit
from evalkit.records.config import parse
from evalkit.records.json import dumps
from evalkit.run import find, kept, strangers, strayed
from evalkit.run.cache import Cache

SPEECH = [
    "President Rahmon opened the summit in Dushanbe on 10 November 2020.",
    "He said that trade had grown by 12 per cent.",
    "Minister Golovchenko thanked the delegates for their work.",
    "The members agreed on nine documents.",
    "The next meeting will be held in Tashkent.",
    "Nobody had expected this.",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three systems, with a cache that keeps even short texts."""
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kept, "_WORTH_KEEPING", 1)
    write(tmp_path / "ref.txt", SPEECH)
    write(tmp_path / "a.txt", [line.replace("Rahmon", "Ramon") for line in SPEECH])
    write(tmp_path / "b.txt", [line.replace("12", "21") for line in SPEECH])
    write(tmp_path / "c.txt", [line.replace("2020", "2021").replace("nine", "ten") for line in SPEECH[:5]])
    return tmp_path


def write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def evaluated(folder: Path, systems: str = "abc", **settings: Any) -> str:
    data: dict[str, Any] = {
        "metrics": ["chrf"],
        "reference": [{"path": "ref.txt"}],
        "candidate": [{"path": f"{name}.txt"} for name in systems],
        **settings,
    }
    return dumps(evalkit.evaluate(parse(data, "test"), folder=folder))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Which systems were looked at by a detector, and which documents by an aligner."""
    calls: dict[str, list[str]] = {"find": [], "align": []}
    findings: Callable[..., Any] = find._found_by
    links: Callable[..., Any] = strangers.links

    def watched(detector: Any, units: Any, context: Any) -> Any:
        calls["find"].append(f"{context.system} {detector.name}")
        return findings(detector, units, context)

    def watched_links(aligner: Any, candidate: Any, reference: Any) -> Any:
        calls["align"].append(candidate[0].document)
        return links(aligner, candidate, reference)

    monkeypatch.setattr(find, "_found_by", watched)
    monkeypatch.setattr(strangers, "links", watched_links)
    return calls


def test_a_warm_cache_gives_the_same_bytes_and_asks_nobody(
    folder: Path, counted: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setenv("EVALKIT_CACHE", "off")
        never = evaluated(folder)
    cold = evaluated(folder)
    assert '"rule": "name' in cold
    counted["find"].clear()
    counted["align"].clear()
    assert evaluated(folder) == cold == never
    assert counted == {"find": [], "align": []}


def test_a_system_that_comes_costs_its_own_share(folder: Path, counted: dict[str, list[str]]) -> None:
    evaluated(folder, "ab")
    counted["find"].clear()
    more = evaluated(folder, "abc")
    assert {call.split()[0] for call in counted["find"]} == {"c"}
    (folder / "cache").rename(folder / "elsewhere")
    assert evaluated(folder, "abc") == more


def test_lines_under_the_wrong_segment_are_kept_with_the_rest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "d.txt", [*SPEECH[:3], SPEECH[0], *SPEECH[4:]])
    cold = evaluated(folder, "d", align="lines")
    assert "wrong segment" in cold

    def asked(*_: object, **__: object) -> dict[str, Any]:
        raise AssertionError("looked for again")

    with monkeypatch.context() as once:
        once.setattr(strayed, "strayed", asked)
        assert evaluated(folder, "d", align="lines") == cold
    cache = Cache(folder / "cache")
    entries = {path.stem: msgspec.msgpack.decode(cache.get(path.stem) or b"") for path in cache.folder.rglob("*.rows")}
    ((key, (unit,)),) = ((key, tuple(entry)) for key, entry in entries.items() if isinstance(entry, dict))
    for changed in ({unit: "no such"}, {"no such": unit}, {unit: 3}, [unit]):
        cache.put(key, msgspec.msgpack.encode(changed))
        assert evaluated(folder, "d", align="lines") == cold


@pytest.mark.parametrize("what", ["text", "reference", "list", "option", "language"])
def test_whatever_findings_depend_on_is_in_the_key(
    folder: Path, what: str, monkeypatch: pytest.MonkeyPatch, counted: dict[str, list[str]]
) -> None:
    evaluated(folder, "a")
    settings: dict[str, Any] = {}
    if what == "text":
        write(folder / "a.txt", SPEECH)
    elif what == "reference":
        write(folder / "ref.txt", [line.replace("12", "21") for line in SPEECH])
    elif what == "list":
        (folder / "names.yaml").write_text("names:\n  - name: Tashkent\n    reject: [Dushanbe]\n")
        settings["names"] = ["names.yaml"]
    elif what == "option":
        settings["detectors"] = ["numbers"]
    else:
        settings["lang"] = "en-GB"
    counted["find"].clear()
    warm = evaluated(folder, "a", **settings)
    assert counted["find"]
    monkeypatch.setenv("EVALKIT_CACHE", "off")
    assert evaluated(folder, "a", **settings) == warm


def test_our_code_is_in_the_key(folder: Path, monkeypatch: pytest.MonkeyPatch, counted: dict[str, list[str]]) -> None:
    evaluated(folder, "a")
    counted["find"].clear()
    monkeypatch.setattr(kept, "circumstances", lambda: ("another version",))
    evaluated(folder, "a")
    assert counted["find"]


def test_every_file_of_our_code_is_looked_at_and_what_python_compiles_is_not(tmp_path: Path) -> None:
    for name in ("a/b.py", "a/c/d.toml", "a-b/e", "z.py", "a/__pycache__/b.pyc", "__pycache__/x.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert list(kept._files(tmp_path, "room")) == ["room/a/b.py", "room/a/c/d.toml", "room/a-b/e", "room/z.py"]


def test_what_is_damaged_or_of_another_kind_is_found_anew(folder: Path) -> None:
    cold = evaluated(folder)
    entries = [path for path in (folder / "cache").rglob("*") if path.is_file()]
    assert entries
    for number, path in enumerate(entries):
        if number % 2:
            path.write_bytes(path.read_bytes()[:-1])
        else:
            Cache(folder / "cache").put(path.name.partition(".")[0], b"\x93\x01\x02\x03")
    assert evaluated(folder) == cold
    for content in (b"\x91\x91\x81\xa4rule\xa1\xff", b"\x91" * 5000):  # text that is none; nested without end
        for path in entries:
            Cache(folder / "cache").put(path.name.partition(".")[0], content)
        assert evaluated(folder) == cold


MOODY = '''
from dataclasses import dataclass
from typing import ClassVar
from evalkit.records import Rule
from evalkit.records.findings import finding
times = []

@dataclass(frozen=True)
class Moody:
    """Finds the first letter the first time, nothing after."""
    kind: ClassVar[str] = "detector"
    name: ClassVar[str] = "moody"
    default: ClassVar[bool] = True
    rules: ClassVar[tuple] = (Rule("moody-first", "custom", "other", "minor", "the first letter", "[T]ext"),)
    def find(self, units, context):
        times.append(1)
        first = units[0].candidate.segments[0]
        return [finding(self.rules[0], self.name, units[0], first, 0, len(times), "it is there")]
'''


def test_a_strangers_plug_in_is_asked_each_time(folder: Path) -> None:
    (folder / "moody.py").write_text(MOODY)
    first = evaluated(folder, "a", plugins=["moody.py"])
    again = evaluated(folder, "a", plugins=["moody.py"])
    assert '"rule": "moody-first"' in first
    assert '"rule": "moody-first"' in again
    others = [line for line in first.splitlines() if '"rule": "name' in line]
    assert others
    assert [line for line in again.splitlines() if '"rule": "name' in line] == others


def test_short_texts_are_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_WORTH_KEEPING", 50_000)
    evaluated(folder, "a")
    assert not (folder / "cache").exists()


def _changed(cache: Cache, change: Callable[[Any], Any]) -> None:
    """Every entry of findings and links with another content under a right checksum, as somebody could write it."""
    for path in list(cache.folder.rglob("*.rows")):
        content = cache.get(path.stem)
        try:
            value = msgspec.msgpack.decode(content or b"")
        except msgspec.DecodeError:
            continue
        if isinstance(value, list):
            cache.put(path.stem, msgspec.msgpack.encode(_walked(value, change)))


def _walked(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {
            key: _walked(each, change) if isinstance(each, (dict, list)) else change((key, each))
            for key, each in value.items()
        }
    if isinstance(value, list):
        inner = (dict, list, bytes)
        return [_walked(each, change) if isinstance(each, inner) else change(("", each)) for each in value]
    if isinstance(value, bytes):
        try:
            found = msgspec.json.decode(zlib.decompress(value))
        except (zlib.error, msgspec.DecodeError):  # what is kept of readings is packed otherwise
            return value
        return zlib.compress(msgspec.json.encode(_walked(found, change)))
    return value


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("document", "no such"), ("unit", "no such"), ("rule", "no such"), ("start", -5), ("end", -5),
        ("confidence", float("nan")), ("confidence", 7.0), ("", 99), ("", -1),
    ],
)  # fmt: skip
def test_an_entry_that_was_changed_is_found_anew(folder: Path, field: str, content: object) -> None:
    first = evaluated(folder)
    cache = Cache(folder / "cache")

    def change(given: tuple[str, Any]) -> Any:
        key, value = given
        return content if key == field and type(value) in (type(content), int, float) else value

    _changed(cache, change)
    assert evaluated(folder) == first

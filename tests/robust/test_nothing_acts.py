"""One hostile name and one hostile text through every command: nothing in them acts in a terminal, a log or a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evalkit.cli import main
from evalkit.cli.app import COMMANDS, GROUPS
from evalkit.plugins import Registry

pytestmark = pytest.mark.slow

NAME = "\x1b[31mred\u202e\n::error::x"
FILE = f"{NAME}.txt"
TEXT = f"The the end of {NAME} is near, said Mr {NAME}\u2066 .\nNobody came to the common destiny\x1b]0;x\x07 .\n"
SIDES = '[[reference]]\npath = "r.txt"\n[[candidate]]\npath = "set"\n'
# Formats that programs read hold every character as it is; their own escapes keep it from acting.
FOR_PROGRAMS = {"json", "sarif", "junit", "gitlab", "github", "alignment-tsv"}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        f"set/{FILE}": TEXT, "set/b.txt": TEXT, f"ref/{FILE}": "The end is near.\nNobody came to the shared future.\n",
        "ref/b.txt": "The end.\n", FILE: TEXT, "r.txt": "The end is near.\nNobody came to the shared future.\n",
        f"{NAME}.json": TEXT, f"{NAME}.toml": TEXT, f"{NAME}.yaml": f'terms:\n  - term: "{NAME!a}"\n    x: 1\n',
        "t.yaml":
        "terms:\n  - term: shared future\n    reject: [common destiny]\n", f"{NAME}.py": f"raise ValueError({NAME!r})",
        f"{NAME}.terms.yaml": f"candidates: [{FILE!a}]\nterms:\n  - term: shared future\n    reject: [destiny]\n",
        f"{NAME}.csv": f"doc,text\n1,{NAME[:5]}\n1\n", f"{NAME}.jsonl": '{"doc":1}\n', f"{NAME}.tbx": f"<{NAME[5:8]}>",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def lines() -> Iterator[tuple[str, ...]]:
    """Command lines in which the name and the text stand wherever one can stand."""
    for format_ in Registry().names("renderer"):
        if hasattr(Registry().get("renderer", format_), "render_file"):
            continue  # bytes, which no terminal shows: tests/renderers holds what is in them
        yield "check", "set", "-r", "ref", "--terms", "t.yaml", "-f", format_
        yield "score", FILE, "r.txt", "-r", "r.txt", "--names-of-systems", f"{NAME},{NAME}2", "-f", format_
    for ending in ("json", "toml", "yaml", "csv", "jsonl", "tbx", "py", "none"):
        file = f"{NAME}.{ending}"
        yield from (("check", file), ("score", file, "-r", "r.txt"), ("check", "r.txt", "--terms", file), ("run", file))
        yield from (("check", "r.txt", "--names", file), ("check", "r.txt", "--plugin", file), ("report", file))
        yield from (
            ("compare", file),
            ("compare", file, file),
            ("meta", file, "--human", file),
            ("meta", file),
            ("init", file),
            ("explain", file),
        )
        yield from (("terms", "convert", file, "--to", "yaml"), ("terms", "add", NAME, "--terms", file))
        yield from (
            ("terms", "extract", file),
            ("terms", "test", "r.txt", "--terms", file),
            ("plugins", "--plugin", file),
        )
        yield from (
            ("check", "r.txt", "--baseline", file),
            ("align", file, "-r", "r.txt"),
            ("check", "r.txt", "-o", file),
        )
        yield from (
            ("history", file),
            ("review", "export", file, "-o", "out.csv"),
            ("review", "export", file, "-o", file),
            ("review", "import", file),
            ("review", "advise", "--verdicts", file),
            ("check", "r.txt", "--verdicts", file),
        )
    # of a file that is one by now the server would start
    yield from (
        ("serve", "--host", NAME),
        ("models", "install", NAME),
        ("models", "remove", NAME),
        ("models", NAME),
    )
    yield from (("review", NAME), ("score", FILE, "-r", "r.txt", "-m", f"external(worker={NAME})"))
    yield from ((NAME,), ("check", f"--{NAME}"), ("check", "r.txt", "--lang", NAME), ("check", "r.txt", "-f", NAME))
    yield from (("score", FILE, "-r", "r.txt", "-m", NAME), ("score", FILE, "-r", "r.txt", "--align", NAME))
    yield from (("explain", NAME), ("init", "--plugin", NAME, NAME), ("init", "--plugin", "reader", NAME), ("cache",))
    yield from (
        ("terms", NAME),
        ("terms", "test", FILE, "-r", "r.txt", "--terms", "t.yaml"),
        ("terms", "extract", "set"),
    )
    yield from (
        ("terms", "test", f"{NAME}.terms.yaml"),
        ("align", FILE, "-r", "r.txt"),
        ("clean", FILE, "-o", "out.txt"),
    )
    yield from (("check", "set", "--fail-on", "minor"), ("score", FILE, "-r", "r.txt", "--fail-under", f"{NAME}=1"))
    yield from (("score", FILE, "-r", "r.txt", "--fail-under", "bleu=99"), ("check", "r.txt", "--kind", NAME))
    yield from (("score", FILE, "-r", "r.txt", "--alignment", f"{NAME}.csv"), ("check", FILE, "-s", f"{NAME}.none"))


def test_every_command_is_walked() -> None:
    assert {*COMMANDS, *GROUPS} - {line[0] for line in lines()} == set()


def test_nothing_of_a_name_or_text_acts_in_any_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    acting = []
    for line in lines():
        monkeypatch.setattr(sys, "argv", ["evalkit", *line])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        for_programs = line[0] in ("check", "score") and line[-2] == "-f" and line[-1] in FOR_PROGRAMS
        told = err if for_programs else err + out
        wrong = [
            char for char in "\x1b\x07\u202e\u2066" if char in told or (char < " " and char in out and not for_programs)
        ]
        commands = [each for each in (err + ("" if "github" in line else out)).split("\n") if each.startswith("::")]
        if code not in (0, 1, 2) or wrong or commands or "Traceback" in err:
            acting.append((line, code, wrong, commands, err[-300:]))
    assert not acting, "\n".join(map(str, acting))


def test_a_reports_files_hold_nothing_that_acts(folder: Path) -> None:
    settings = 'name = "x"\noutput = "out"\n[statistics]\ntrials = 10\n[[reference]]\npath = "r.txt"\n'
    names = ['id=\\"x\\"', "url(#q)", "\\u001b[31m\\u202e", "<script>alert(1)</script>"]
    candidates = "".join(f'[[candidate]]\npath = "c{n}.txt"\nname = "{name}"\n' for n, name in enumerate(names))
    for n in range(len(names)):
        Path(f"c{n}.txt").write_text(f"The end is near {n}.\nNobody came to the shared future.\n")
    Path("evalkit.toml").write_text(settings + candidates)
    import evalkit

    config, base = evalkit.load_config("evalkit.toml")
    evalkit.write_reports(evalkit.evaluate(config, folder=base), Path("out"))
    for file in Path("out").rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        assert not set(text) & {"\x1b", "\u202e"} or file.suffix == ".json", file
        assert "<script>alert" not in text or file.suffix in (".json", ".md"), file  # there as code
    for file in Path("out/figures").glob("*.svg"):
        words = {element.text for element in ElementTree.parse(file).iter() if element.text}
        if any("url(" in word for word in words):
            assert {'id="x"', "url(#q)"} <= words, f"{file}: names stand there letter for letter"
            break
    else:
        raise AssertionError("no figure names the systems")

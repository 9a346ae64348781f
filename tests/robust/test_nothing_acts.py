"""One hostile name and one hostile text through every command: nothing in them acts in a terminal, a log or a table."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evalkit.cli import main
from evalkit.cli.app import COMMANDS, GROUPS
from evalkit.plugins import Registry

pytestmark = pytest.mark.slow

NAME = "\x1b[31mred\u202e\n::error::x"
# What other builds take for commands, wherever it stands in a line, and signs of which one sees nothing.
BUILDS = "##vso[x]\r##[error]\x9b31m\x85\u2028##teamcity[x]\u200b\U000e0041\x1b]8;;x\x07section_start:1:x\r"
HIDDEN = ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")
# GitHub and Azure look for these anywhere in a line, TeamCity too.
COMMAND = re.compile(r"##(vso|teamcity)?\[")
SIDES = '[[reference]]\npath = "r.txt"\n[[candidate]]\npath = "set"\n'
# Formats that programs read hold every character as it is; their own escapes keep it from acting.
FOR_PROGRAMS = {"json", "sarif", "junit", "gitlab", "github", "alignment-tsv"}


def text_of(name: str) -> str:
    return f"The the end of {name} is near, said Mr {name}\u2066 .\nNobody came to the common destiny\x1b]0;x\x07 .\n"


def made(folder: Path, hostile: str) -> None:
    """Files of every kind whose name and text are hostile."""
    file, words = f"{hostile}.txt", text_of(hostile)
    for name, text in {
        f"set/{file}": words, "set/b.txt": words,
        f"ref/{file}": "The end is near.\nNobody came to the shared future.\n",
        "ref/b.txt": "The end.\n", file: words, "r.txt": "The end is near.\nNobody came to the shared future.\n",
        f"{hostile}.json": words, f"{hostile}.toml": words,
        f"{hostile}.yaml": f'terms:\n  - term: "{hostile!a}"\n    x: 1\n',
        "t.yaml": "terms:\n  - term: shared future\n    reject: [common destiny]\n",
        f"{hostile}.py": f"raise ValueError({hostile!r})",
        f"{hostile}.terms.yaml": f"candidates: [{file!a}]\nterms:\n  - term: shared future\n    reject: [destiny]\n",
        f"{hostile}.csv": f"doc,text\n1,{hostile[:5]}\n1\n", f"{hostile}.jsonl": '{"doc":1}\n',
        f"{hostile}.tbx": f"<{hostile[5:8]}>",
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def lines(name: str) -> Iterator[tuple[str, ...]]:
    """Command lines in which the name and the text stand wherever one can stand."""
    hostile = f"{name}.txt"
    for format_ in Registry().names("renderer"):
        if hasattr(Registry().get("renderer", format_), "render_file"):
            continue  # bytes, which no terminal shows: tests/renderers holds what is in them
        yield "check", "set", "-r", "ref", "--terms", "t.yaml", "-f", format_
        yield "score", hostile, "r.txt", "-r", "r.txt", "--names-of-systems", f"{name},{name}2", "-f", format_
    for ending in ("json", "toml", "yaml", "csv", "jsonl", "tbx", "py", "none"):
        file = f"{name}.{ending}"
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
        yield from (("terms", "convert", file, "--to", "yaml"), ("terms", "add", name, "--terms", file))
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
        ("serve", "--host", name),
        ("models", "install", name),
        ("models", "remove", name),
        ("models", name),
    )
    yield from (("review", name), ("score", hostile, "-r", "r.txt", "-m", f"external(worker={name})"))
    yield from ((name,), ("check", f"--{name}"), ("check", "r.txt", "--lang", name), ("check", "r.txt", "-f", name))
    yield from (("score", hostile, "-r", "r.txt", "-m", name), ("score", hostile, "-r", "r.txt", "--align", name))
    yield from (("explain", name), ("init", "--plugin", name, name), ("init", "--plugin", "reader", name), ("cache",))
    yield from (
        ("terms", name),
        ("terms", "test", hostile, "-r", "r.txt", "--terms", "t.yaml"),
        ("terms", "extract", "set"),
    )
    yield from (
        ("terms", "test", f"{name}.terms.yaml"),
        ("align", hostile, "-r", "r.txt"),
        ("clean", hostile, "-o", "out.txt"),
    )
    yield from (("check", "set", "--fail-on", "minor"), ("score", hostile, "-r", "r.txt", "--fail-under", f"{name}=1"))
    yield from (("score", hostile, "-r", "r.txt", "--fail-under", "bleu=99"), ("check", "r.txt", "--kind", name))
    yield from (
        ("score", hostile, "-r", "r.txt", "--alignment", f"{name}.csv"),
        ("check", hostile, "-s", f"{name}.none"),
    )


def test_every_command_is_walked() -> None:
    assert {*COMMANDS, *GROUPS} - {line[0] for line in lines(NAME)} == set()


@pytest.mark.parametrize("name", [NAME, BUILDS], ids=["terminal", "builds"])
def test_nothing_of_a_name_or_text_acts_in_any_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, name)
    acting = []
    for line in lines(name):
        monkeypatch.setattr(sys, "argv", ["evalkit", *line])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        for_programs = line[0] in ("check", "score") and line[-2] == "-f" and line[-1] in FOR_PROGRAMS
        told = err if for_programs else err + out
        wrong = {char for char in told if char not in "\n\t" and unicodedata.category(char) in HIDDEN}
        commands = [each for each in (err + ("" if "github" in line else out)).split("\n") if each.startswith("::")]
        seen = err if "label-studio" in line or "pearmut" in line else told  # JSON, for programs
        commands += [each for each in seen.split("\n") if COMMAND.search(each)]
        if code not in (0, 1, 2) or wrong or commands or "Traceback" in err:
            acting.append((line, code, wrong, commands, err[-300:]))
    assert not acting, "\n".join(map(str, acting))


def test_no_cell_of_a_table_acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables beside those of findings, which tests/renderers holds; what evalkit reads again is read as it was."""
    from evalkit.records.verdicts import Verdict
    from evalkit.review import file
    from evalkit.terms.load import load

    monkeypatch.chdir(tmp_path)
    terms = [f"{sign}Alpha Omega" for sign in ("=", "+", "-", "@", "＝", "'=", "''tis")]
    text = "".join(f"=HYPERLINK(1) said the Brown Institute.\n{term} is of the Brown Institute.\n" for term in terms)
    Path("t.txt").write_text(text, encoding="utf-8")
    Path("t.yaml").write_text("terms:\n" + "".join(f'  - term: "{term}"\n    reject: ["{term}x"]\n' for term in terms))
    lines = ("terms extract t.txt -f tsv -o e.tsv", "terms convert t.yaml -o t.csv", "terms convert t.yaml -o t.tsv")
    for line in (*lines, "terms convert t.csv -o back.yaml", "terms convert t.tsv -o again.yaml"):
        monkeypatch.setattr(sys, "argv", ["evalkit", *line.split()])
        main()
    assert Path("back.yaml").read_bytes() == Path("again.yaml").read_bytes()
    assert [term.term for term in load(["back.yaml"]).terms] == terms
    said = [Verdict("0123456789abcdef", "right", "casing", term, term, term) for term in terms]
    file.write("v.tsv", said)
    assert set(file.read("v.tsv")) == set(said)
    for name in ("e.tsv", "t.csv", "t.tsv", "v.tsv"):
        cells = re.split(r"[\t,\n]", Path(name).read_text(encoding="utf-8"))
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "＝", "-A"))], name


def test_a_reports_files_hold_nothing_that_acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text("The end is near.\nNobody came to the shared future.\n")
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


def test_nothing_acts_in_what_pytest_prints_of_terms(tmp_path: Path) -> None:
    hostile = (NAME + BUILDS).replace("\U000e0041", "")  # JSON writes it as no YAML reads it
    for name in (hostile, "good"):
        (tmp_path / f"{name}.txt").write_text(f"The common destiny of {hostile}.\n", encoding="utf-8")
    accepted = {"candidate": "good", "term": "new ##vso[x]::error::", "found": "common destiny", "reason": hostile}
    stale = {"candidate": "good", "term": "never", "found": "gone ##[x]", "reason": "x"}
    terms = [{"term": accepted["term"], "reject": ["common destiny"]}, {"term": "never", "reject": ["zzz"]}]
    tests = {"candidates": [f"{hostile}.txt", "good.txt"], "terms": terms, "accepted": [accepted, stale]}
    (tmp_path / "x.terms.yaml").write_text(json.dumps(tests, indent=1))  # a warning shows the first line
    line = [sys.executable, "-m", "pytest", "-v", "-rA", "-p", "no:cacheprovider", "x.terms.yaml"]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 failed, 2 passed, 1 xfailed" in done.stdout, done.stdout
    assert not {char for char in done.stdout if char != "\n" and unicodedata.category(char) in HIDDEN}
    assert not COMMAND.search(done.stdout)
    assert not [each for each in done.stdout.split("\n") if each.lstrip().startswith("::")]

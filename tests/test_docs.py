"""What the documentation shows is what happens: every command and every Python example is run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PAGES = (
    "README.md",
    "docs/input.md",
    "docs/configuration.md",
    "docs/plugins.md",
    "docs/ci.md",
    "docs/termbase.md",
    "docs/statistics.md",
    "docs/meta.md",
    "docs/reports.md",
    "docs/alignment.md",
    "docs/performance.md",
    "docs/cluster.md",
)
SPEECH = "We met in Paris on 5 May.\nThe weather was fine.\nNobody came to the party.\nEverybody went home early.\n"
GERMAN = "Wir trafen uns am 5. Mai in Paris.\nDas Wetter war schön.\nNiemand kam zum Fest.\nAlle gingen heim.\n"


def blocks(root: Path, page: str, language: str) -> list[str]:
    """The code blocks of a page."""
    return re.findall(rf"```{language}\n(.*?)```", (root / page).read_text(encoding="utf-8"), re.DOTALL)


def pages(root: Path) -> list[Path]:
    """Every page people read."""
    return [*root.glob("*.md"), *(root / "docs").rglob("*.md")]


def commands(root: Path, page: str) -> list[str]:
    """Every `evalkit ...` line of the bash blocks of a page; those that install belong to another test."""
    lines = "\n".join(blocks(root, page, "bash")).replace("\\\n", " ").splitlines()
    return [line.split(" #")[0].strip() for line in lines if line.startswith("evalkit ")]


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A place with every file the documentation speaks of."""
    for name in ("system-a", "system-b", "reference", "report", "speech", "translation", "text", "a", "b"):
        (tmp_path / f"{name}.txt").write_text(SPEECH)
    (tmp_path / "source.en.txt").write_text(SPEECH)
    for name in ("translation", "reference"):
        (tmp_path / f"{name}.de.txt").write_text(GERMAN)
    for name, text in (("en", "Save the file"), ("de", "Datei speichern")):
        (tmp_path / f"{name}.json").write_text(f'{{"menu": {{"save": "{text}"}}}}\n')
    for side in ("systems/a", "references"):
        (tmp_path / side).mkdir(parents=True)
        (tmp_path / side / "one.txt").write_text(SPEECH)
    (tmp_path / "terms.yaml").write_text("terms:\n  - term: party\n    reject: [feast]\n")
    (tmp_path / "names.yaml").write_text("names:\n  - name: Paris\n    kind: place\n")
    (tmp_path / "raw.txt").write_text("Home | Contact Us\n\n" + SPEECH)
    (tmp_path / "shouting.py").write_text(blocks(root, "docs/plugins.md", "python")[0])
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    lines = [f"{name}\t{number * 7 % 5}\n" for name in ("system-a", "system-b") for number in range(4)]
    for name in ("BLEU", "chrF", "mqm"):
        (tmp_path / f"{name}.seg.score").write_text("".join(lines))
    (tmp_path / "docs.tsv").write_text("".join(f"news\td{number}\n" for number in range(4)))
    (tmp_path / "esa.tsv").write_text(
        "system\tsegment\tscore\n" + "".join(f"{s}\t1\t{n}\n" for n, s in enumerate(("system-a", "system-b")))
    )
    run(tmp_path, "evalkit score system-a.txt system-b.txt -r reference.txt -m chrf -f json -o scores.json")
    run(tmp_path, "evalkit align report.txt -r speech.txt -f tsv -o links.tsv")
    for name in ("baseline", "result", "before", "now"):
        run(tmp_path, f"evalkit score a.txt -r reference.txt -f json -o {name}.json")
    return tmp_path


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_command_runs(root: Path, folder: Path, page: str) -> None:
    found = commands(root, page)
    for command in found:
        done = run(folder, command)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert found or page in ("docs/configuration.md", "docs/termbase.md", "docs/statistics.md")


def test_the_python_of_the_readme_runs(root: Path, folder: Path) -> None:
    (code,) = blocks(root, "README.md", "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "a {'bleu':" in done.stdout


def test_the_plugin_of_the_documentation_works(folder: Path) -> None:
    (folder / "text.txt").write_text("Come at once!!! Now.\n")
    done = run(folder, "evalkit check text.txt --plugin shouting.py")
    assert "text.txt:1:13: custom-shouting minor several exclamation marks" in done.stdout


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    for page in pages(root):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_page_is_in_the_index(root: Path) -> None:
    for folder in (root / "docs", root / "docs" / "measured"):
        index = (folder / "README.md").read_text(encoding="utf-8")
        missing = [page.name for page in folder.glob("*.md") if page.name not in index]
        assert missing == []


def test_every_block_of_figures_names_a_script_that_is_there(root: Path) -> None:
    for page in (root / "docs" / "measured").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert text.count("<!-- figures: ") == text.count("<!-- end of figures -->"), page.name
        for command in re.findall(r"<!-- figures: python (.+?) -->", text):
            assert command.startswith("-m evalkit ") or (root / command.split()[0]).is_file(), command


def test_the_map_names_only_what_is_there(root: Path) -> None:
    """Rooms, modules and files that docs/architecture.md speaks of."""
    text = (root / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (root / "evalkit").iterdir() if (path / "__init__.py").is_file()]
    assert [room for room in rooms if not re.search(rf"\b{room}\b", text)] == []
    named = re.findall(rf"\b((?:{'|'.join(rooms)})/\w+)(?:\.py)?\b", text)
    there = [name for name in named if any((root / f"evalkit/{name}{end}").exists() for end in (".py", ""))]
    assert named
    assert named == there

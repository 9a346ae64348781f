"""A stranger's plug-in is as good as one of our own: in every command, in workers, in all that reads a result."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FILE = str(Path(__file__).with_name("strangers.py"))
SENTENCES = 1700  # of 12 words each: more than the 20,000 words from which workers are started
LOUD = len(range(0, SENTENCES, 99))  # of them shout in a.txt


def evalkit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evalkit", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    lines = [f"Sentence {n} says that the council met again in town number {n}." for n in range(SENTENCES)]
    (folder / "ref.txt").write_text("\n".join(lines) + "\n")
    (folder / "a.txt").write_text("\n".join(f"{x}!" if n % 99 == 0 else x for n, x in enumerate(lines)) + "\n")
    (folder / "b.txt").write_text("\n".join(x.replace("again ", "") for x in lines) + "\n")
    (folder / "c.up").write_text("\n".join(reversed(lines)) + "\n")
    (folder / "t.list").write_text("council\n")
    (folder / "evalkit.toml").write_text(
        f"""
name = "strangers"
plugins = [{json.dumps(FILE)}]
metrics = ["lengths", "chrf"]
segment = "rows"
align = "in-order"
terms = ["t.list"]
output = "out"
[statistics]
test = "randomisation"
trials = 200
[[reference]]
path = "ref.txt"
[[candidate]]
path = "a.txt"
[[candidate]]
path = "b.txt"
[[candidate]]
path = "c.up"
[gate]
fail_under = {{lengths = 50}}
"""
    )
    done = evalkit(folder, "run", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return folder


def test_every_kind_works_in_a_run_of_many_words_with_two_jobs(texts: Path) -> None:
    result = json.loads((texts / "out" / "result.json").read_text())
    assert result["metrics"]["lengths"]["better"] == "lower"
    assert result["rules"]["loud"]["summary"] == "A sentence shouts."
    systems = {system["name"]: system for system in result["systems"]}
    assert sum(f["rule"] == "loud" for f in systems["a"]["findings"]) == LOUD
    assert all(s["value"] == 0 for s in systems["c"]["scores"] if s["metric"] == "lengths")
    assert {term["term"] for term in result["terms"]} == {"council"}
    assert any(c["metric"] == "lengths" and c["p_value"] is not None for c in result["comparisons"])
    assert "Lengths ↓" in (texts / "out" / "report.md").read_text()


@pytest.mark.parametrize("plugin", [True, False])
def test_a_saved_result_needs_the_plugin_only_for_a_test(texts: Path, plugin: bool) -> None:
    given = ("--plugin", FILE) if plugin else ()
    old, new = str(texts / "out" / "result.json"), str(texts / "out" / "result.json")
    done = evalkit(texts, "compare", old, "--fail-under", "lengths=50", "--paired-ar-n", "200", *given)
    assert done.returncode == 0, done.stderr
    assert ("name its file with --plugin" in done.stderr) is not plugin
    done = evalkit(texts, "compare", old, new, "-f", "json", *given)
    assert done.returncode == 0, done.stderr
    changes = json.loads(done.stdout)["gate"]["changes"]
    tested = {c["metric"] for change in changes for c in change["scores"] if c["p_value"] is not None}
    assert ("lengths" in tested) is plugin
    done = evalkit(texts, "report", new, "-f", "sarif")
    (rule,) = [r for r in json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"] if r["id"] == "loud"]
    assert rule["shortDescription"]["text"] == "A sentence shouts."


def test_the_other_commands(texts: Path) -> None:
    done = evalkit(texts, "check", "a.txt", "-r", "ref.txt", "--terms", "t.list", "--plugin", FILE, "-o", "found.list2")
    assert done.returncode == 0, done.stderr
    assert (texts / "found.list2").read_text().startswith(f"a,{LOUD},")
    done = evalkit(
        texts, "align", "c.up", "-r", "ref.txt", "--align", "in-order", "--plugin", FILE, "-f", "alignment-tsv"
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > SENTENCES
    done = evalkit(texts, "explain", "loud", "--plugin", FILE)
    assert "A sentence shouts." in done.stdout
    done = evalkit(texts, "terms", "convert", "t.list", "--plugin", FILE, "-o", "t.yaml")
    assert done.returncode == 0, done.stderr


def test_two_files_of_one_stem_are_two_plugins(tmp_path: Path) -> None:
    for folder, name in (("one", "mine"), ("two", "yours")):
        (tmp_path / folder).mkdir()
        text = Path(FILE).read_text(encoding="utf-8").replace('"loud"', f'"{name}"').replace('"upside"', f'"{name}"')
        for other in ("lengths", "rows", "in-order", "sheet", "plain"):
            text = text.replace(f'"{other}"', f'"{name}"')
        (tmp_path / folder / "plugin.py").write_text(text)
    done = evalkit(tmp_path, "plugins", "--plugin", "one/plugin.py", "--plugin", "two/plugin.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n  mine\n") == done.stdout.count("\n  yours\n") == 7


@pytest.mark.parametrize("name", ["x.ods", "x.docx", "x.jsonl"])
def test_an_ending_no_format_claims_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("One.\n")
    done = evalkit(tmp_path, "score", "a.txt", "-r", "a.txt", "-o", name)
    assert done.returncode == 2
    assert "no format writes" in done.stderr
    assert not (tmp_path / name).exists()

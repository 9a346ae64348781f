"""The notebook of the documentation runs, and prints what it shows. EVALKIT_UPDATE_GOLDEN=1 renews its outputs."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

import pytest

import evalkit

pytestmark = pytest.mark.slow


def test_the_notebook_prints_what_it_shows(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="NOT TESTED: pandas is not installed")
    path = root / "docs" / "examples" / "notebook.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    renewed = False
    for cell in (c for c in notebook["cells"] if c["cell_type"] == "code"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec("".join(cell["source"]), namespace)  # the project's own file
        lines = printed.getvalue().splitlines(keepends=True)
        outputs = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
        if os.environ.get("EVALKIT_UPDATE_GOLDEN"):
            renewed = renewed or cell["outputs"] != outputs
            cell["outputs"] = outputs
        assert cell["outputs"] == outputs, "".join(cell["source"])
    if renewed:
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def test_a_cell_shows_a_result_as_a_table() -> None:
    result = evalkit.score(evalkit.Lines(["Good day."]), evalkit.Lines(["Good day."]), metrics=["chrf"])
    assert "<table>" in result._repr_html_()

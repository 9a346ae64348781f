"""What is looked at before the server takes an address."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from evalkit.errors import InputError
from evalkit.records.json import write
from evalkit.serve.limits import Settings
from evalkit.serve.start import opened, serve
from tests.results import small_result


def test_a_wrong_file_is_said_before_an_address_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = Settings(data=tmp_path / "data", port=taken.getsockname()[1])
        with pytest.raises(InputError, match="no such file"):
            serve(settings, str(tmp_path / "none.json"))
    assert not list(tmp_path.iterdir())


def _job(what: Path, data: Path) -> tuple[str, str]:
    store, page = opened(str(what), data)
    job = store.get(page.rpartition("/")[2])
    assert job
    return job.kind, job.lang


def test_a_projects_page_says_its_own_kind_and_language(tmp_path: Path) -> None:
    config = tmp_path / "evalkit.toml"
    config.write_text('lang = "de"\n[[candidate]]\npath = "a.txt"\nkind = "summary"\n', encoding="utf-8")
    assert _job(config, tmp_path / "data") == ("summary", "de")
    config.write_text('[[candidate]]\npath = "a"\nkind = "report"\n[[candidate]]\npath = "b"\n', encoding="utf-8")
    assert _job(config, tmp_path / "data") == ("report and translation", "en")  # the job is known: it follows


def test_a_results_page_says_the_results_kind_and_language(tmp_path: Path) -> None:
    result = small_result()
    write(replace(result, systems=tuple(replace(s, kind="summary") for s in result.systems)), tmp_path / "r.json")
    assert _job(tmp_path / "r.json", tmp_path / "data") == ("summary", result.systems[0].lang)


@pytest.mark.slow
def test_the_command_of_the_image_starts_the_application(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("starlette", reason="NOT TESTED: the extra `web` is not installed")
    text = (root / "docs" / "examples" / "serve" / "Dockerfile").read_text(encoding="utf-8")
    command = re.search(r"^CMD (\[.*\])$", text, re.MULTILINE)
    assert command
    line = [part.replace("/data", str(tmp_path)).replace("8765", "0") for part in json.loads(command[1])]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    given = {**os.environ, "PATH": path, "EVALKIT_TOKEN": "0123456789abcdef", "EVALKIT_NAME": "evalkit.example.org"}
    log = tmp_path / "log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(line, stderr=out, stdout=out, env=given)
    try:
        end = time.monotonic() + 60
        while "Ctrl+C" not in log.read_text(encoding="utf-8") and process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        assert "evalkit is at http://0.0.0.0:" in log.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()

"""What is looked at before the server takes an address."""

from __future__ import annotations

import socket
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

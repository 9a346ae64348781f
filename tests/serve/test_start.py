"""What is looked at before the server takes an address."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from evalkit.errors import InputError
from evalkit.serve.limits import Settings
from evalkit.serve.start import serve


def test_a_wrong_file_is_said_before_an_address_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = Settings(data=tmp_path / "data", port=taken.getsockname()[1])
        with pytest.raises(InputError, match="no such file"):
            serve(settings, str(tmp_path / "none.json"))
    assert not list(tmp_path.iterdir())

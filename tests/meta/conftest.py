"""The command line as a user calls it."""

from tests.cli.conftest import run

__all__ = ["run"]

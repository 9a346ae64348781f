"""The pytest plug-in: `*.terms.yaml` files are tests, and the fixture `evalkit` for tests in Python.

Loaded with pytest in every project that has evalkit installed, so nothing of evalkit is imported here
before a terms file is collected or the fixture is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evalkit.termtests import Checked

SUFFIX = ".terms.yaml"
UPDATE_REASON = "known when recorded; say here why it is put up with"
_UPDATED = pytest.StashKey[dict[str, list[str]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--evalkit-config` and `--evalkit-update`."""
    group = parser.getgroup("evalkit", "terminology tests of evalkit")
    group.addoption("--evalkit-config", default="", metavar="FILE", help="configuration whose systems tests may name")
    group.addoption(
        "--evalkit-update", action="store_true", help="record today's findings in *.terms.yaml files as accepted"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file named `*.terms.yaml` is a collector of term tests."""
    if file_path.name.endswith(SUFFIX):
        return TermsFile.from_parent(parent, path=file_path)
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Several processes must not rewrite one file."""
    if config.getoption("--evalkit-update") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--evalkit-update rewrites files: run it without -n")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Shows what an update has changed in each file."""
    for path, changed in config.stash.get(_UPDATED, {}).items():
        terminalreporter.write_line(f"evalkit: {path}: {'accepted findings changed' if changed else 'nothing new'}")
        for line in changed:
            terminalreporter.write_line(f"  {line}")


class TermsFile(pytest.File):
    """One item for every candidate and term; the candidates are evaluated once, when the first item runs."""

    _checked: dict[tuple[str, str], Checked] | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """The items; a file that makes no sense is one error with file and line."""
        from evalkit import termtests
        from evalkit.errors import EvalkitError, nearest

        try:
            tests = termtests.read(self.path)
            base = termtests.entries(tests, self.path)
            config = termtests.known_config(self.config.getoption("--evalkit-config"))
            names = termtests.candidate_names(tests, self.path, config)
        except EvalkitError as problem:
            raise self.CollectError(str(problem)) from None
        titles = [*(t.term for t in base.terms), *(n.name for n in base.names)]
        if not titles:
            raise self.CollectError(f"{self.path}: nothing to test; name a `termbase`, or write `terms` or `names`")
        for accepted in tests.accepted:
            for what, value, known in (("candidate", accepted.candidate, names), ("term", accepted.term, titles)):
                if value not in known:
                    hint = nearest(value, known)
                    raise self.CollectError(f"{self.path}: `accepted` names the {what} {value!r}, not tested{hint}")
        for candidate in names:
            for title in titles:
                yield TermItem.from_parent(self, name=f"{candidate}::{title}", candidate=candidate, term=title)

    def checked(self) -> dict[tuple[str, str], Checked]:
        """What was found, by candidate and term."""
        if self._checked is None:
            from evalkit import termtests

            tests = termtests.read(self.path)
            config = termtests.known_config(self.config.getoption("--evalkit-config"))
            self._checked = {(c.candidate, c.term): c for c in termtests.run(self.path, tests, config)}
            if self.config.getoption("--evalkit-update"):
                now = termtests.accepted_now(self._checked.values(), UPDATE_REASON)
                changed = [f"+ {a.term}: {a.found!r}" for a in now if a not in tests.accepted]
                changed += [f"- {a.term}: {a.found!r}" for a in tests.accepted if a not in now]
                self.config.stash.setdefault(_UPDATED, {})[str(self.path)] = changed
                termtests.update(self.path, now)
        return self._checked

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """A file that cannot be used: the message alone."""
        if excinfo.errisinstance(self.CollectError):
            return str(excinfo.value.args[0])
        return super().repr_failure(excinfo)


class TermError(Exception):
    """A term is not rendered as it should be; the message is the report."""


class TermItem(pytest.Item):
    """One term in one candidate."""

    def __init__(self, *, candidate: str, term: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.candidate, self.term = candidate, term

    def runtest(self) -> None:
        """Fails on a finding that nothing accepts; accepted ones are an expected failure."""
        from evalkit import termtests

        parent = self.parent
        assert isinstance(parent, TermsFile)  # noqa: S101  an item's parent is the file that made it
        checked = parent.checked()[self.candidate, self.term]
        if checked.new and not self.config.getoption("--evalkit-update"):
            raise TermError(termtests.explain(checked))
        if checked.known:
            pytest.xfail("; ".join(dict.fromkeys(f"{f.text!r}: {a.reason}" for f, a in checked.known)))
        if not checked.tested:
            pytest.skip("the term occurs neither in the candidate nor in the reference")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report of a term, or the usual one."""
        from evalkit.errors import EvalkitError

        if isinstance(excinfo.value, (TermError, EvalkitError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        return self.path, None, f"{self.candidate}::{self.term}"


class Evalkit:
    """What the fixture gives: `score`, `check`, and `result` of a configuration."""

    def __init__(self, config: str) -> None:
        self._config = config

    def score(self, *args: Any, **kwargs: Any) -> Any:
        """`evalkit.score`."""
        import evalkit

        return evalkit.score(*args, **kwargs)

    def check(self, *args: Any, **kwargs: Any) -> Any:
        """`evalkit.check`."""
        import evalkit

        return evalkit.check(*args, **kwargs)

    def result(self, config: str | Path = "") -> Any:
        """The evaluation of a configuration: the one named, `--evalkit-config`, or `evalkit.toml`."""
        import evalkit

        settings, folder = evalkit.load_config(config or self._config or "evalkit.toml")
        return evalkit.evaluate(settings, folder=folder)


@pytest.fixture
def evalkit(request: pytest.FixtureRequest) -> Evalkit:
    """Evaluations from a test: `evalkit.score(...)`, `evalkit.check(...)`, `evalkit.result(config)`."""
    return Evalkit(str(request.config.getoption("--evalkit-config")))

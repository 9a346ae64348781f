"""The pytest plug-in: `*.terms.yaml` files are tests, and the fixture `evalkit` for tests in Python.

Loaded with pytest in every project that has evalkit installed, so nothing of evalkit is imported here
before a terms file is collected or the fixture is used.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evalkit.termtests.file import TermTests
    from evalkit.termtests.judge import Checked

SUFFIX = ".terms.yaml"
UPDATE_REASON = "known when recorded; say here why it is put up with"
_UPDATES = pytest.StashKey[dict["TermsFile", list["Checked"]]]()


class StaleAcceptedWarning(pytest.PytestWarning):
    """An accepted wrong form that no longer occurs: its entry can go."""


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
    """Shows what an update changes in each file, then changes it. Terms that did not run stay as they are. A file that
    cannot be changed stays as it is, and the run has failed."""
    problems = []
    for file, checked in config.stash.get(_UPDATES, {}).items():
        from evalkit.errors import EvalkitError
        from evalkit.termtests import accepted as termaccepted

        before = file.tests().accepted
        now = termaccepted.accepted_now(checked, before, UPDATE_REASON)
        changed = termaccepted.differences(before, now)
        verdict = "accepted findings changed" if changed else "nothing new"
        terminalreporter.write_line(f"evalkit: {_from_here(file.path)}: {verdict}")
        for line in changed:
            terminalreporter.write_line(f"  {line}")
        try:
            if changed:
                termaccepted.update(file.path, before, now)
        except EvalkitError as problem:
            problems.append(_from_here(problem))
    if problems:
        from evalkit.text.visible import told

        pytest.exit(told("\n".join(problems)), returncode=pytest.ExitCode.USAGE_ERROR)


class TermsFile(pytest.File):
    """The candidates of one file; each is evaluated once, when its first item runs."""

    _tests: TermTests | None = None
    _checked: dict[tuple[str, str], Checked] | None = None

    def tests(self) -> TermTests:
        """What the file says."""
        if self._tests is None:
            from evalkit.termtests import file as termtests

            self._tests = termtests.read(self.path)
        return self._tests

    def collect(self) -> Iterator[pytest.Collector]:
        """The candidates; a file that makes no sense is one error with file and line."""
        from evalkit.errors import EvalkitError
        from evalkit.records.checked_entries import title_of
        from evalkit.termtests import file as termtests

        try:
            config = termtests.known_config(self.config.getoption("--evalkit-config"))
            names = termtests.candidate_names(self.tests(), self.path, config)
            base = termtests.entries(self.path, self.tests())
            titles = [title_of(entry) for entry in base.entries]
            termtests.check_accepted(self.path, self.tests(), names, titles)
        except EvalkitError as problem:
            raise self.CollectError(_from_here(problem)) from None
        for name, id_ in zip(names, _named(names), strict=True):
            yield Candidate.from_parent(self, name=id_, candidate=name, terms=tuple(titles))

    def checked(self) -> dict[tuple[str, str], Checked]:
        """What was found, by candidate and term."""
        if self._checked is None:
            from evalkit.termtests import file as termtests

            config = termtests.known_config(self.config.getoption("--evalkit-config"))
            self._checked = {(c.candidate, c.term): c for c in termtests.run(self.path, self.tests(), config)}
        return self._checked

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """A file that cannot be used: the message alone."""
        if excinfo.errisinstance(self.CollectError):
            from evalkit.text.visible import told

            return told(str(excinfo.value.args[0]))
        return super().repr_failure(excinfo)


class Candidate(pytest.Collector):
    """One candidate: an item for every term."""

    def __init__(self, *, candidate: str, terms: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.candidate = candidate
        self.terms = terms

    def collect(self) -> Iterator[pytest.Item]:
        """The items, in the order of the lists."""
        for term, id_ in zip(self.terms, _named(self.terms), strict=True):
            yield TermItem.from_parent(self, name=id_, term=term)


def _named(names: Sequence[str]) -> list[str]:
    """Names as parts of tests', which pytest prints as they are, parted by `::`; where two become one, that which had
    to be changed has a number behind it."""
    from evalkit.text.visible import visible

    plain = [re.sub(":{2,}", ":", visible(name)) for name in names]
    taken = {id_ for name, id_ in zip(names, plain, strict=True) if name == id_}
    made = []
    for name, id_ in zip(names, plain, strict=True):
        numbered = (id_ if number == 1 else f"{id_} ({number})" for number in count(1))
        made.append(id_ if name == id_ else next(each for each in numbered if each not in taken))
        taken.add(made[-1])
    return made


def _from_here(message: object) -> str:
    """A message with the paths below the current folder written from there."""
    return str(message).replace(f"{Path.cwd()}{os.sep}", "")


class TermError(Exception):
    """A term is not rendered as it should be; the message is the report."""


class TermItem(pytest.Item):
    """One term in one candidate."""

    def __init__(self, *, term: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.term = term

    def runtest(self) -> None:
        """Fails on a finding that nothing accepts; accepted ones are an expected failure."""
        from evalkit.termtests.judge import explain
        from evalkit.text.visible import visible

        candidate, file = self.getparent(Candidate), self.getparent(TermsFile)
        assert candidate is not None and file is not None  # noqa: S101, PT018  the collectors that made it
        checked = file.checked()[candidate.candidate, self.term]
        if self.config.getoption("--evalkit-update"):
            self.config.stash.setdefault(_UPDATES, {}).setdefault(file, []).append(checked)
        else:
            for accepted in checked.stale:
                what = f"{accepted.found!r} is accepted for {self.term!r} in {candidate.candidate} and no longer there"
                self.warn(StaleAcceptedWarning(f"{visible(what)}: remove the entry, or run pytest --evalkit-update"))
            if checked.new:
                raise TermError(explain(checked))
        if checked.known:
            pytest.xfail("; ".join(dict.fromkeys(_accepted(f.text, a.reason, a.until) for f, a in checked.known)))
        if not checked.tested:
            pytest.skip("the term occurs neither in the candidate nor in the reference")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report of a term, or the usual one."""
        from evalkit.errors import EvalkitError
        from evalkit.text.visible import told

        if isinstance(excinfo.value, (TermError, EvalkitError)):
            return told(str(excinfo.value))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        return self.path, 0, f"{self.parent.name if self.parent else ''}::{self.name}"


def _accepted(text: str, reason: str, until: object) -> str:
    from evalkit.text.visible import visible

    return visible(f"{text!r}: {reason}" + (f" (accepted until {until})" if until else ""))


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
    """Evaluations from a test: `evalkit.score(...)`, `evalkit.check(...)`, `evalkit.records.result(config)`."""
    return Evalkit(str(request.config.getoption("--evalkit-config")))

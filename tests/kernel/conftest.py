"""The kernel for these tests: the installed one, or one built for the session with the system's compiler."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalkit.kernel import native


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> native.Kernel | None:
    """The kernel beside the sources, or else one built now; None where there is no compiler."""
    kernel = native.open_kernel(Path(native.__file__).parent / native.FILE)
    if kernel or not shutil.which("cc"):
        return kernel
    path = tmp_path_factory.mktemp("kernel") / native.FILE
    sources = sorted(map(str, (root / "evalkit/kernel/c").glob("*.c")))
    flags = ["-std=c11", "-O3", "-ffp-contract=off", "-fPIC", "-shared"]
    subprocess.run(["cc", *flags, *sources, "-lm", "-o", str(path)], check=True)
    return native.open_kernel(path)


@pytest.fixture(autouse=True)
def kernel(built: native.Kernel | None) -> Iterator[native.Kernel]:
    """The kernel switched on, whatever the environment says; skips where there is none."""
    if built is None:
        pytest.skip("NOT TESTED: the kernel is not built and there is no `cc`; run `pip install -e .` with a compiler")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("EVALKIT_KERNEL", raising=False)
        patch.setattr(native, "_load", lambda: built)
        yield built

"""setuptools as the build backend, with a C compiler from the package index for those who ask for one.

`pip install .` asks this module what the build needs. With a C compiler on the path that is nothing more. Without one
the kernel is left out and libraries count, unless EVALKIT_ZIG=1 is set: then it is `ziglang`, whose `zig cc` compiles
C, if the index has it. Nobody gets a compiler from elsewhere who has not asked for it.
"""

from __future__ import annotations

import compileall
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    build_sdist,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

PACKAGE = "evalkit"
ZIG = "ziglang==0.15.2"  # one version: what it compiles is the same everywhere
# zig knows flags of gcc's that builds of Python record, but not all of them; it needs none.
_CLEARED = {"CFLAGS": "", "CPPFLAGS": "", "LDFLAGS": ""}


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """What pip has to install before it builds a wheel."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *compiler_wanted()]


def get_requires_for_build_editable(config_settings: Any = None) -> list[str]:
    """The same before an editable install."""
    return [*build_meta.get_requires_for_build_editable(config_settings), *compiler_wanted()]


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """Builds the wheel; its file name."""
    use_zig()
    return str(build_meta.build_wheel(wheel_directory, config_settings, metadata_directory))


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """Builds the wheel of an editable install; its file name.

    pip compiles the modules it copies, but not those of an editable install. Where Python may not write bytecode
    itself (PYTHONDONTWRITEBYTECODE, a read-only tree) every start would compile all of evalkit again, which takes
    longer than to score; so they are compiled here.
    """
    use_zig()
    compileall.compile_dir(PACKAGE, quiet=2)
    return str(build_meta.build_editable(wheel_directory, config_settings, metadata_directory))


def has_compiler() -> bool:
    """Whether the C compiler that setuptools would call is there. On Windows setuptools looks for one itself."""
    if os.name == "nt":
        return True
    command = os.environ.get("CC", "").strip() or sysconfig.get_config_var("CC") or "cc"
    try:
        program = shlex.split(command)[0]
    except ValueError:  # a quotation mark without its partner: setuptools will say so, and leave the kernel out
        return True
    return shutil.which(program) is not None


def compiler_wanted() -> list[str]:
    """zig as a requirement where it was asked for, there is no compiler and the index can give it."""
    if has_compiler():
        return []
    if os.environ.get("EVALKIT_ZIG") != "1":
        print(
            "evalkit: no C compiler here; libraries will count, slower. EVALKIT_ZIG=1 takes one from the package index"
        )
        return []
    if not _index_has_zig():
        print("evalkit: there is no C compiler here and none to be had from the package index; libraries will count")
        return []
    return [ZIG]


def use_zig() -> None:
    """Makes `zig cc` the compiler of this build where there is no other and it was installed for it."""
    if has_compiler() or importlib.util.find_spec("ziglang") is None:
        return
    command = f"{shlex.quote(sys.executable)} -m ziglang cc"
    os.environ.update({**_CLEARED, "CC": command, "LDSHARED": f"{command} -shared"})


def _index_has_zig() -> bool:
    """Whether pip finds zig where it has been told to look; nothing is installed."""
    ask = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-deps", "--only-binary=:all:", ZIG]
    # pip hides the packages of its own environment from a build, and itself with them: ask the interpreter alone.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    try:
        return subprocess.run(ask, env=environment, capture_output=True, timeout=600, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False

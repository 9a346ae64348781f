"""Builds the scoring kernel, a plain shared library without Python in it. Everything else is in pyproject.toml.

The kernel is optional: where there is no C compiler, or it fails, evalkit installs and works without, slower.
"""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_ext import build_ext

SOURCES = "evalkit/kernel/c"
# No fused multiply-add: it would round once where sacrebleu rounds twice.
FLAGS = {"unix": ["-std=c11", "-O3", "-ffp-contract=off", "-fvisibility=hidden"], "msvc": ["/O2", "/fp:precise"]}


class BuildKernel(build_ext):
    """A shared library under a name that says nothing of the Python version, since it fits any."""

    def get_ext_filename(self, fullname: str) -> str:
        suffix = ".dll" if sys.platform == "win32" else ".so"
        return str(Path(*fullname.split("."))) + suffix

    def get_export_symbols(self, ext: Extension) -> list[str]:  # noqa: ARG002 - setuptools' signature
        return []

    def run(self) -> None:
        try:
            super().run()
        except Exception as problem:  # whatever a tool chain may raise: the install goes on
            self._skip(problem)

    def build_extension(self, ext: Extension) -> None:
        ext.extra_compile_args = FLAGS.get(self.compiler.compiler_type, [])
        try:
            super().build_extension(ext)
        except Exception as problem:  # the same for one compiler or linker: said in a line, and left out
            self._skip(problem)

    def _skip(self, problem: Exception) -> None:
        print(f"evalkit: the scoring kernel was not built ({problem}); everything works, but scores take longer")


class AnyPython(bdist_wheel):
    """A wheel for one platform and every Python 3: the kernel knows nothing of Python."""

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


setup(
    ext_modules=[
        Extension(
            "evalkit.kernel._kernel",
            sources=sorted(path.as_posix() for path in Path(SOURCES).glob("*.c")),
            libraries=[] if sys.platform == "win32" else ["m"],
            depends=sorted(path.as_posix() for path in Path(SOURCES).glob("*.h")),
            optional=True,
        )
    ],
    cmdclass={"build_ext": BuildKernel, "bdist_wheel": AnyPython},
)

"""Builds a wheel `py3-none-PLATFORM` and tests it where there is no compiler.

Usage: python install/make_wheel.py [FOLDER]        (FOLDER of the wheel, by default `dist`)

The wheel is installed into an environment of its own whose path has nothing but that environment; then texts are
scored by the installed program, outside the repository, and the kernel must be what counts.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"mt_evalkit-[^-]+-py3-none-(?!any)[^-]+\.whl")
_WANTED = (
    r"evalkit/kernel/_kernel\.(so|dll)",
    r"evalkit/records/schema/result\.json",
    r".*/licenses/LICENSE",
    r"evalkit/py\.typed",
)
PROBE = "from evalkit.kernel import native; print('kernel' if native.load() else 'no kernel')"


def main(folder: Path) -> None:
    """Builds, looks into the wheel, installs it and scores two lines."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(work), str(ROOT)]
        subprocess.run(build, check=True)
        (built,) = work.glob("*.whl")
        check_content(built)
        check_installed(built, work / "env")
        wheel = built.replace(folder / built.name)
    print(f"{wheel}: built, holds the kernel, works without a compiler")


def check_content(wheel: Path) -> None:
    """The name says any Python 3 of one platform; kernel, its sources' licence and the data files are inside."""
    if not NAME.fullmatch(wheel.name):
        sys.exit(f"{wheel.name}: the name is not that of a wheel for any Python 3 of one platform")
    names = zipfile.ZipFile(wheel).namelist()
    wanted = (
        r"evalkit/kernel/_kernel\.(so|dll)",
        r"evalkit/records/schema/result\.json",
        r".*/licenses/LICENSE",
        r"evalkit/py\.typed",
    )
    for pattern in wanted:
        if not any(re.fullmatch(pattern, name) for name in names):
            sys.exit(f"{wheel.name}: nothing in it is called {pattern}")
    for name in names:
        if not re.match(r"evalkit/|mt_evalkit-[^/]+\.dist-info/", name):
            sys.exit(f"{wheel.name}: {name} does not belong into it")


def check_installed(wheel: Path, environment: Path) -> None:
    """Installs the wheel and scores with it; nothing else is on the path."""
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    bare = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "CC", "EVALKIT_KERNEL")}
    bare |= {"PATH": str(programs), "EVALKIT_CACHE": "off"}

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=environment, env=bare, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    python = str(programs / "python")
    run(python, "-m", "pip", "install", "--quiet", str(wheel))
    run(python, "-m", "pip", "check")
    if run(python, "-c", PROBE).strip() != "kernel":
        sys.exit(f"{wheel.name}: installed, but the kernel does not load")
    text = "The cat sat on the mat.\nNobody came to the party in the old town.\n"
    (environment / "a.txt").write_text(text, encoding="utf-8")
    command = [str(programs / "evalkit"), "score", "a.txt", "-r", "a.txt", "-m", "bleu,chrf,ter,wer", "--score-only"]
    if run(*command).split() != ["100.00", "100.00", "0.00", "0.00"]:
        sys.exit(f"{wheel.name}: a text does not score best against itself")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))

"""Text for LaTeX."""

from __future__ import annotations

from evalkit.text.visible import visible

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "-": "{-}", "'": "{'}",
    "↑": r"$\uparrow$", "↓": r"$\downarrow$", "…": r"\dots{}", "⟨": r"\textless{}", "⟩": r"\textgreater{}",
    "⏎": r"\textbackslash{}n", "⇥": r"\textbackslash{}t", "␍": r"\textbackslash{}r",
    "[": "{[}", "]": "{]}", "–": "--",
}  # fmt: skip


def escape(text: str) -> str:
    """Text that LaTeX sets as it reads; hidden characters are shown by their number."""
    return "".join(_SPECIAL.get(char, char) for char in visible(text))

"""Small edits of YAML text: what is not touched stays letter for letter, comments and order too.

An edit is placed by the marks of the parsed file, and the caller reads the new text again to check it.
"""

from __future__ import annotations

from typing import Any

from evalkit.errors import InputError

_WIDTH = 110  # columns, as the lists are written


class YamlText:
    """A YAML file's text with its nodes; every edit gives a new text."""

    def __init__(self, text: str, path: str) -> None:
        import yaml

        self.text, self._path = text, path
        self.newline = "\r\n" if "\r\n" in text else "\n"
        try:
            self.root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as problem:
            raise InputError(f"{path}: not valid YAML: {' '.join(str(problem).split())}") from None

    def value(self, node: Any, key: str) -> Any:
        """The node of a key of a table, or None."""
        if node is None or not isinstance(node.value, list):
            return None
        return next((v for k, v in (i for i in node.value if isinstance(i, tuple)) if k.value == key), None)

    def append_block(self, key: str, lines: list[str]) -> str:
        """`lines` (unindented, the first with its dash) as a new last item of the list under a top key."""
        listed = self.value(self.root, key)
        if listed is None or not isinstance(listed.value, list):
            return self._new_list(key, listed, lines)
        if listed.flow_style and not listed.value:
            return self._cut(listed.start_mark.index, listed.end_mark.index, self._block("", lines, "  "))
        if listed.flow_style:
            return ""  # a list in brackets: the caller says so
        indent = " " * listed.value[0].start_mark.column
        indent = indent[:-2] if len(indent) >= 2 else ""
        at = self._line_end(last(listed))
        between = self.newline if self._spaced(listed) else ""
        return self._cut(at, at, f"{between}{self._block('', lines, indent)}")

    def append_to(self, listed: Any, form: str) -> str:
        """A scalar (already in YAML) as the last item of a list in brackets or in lines."""
        if not listed.value:
            return self._cut(listed.start_mark.index, listed.end_mark.index, f"[{form}]")
        final = last(listed.value[-1])
        if not listed.flow_style:
            at = self._line_end(final)
            indent = self.text[self.text.rfind("\n", 0, listed.value[-1].start_mark.index) + 1 :].partition("-")[0]
            return self._cut(at, at, f"{self.newline}{indent}- {form}")
        at = final.end_mark.index
        column = at - (self.text.rfind("\n", 0, at) + 1)
        indent = " " * (listed.start_mark.column + 1)
        gap = f",{self.newline}{indent}" if column + len(form) + 2 > _WIDTH else ", "
        return self._cut(at, at, f"{gap}{form}")

    def add_key(self, table: Any, pair: str) -> str:
        """`key: value` (in YAML) as a new key of a table, after its first one."""
        key, value = table.value[0]
        if table.flow_style:
            at = last(table.value[-1][1]).end_mark.index
            at = max(at, table.value[-1][1].end_mark.index)
            return self._cut(at, at, f", {pair}")
        at = self._line_end(last(value))
        return self._cut(at, at, f"{self.newline}{' ' * key.start_mark.column}{pair}")

    def replace(self, node: Any, scalar: str) -> str:
        """Another scalar in the place of one; what stands behind it keeps its line."""
        end = self._line_end(node) if node.style in ("|", ">") else node.end_mark.index
        return self._cut(node.start_mark.index, end, scalar)

    def remove_item(self, listed: Any, number: int) -> str:
        """The text without one item of a list that stands in lines, or without the whole key where it is the last."""
        item = listed.value[number]
        start = self.text.rfind("\n", 0, item.start_mark.index) + 1
        end = self._line_end(last(item))
        return self.text[:start] + self.text[end:].removeprefix("\r").removeprefix("\n")

    def remove_key(self, key: str) -> str:
        """The text without a top key and its value."""
        name, value = next((k, v) for k, v in self.root.value if k.value == key)
        end = self._line_end(last(value))
        return self.text[: name.start_mark.index] + self.text[end:].removeprefix("\r").removeprefix("\n")

    def _new_list(self, key: str, listed: Any, lines: list[str]) -> str:
        """A list under a key that is not there yet, or is there and empty (`terms:`)."""
        if listed is not None:
            at = self._line_end(listed)
            return self._cut(at, at, self._block("", lines, "  "))
        body = self.text.rstrip("\r\n")
        lead = body + self.newline if body else ""
        return lead + f"{key}:{self._block('', lines, '  ')}{self.newline}"

    def _block(self, lead: str, lines: list[str], indent: str) -> str:
        return lead + "".join(f"{self.newline}{indent}{line}" for line in lines)

    def _spaced(self, listed: Any) -> bool:
        """True where a blank line stands between the last two items."""
        if len(listed.value) < 2:
            return False
        between = self.text[last(listed.value[-2]).end_mark.index : listed.value[-1].start_mark.index]
        return any(not line.strip() for line in between.split("\n")[1:-1])

    def _line_end(self, node: Any) -> int:
        """The end of the line a scalar ends in, before its line break."""
        at = node.end_mark.index
        if node.end_mark.column == 0 and at > node.start_mark.index:  # a block text ends where the next line begins
            at -= 1
            while at > 0 and self.text[at - 1] in "\r\n":
                at -= 1
            return int(at)
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - (1 if self.text[end - 1 : end] == "\r" else 0)

    def _cut(self, start: int, end: int, new: str) -> str:
        text = self.text[:start] + new + self.text[end:]
        return text if text.endswith("\n") else text + self.newline


def last(node: Any) -> Any:
    """The node in which the text of a node ends: its last scalar or closing bracket."""
    while isinstance(node.value, list) and node.value and not node.flow_style:
        item = node.value[-1]
        node = item[1] if isinstance(item, tuple) else item
    return node

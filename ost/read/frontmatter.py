"""Front matter: the YAML between two lines `---`, with the place of every key and value.

The only door to PyYAML. Nothing here raises because of what a file says.
"""

import re
from itertools import pairwise

import yaml
from msgspec import Struct

from ost.read.diagnostic import Diagnostic
from ost.read.document import Field
from ost.read.place import Lines, Place
from ost.read.value import Mapping, Scalar, Sequence, Value

UNREADABLE = "OST001"
DUPLICATE_KEY = "OST009"
ALIAS_BOMB = "OST014"
UNCLOSED = "OST017"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIMIT = 10_000
_KEY = re.compile(r"[A-Za-z_][\w -]*:(?=\s|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


class FrontMatter(Struct, frozen=True):
    """Fields in the order written, where the body starts, and what was wrong."""

    fields: tuple[Field, ...]
    body: int
    diagnostics: tuple[Diagnostic, ...]
    at: Place


def read(lines: Lines) -> FrontMatter | None:
    """The front matter of a text, or None when it has none."""
    text = lines.text
    first = text.find("\n")
    if text[: first if first >= 0 else len(text)].rstrip() != "---":
        return None
    if first < 0:
        first = len(text) - 1
    start = first + 1
    found: list[Diagnostic] = []
    position = start
    while position < len(text):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        if text[position:stop].rstrip() in ("---", "..."):
            end, body = position, min(stop + 1, len(text))
            break
        position = stop + 1
    else:
        end = body = _end_of_keys(text, start)
        message = "the front matter that begins here never ends; a line `---` ends it"
        found.append(_remark(UNCLOSED, lines.place(0, 3), message))
    reader = _Reader(lines, found)
    fields = reader.fields(text[start:end], start)
    return FrontMatter(tuple(fields), body, tuple(found), lines.place(0, 3))


def inline(lines: Lines, start: int, end: int) -> tuple[tuple[Field, ...], tuple[Diagnostic, ...]]:
    """The fields of a `{status: candidate}` that stands at `text[start:end]`."""
    found: list[Diagnostic] = []
    fields = _Reader(lines, found).fields(lines.text[start:end], start)
    return tuple(fields), tuple(found)


def _end_of_keys(text: str, start: int) -> int:
    position = start
    while position < len(text):
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        line = text[position:stop]
        if not line.strip() or not (_KEY.match(line) or line[0] in " \t-"):
            break
        position = min(stop + 1, len(text))
    return position


def _remark(code: str, at: Place, message: str) -> Diagnostic:
    return Diagnostic(path="", at=at, code=code, message=message)


class _TooMuchError(Exception):
    """Aliases that would expand without end, or to too much."""


class _Reader:
    def __init__(self, lines: Lines, found: list[Diagnostic]) -> None:
        self.lines = lines
        self.found = found
        self.count = 0

    def fields(self, text: str, start: int) -> list[Field]:
        try:
            pairs = self._pairs(text, start)
        except yaml.YAMLError as error:
            self._unreadable(error, text, start)
            pairs = self._salvaged(text, start)
        seen: set[str] = set()
        fields: list[Field] = []
        for key, value in pairs:
            if key.text in seen:
                message = f"{key.text!r} is given twice; the first stands"
                self.found.append(_remark(DUPLICATE_KEY, key.at, message))
            else:
                seen.add(key.text)
                fields.append(Field(key.text, key.at, value))
        return fields

    def _pairs(self, text: str, start: int) -> list[tuple[Scalar, Value]]:
        clean = _CONTROL.sub(" ", text).replace("\t", " ")
        node = yaml.compose(clean, Loader=_LOADER)
        if node is None:
            return []
        if not isinstance(node, yaml.MappingNode):
            at = self._place(node, start)
            self.found.append(
                _remark(UNREADABLE, at, "front matter is keys and values; here is none")
            )
            return []
        pairs: list[tuple[Scalar, Value]] = []
        for key, value in self._merged(node):
            if not isinstance(key, yaml.ScalarNode):
                at = self._place(key, start)
                self.found.append(
                    _remark(UNREADABLE, at, "a key is a word; here stands something else")
                )
                continue
            try:
                self.count = 0
                pairs.append((self._scalar(key, start), self._value(value, start, ())))
            except _TooMuchError:
                at = self._place(value, start)
                name = str(key.value)
                message = f"the aliases (`*name`) under {name!r} expand to too much"
                self.found.append(_remark(ALIAS_BOMB, at, message))
        return pairs

    def _merged(self, node: yaml.MappingNode) -> list[tuple[yaml.Node, yaml.Node]]:
        pairs = []
        for key, value in node.value:
            if key.value == "<<" and isinstance(value, yaml.MappingNode) and value is not node:
                pairs += list(value.value)
            else:
                pairs.append((key, value))
        return pairs

    def _unreadable(self, error: yaml.YAMLError, text: str, start: int) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        index = min(mark.index if mark else 0, max(len(text) - 1, 0))
        while index > 0 and text[index : index + 1] in ("\n", ""):
            index -= 1
        problem = str(getattr(error, "problem", None) or "this is no YAML")
        at = self.lines.place(start + index, start + index + (1 if text else 0))
        self.found.append(_remark(UNREADABLE, at, f"the front matter cannot be read: {problem}"))

    def _salvaged(self, text: str, start: int) -> list[tuple[Scalar, Value]]:
        pairs: list[tuple[Scalar, Value]] = []
        kept = list(self.found)
        starts = [
            each.start()
            for each in re.finditer(r"^(?=[A-Za-z_][\w -]*:(?:\s|$))", text, re.MULTILINE)
        ]
        for begin, end in pairwise([*starts, len(text)]):
            block = text[begin:end]
            try:
                pairs += self._pairs(block, start + begin)
            except yaml.YAMLError:
                name, _, rest = block.partition(":")
                value = rest.strip()
                at = start + begin + len(name) + 1 + (len(rest) - len(rest.lstrip()))
                key_at = self.lines.place(start + begin, start + begin + len(name))
                place = self.lines.place(at, at + len(value))
                pairs.append((Scalar(name.strip(), "str", key_at), Scalar(value, "str", place)))
        self.found[:] = kept
        return pairs

    def _place(self, node: yaml.Node, start: int) -> Place:
        return self.lines.place(start + node.start_mark.index, start + node.end_mark.index)

    def _scalar(self, node: yaml.ScalarNode, start: int) -> Scalar:
        kind = str(node.tag).rsplit(":", 1)[-1]
        kind = {"timestamp": "date"}.get(kind, kind)
        if kind not in ("str", "int", "float", "bool", "null", "date"):
            kind = "str"
        return Scalar(str(node.value), kind, self._place(node, start))

    def _value(self, node: yaml.Node, start: int, above: tuple[int, ...]) -> Value:
        self.count += 1
        if self.count > _LIMIT or id(node) in above or len(above) > 50:
            raise _TooMuchError
        above = (*above, id(node))
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self._value(each, start, above) for each in node.value)
            return Sequence(items, self._place(node, start))
        if isinstance(node, yaml.MappingNode):
            pairs = tuple(
                (self._scalar(key, start), self._value(value, start, above))
                for key, value in self._merged(node)
                if isinstance(key, yaml.ScalarNode)
            )
            return Mapping(pairs, self._place(node, start))
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101  YAML has no fourth
        return self._scalar(node, start)

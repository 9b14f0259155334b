"""Reads front matter as YAML, with the place of every key and value.

The only module that imports PyYAML. No text raises an error: `ost.read.salvage` splits invalid YAML
into lines, so a bad line loses only itself.
"""

import re
from contextlib import suppress

import yaml

from ost.limits import DEEPEST_VALUE, MOST_BRACKETS, MOST_COPIES
from ost.read import fixes, salvage
from ost.read.diagnostic import Diagnostic, Fix, Severity
from ost.read.document import Field
from ost.read.place import Lines, Place
from ost.read.value import Mapping, Scalar, ScalarType, Sequence, Value

UNREADABLE = "OST001"
DUPLICATE_KEY = "OST009"
ALIAS_BOMB = "OST014"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"
_YAML = "tag:yaml.org,2002:"
_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)
_TYPES: dict[str, ScalarType] = {
    "timestamp": "date",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "null": "null",
}
_TAGS = frozenset(
    (*_TYPES, "str", "seq", "map", "merge", "binary", "set", "omap", "pairs", "value")
)

_PROPERTIES = re.compile(r"(?:[&!]\S*[\s\ufeff]+)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# The C parser recurses for each level, deep enough to crash the process.
_DEEP = re.compile(r"(?:[-?:][ \n]++){200}")


def fields(lines: Lines, start: int, end: int) -> tuple[tuple[Field, ...], tuple[Diagnostic, ...]]:
    """The fields in `text[start:end]`, and the diagnostics."""
    reader = _Reader(lines)
    return tuple(reader.fields(start, end)), tuple(reader.found)


def _diagnostic(
    code: str,
    at: Place,
    message: str,
    fix: Fix | None = None,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    return Diagnostic(path="", at=at, code=code, message=message, severity=severity, fix=fix)


class _TooMuch(Exception):  # noqa: N818 - never seen outside
    """Aliases that would expand without end, or too far."""


class _Reader:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.found: list[Diagnostic] = []
        self.seen: set[int] = set()
        self.copies = 0
        self.start = 0

    def fields(self, start: int, end: int) -> list[Field]:
        """The fields in `text[start:end]`. Of a repeated key, the first counts."""
        text = self._clean(start, end)
        self._check_tabs(start, end)
        try:
            pairs = self._top(self._compose(text, start))
        except yaml.YAMLError as error:
            pairs = self._salvage(text, start, error)
        fields: dict[str, Field] = {}
        for key, value in pairs:
            if key.text in fields:
                again = fixes.same_value(value, fields[key.text].value)
                title = f"remove the second {key.text!r}"
                self._duplicate(key, fixes.remove_key(key.at, value, title) if again else None)
            else:
                fields[key.text] = Field(key.text, key.at, value)
        return list(fields.values())

    def _clean(self, start: int, end: int) -> str:
        """The text with spaces in place of characters that YAML forbids, which are never
        intended.
        """
        text = self.lines.text[start:end]
        wrong = _CONTROL.search(text)
        if wrong:
            at = self.lines.place(start + wrong.start(), start + wrong.end())
            self._unreadable(at, f"there is a control character (0x{ord(wrong[0]):02x}) here")
            text = _CONTROL.sub(" ", text)
        return text.replace("\t", " ").replace("\ufeff", " ")

    def _check_tabs(self, start: int, end: int) -> None:
        """Warns about the first tab used as indentation. We read it as a space; other tools reject
        it.
        """
        text = _CONTROL.sub(" ", self.lines.text[start:end])
        tab = _TAB.search(text)
        if tab is None:
            return
        try:
            self._compose(text, start)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            if mark is None or mark.line != text.count("\n", 0, tab.end()):
                return
            at = self.lines.place(start + tab.end() - 1, start + tab.end())
            message = "a tab indents this line; YAML takes only spaces"
            self.found.append(_diagnostic(UNREADABLE, at, message, severity=Severity.WARNING))

    def _check_tag(self, node: yaml.Node) -> None:
        """Warns about a tag that means nothing here. The value after it is read as usual."""
        tag = str(node.tag)
        if tag.removeprefix(_YAML) in _TAGS or tag in {"!", "?"}:
            return
        start, end = self.start + node.start_mark.index, self.start + node.end_mark.index
        written = re.compile(r"!\S*").search(self.lines.text, start, end)
        if written:
            at = self.lines.place(*written.span())
            message = f"the tag {written[0]!r} means nothing here; remove it"
            self.found.append(_diagnostic(UNREADABLE, at, message, severity=Severity.WARNING))

    def _compose(self, text: str, start: int) -> yaml.Node | None:
        self.start = start
        if text.count("[") + text.count("{") > MOST_BRACKETS or _DEEP.search(text):
            raise yaml.YAMLError("the lists are nested too deeply")
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        return node

    def _top(self, node: yaml.Node | None) -> list[tuple[Scalar, Value]]:
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            self._unreadable(self._place(node), "this is a list; front matter is keys and values")
            mappings = [each for each in node.value if isinstance(each, yaml.MappingNode)]
            return [pair for each in mappings for pair in self._top(each)]
        if not isinstance(node, yaml.MappingNode):
            raise yaml.YAMLError
        pairs: list[tuple[Scalar, Value]] = []
        for key, value in self._pairs(node, ()):
            try:
                pairs.append((self._scalar(key), self._value(value, (id(node),))))
            except _TooMuch:
                message = f"the aliases (`*name`) under {key.value!r} expand to too much"
                self._alias_bomb(self._place(value), message)
            except RecursionError:
                self._unreadable(self._place(value), f"{key.value!r} has lists nested too deeply")
        return pairs

    def _pairs(
        self, node: yaml.MappingNode, above: tuple[int, ...]
    ) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Keys and values. Those merged by `<<` come last, and the mapping's own take
        precedence.
        """
        own: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
        merged_in: list[tuple[yaml.ScalarNode, yaml.Node]] = []
        for key, value in node.value:
            if key.tag == _MERGE:
                merged_in += self._merge(value, (*above, id(node)))
            elif not isinstance(key, yaml.ScalarNode):
                self._unreadable(self._place(key), "a key must be a word")
            elif key.value in own and above:
                self._duplicate(self._scalar(key))
            elif key.value in own:
                own[f"{key.value}\0{len(own)}"] = (key, value)
            else:
                own[key.value] = (key, value)
        pairs = list(own.values())
        for key, value in merged_in:
            if key.value not in own:
                own[key.value] = (key, value)
                pairs.append((key, value))
        return pairs

    def _merge(
        self, node: yaml.Node, above: tuple[int, ...]
    ) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        sources = node.value if isinstance(node, yaml.SequenceNode) else [node]
        pairs = []
        for merged in sources:
            if not isinstance(merged, yaml.MappingNode):
                self._unreadable(
                    self._place(merged), "`<<` merges keys and values, but this has none"
                )
            elif id(merged) in above or len(above) > DEEPEST_VALUE or self.copies > MOST_COPIES:
                message = "`<<` includes itself, or too much"
                self._alias_bomb(self._place(merged), message)
                break
            else:
                self.copies += len(merged.value)
                pairs += self._pairs(merged, above)
        return pairs

    def _value(self, node: yaml.Node, above: tuple[int, ...]) -> Value:
        self.copies += id(node) in self.seen
        self.seen.add(id(node))
        if self.copies > MOST_COPIES or id(node) in above:
            raise _TooMuch
        if len(above) > DEEPEST_VALUE:
            raise RecursionError
        above = (*above, id(node))
        self._check_tag(node)
        if isinstance(node, yaml.SequenceNode):
            items = self._link(node) or [self._value(each, above) for each in node.value]
            return Sequence(tuple(items), self._place(node))
        if isinstance(node, yaml.MappingNode):
            inside = tuple(
                (self._scalar(key), self._value(value, above))
                for key, value in self._pairs(node, above)
            )
            return Mapping(inside, self._place(node))
        return self._scalar(node)

    def _link(self, node: yaml.SequenceNode) -> list[Value]:
        """The contents of `[[x|one, two]]`: a list of two for YAML, but one link for
        everyone else.
        """
        inner = node.value[0] if len(node.value) == 1 else None
        if not isinstance(inner, yaml.SequenceNode) or len(inner.value) < 2:
            return []
        at = self._place(node)
        written = self.lines.cut(at)
        bar = written.find("|")
        is_link = written.startswith("[[") and written.endswith("]]") and written.count("[") == 2
        if not is_link or not 0 < bar < written.find(",") or "\n" in written:
            return []
        one = Place(at.line, at.column + 2, at.end_line, at.end_column - 2)
        outer = Place(at.line, at.column + 1, at.end_line, at.end_column - 1)
        return [Sequence((Scalar(written[2:-2].strip(), "str", one),), outer)]

    def _scalar(self, node: yaml.Node) -> Scalar:
        text, tag = str(node.value), str(node.tag)
        type_ = _TYPES.get(tag.removeprefix("tag:yaml.org,2002:"), "str")
        if type_ in ("int", "float") and ":" in text:
            type_ = "str"  # to YAML, 12:41 is a base-60 number
        return Scalar(text, type_, self._place(node))

    def _place(self, node: yaml.Node) -> Place:
        start, end = self.start + node.start_mark.index, self.start + node.end_mark.index
        text = self.lines.text
        if text[start : start + 1] in ("&", "!"):
            marked = _PROPERTIES.match(text, start, end)
            start = marked.end() if marked else start
        # YAML ends a block at the start of the next line.
        while end > start and text[end - 1] in " \t\n\r":
            end -= 1
        return self.lines.place(start, end)

    def _salvage(self, text: str, start: int, error: yaml.YAMLError) -> list[tuple[Scalar, Value]]:
        """The keys and values that can be read from invalid YAML."""
        pairs: list[tuple[Scalar, Value]] = []
        diagnostics = len(self.found)
        for begin, end in salvage.parts(text):
            try:
                pairs += self._top(self._compose(text[begin:end], start + begin))
            except yaml.YAMLError as why:
                damage = salvage.damage(text, begin, end)
                if damage:
                    at = self.lines.place(start + damage.start, start + damage.end)
                    self._unreadable(at, damage.message)
                elif "alias" not in str(why):  # its anchor may be in another part
                    self._unreadable(*self._explain(why, text[begin:end], start + begin))
                for line in salvage.lines(text, begin, end):
                    pairs.append((self._key(text, start, line.key), self._line(text, start, line)))
        if text.startswith("{"):
            for line in salvage.flow(text):
                pairs.append((self._key(text, start, line.key), self._line(text, start, line)))
        if text.startswith("{") and not text.endswith("}"):
            self._unreadable(self.lines.place(start, start + 1), "this `{` is not closed")
        if len(self.found) == diagnostics:
            self._unreadable(*self._explain(error, text, start))
        return pairs

    def _explain(self, error: yaml.YAMLError, text: str, start: int) -> tuple[Place, str]:
        """Where and why the parser failed."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = str(
            getattr(error, "problem", None) or str(error) or "keys and values are expected here"
        )
        if mark is None:
            first = len(text) - len(text.lstrip())
            stop = text.find("\n", first)
            return self.lines.place(
                start + first, start + (stop if stop >= 0 else len(text))
            ), problem
        index = min(mark.index, max(len(text) - 1, 0))
        while index > 0 and text[index] == "\n":
            index -= 1
        at = self.lines.place(start + index, start + min(index + 1, len(text)))
        return at, f"the front matter cannot be read: {problem}"

    def _key(self, text: str, start: int, span: tuple[int, int]) -> Scalar:
        written = text[slice(*span)]
        name = written.strip("\"' ")
        begin = start + span[0] + written.find(name)
        return Scalar(name, "str", self.lines.place(begin, begin + len(name)))

    def _line(self, text: str, start: int, line: salvage.SalvagedLine) -> Value:
        at = self.lines.place(start + line.value[0], start + line.value[1])
        if line.items:
            return Sequence(tuple(self._item(text, start, each) for each in line.items), at)
        if line.keys:
            inside: dict[str, tuple[Scalar, Value]] = {}
            for inner in line.keys:
                key = self._key(text, start, inner.key)
                inside.setdefault(key.text, (key, self._line(text, start, inner)))
            return Mapping(tuple(inside.values()), at)
        return self._single(text, start, line.value)

    def _item(self, text: str, start: int, span: tuple[int, int]) -> Value:
        """The value of a list item. Keys and values keep their indentation."""
        indent = span[0] - text.rfind("\n", 0, span[0]) - 1
        with suppress(yaml.YAMLError, _TooMuch, RecursionError):
            node = self._compose(" " * indent + text[slice(*span)], start + span[0] - indent)
            if isinstance(node, yaml.MappingNode):
                return self._value(node, ())
        return self._single(text, start, span)

    def _single(self, text: str, start: int, span: tuple[int, int]) -> Value:
        """A value by itself, or its words if it is not YAML."""
        written = text[slice(*span)]
        at = self.lines.place(start + span[0], start + span[1])
        if not written:
            return Scalar("", "null", at)
        with suppress(yaml.YAMLError, _TooMuch, RecursionError):
            node = self._compose(written, start + span[0])
            if node is not None and not (isinstance(node, yaml.MappingNode) and written[0] != "{"):
                return self._value(node, ())
        quoted = len(written) > 1 and written[0] == written[-1] and written[0] in "\"'"
        return Scalar(" ".join((written[1:-1] if quoted else written).split()), "str", at)

    def _alias_bomb(self, at: Place, message: str) -> None:
        """Reported once, because later errors have the same cause."""
        if all(each.code != ALIAS_BOMB for each in self.found):
            self.found.append(_diagnostic(ALIAS_BOMB, at, message))

    def _duplicate(self, key: Scalar, fix: Fix | None = None) -> None:
        message = f"{key.text!r} is given twice; the first counts"
        self.found.append(_diagnostic(DUPLICATE_KEY, key.at, message, fix))

    def _unreadable(self, at: Place, message: str) -> None:
        self.found.append(_diagnostic(UNREADABLE, at, message))

"""Reads Mermaid flowcharts and mind maps as boxes with parents."""

import re
from html import unescape

from msgspec import Struct

from ost.read.vocabulary import vocabulary
from ost.tree.model import KINDS

_SHAPES = (
    *(("(((", r"\)\)\)"), ("((", r"\)\)"), ("([", r"\]\)"), ("(", r"\)")),
    *(("[[", r"\]\]"), ("[(", r"\)\]"), ("[/", r"[/\\]\]"), ("[\\", r"[/\\]\]"), ("[", r"\]")),
    *(("{{", r"\}\}"), ("{", r"\}"), (">", r"\]")),
)
_SHAPE = re.compile(
    "|".join(rf'{re.escape(begin)}\s*(?:"[^"]*"|[^\n"]*?)\s*{end}' for begin, end in _SHAPES)
)
_TRIM = re.compile(r"^[(\[{>/\\]+\s*\"?|\"?\s*[)\]}/\\]+$")
_CLOUD = re.compile(r"\)\)?[^()\n]+\(\(?")
_NAME = re.compile(r"[^\W_][\w]*(?:[.-]\w+)*|_\w+")
_MORE = re.compile(r"@\{\s*(?P<text>[^}]*)\}")
_LABEL = re.compile(r'label:\s*(?:"([^"]*)"|([^,}\n]*))')
_CLASS = re.compile(r":::\s*([\w-]+)")
_ARROW = re.compile(
    r"\s*(?:\w+@)?(?:<|[ox](?=[-=]))?(?:"
    r"--+[->xo]|==+[=>xo]|-\.+->?|(?P<hidden>~~~+)"
    r"|--\s*(?P<solid>[^\n|>]*?[^\n|>-])\s*--+[->xo]"
    r"|==\s*(?P<thick>[^\n|>]*?[^\n|>=])\s*==+[=>xo]"
    r"|-\.\s*(?P<dotted>[^\n|>]*?[^\n|>.-])\s*\.+->?"
    r")(?:\s*\|[^|\n]*\|)?\s*"
)
_SILENT = re.compile(r"(?:classDef|style|linkStyle|click|direction|accTitle|accDescr)\b[^;\n]*")
_SUBGRAPH = re.compile(r"subgraph\b[ \t]*(?P<name>[^\s\[\n\"]*)[ \t]*(?P<words>[^\n]*)")
_ASSIGN = re.compile(r"class\s+(?P<names>[\w.,\s-]+?)\s+(?P<class>[\w-]+)[ \t]*(?=;|$)")
_BREAK = re.compile(r"<br\s*/?>|\\n|\n", re.IGNORECASE)
_ENTITY = re.compile(r"&#?\w+;|#(\d+|\w+);")
_STAND_INS = str.maketrans(
    {"\N{ONE DOT LEADER}": ".", "\N{FULLWIDTH REVERSE SOLIDUS}": "\\", "\N{ZERO WIDTH SPACE}": ""}
)
"""The characters that our own diagrams write instead of Mermaid's markup."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|\bfa[bsr]?:fa-[\w-]+\s*|::icon\([^()]*\)\s*")
_ORNAMENT = re.compile(r"[_-]?(?:node|style|class|box|s)?\d*$", re.IGNORECASE)
_SHORT = re.compile(r"[A-Z]{1,3}[-_]?\d[\d.]*[a-z]?")


class MermaidBox(Struct, kw_only=True):
    """A box: its words, its kind if the drawing names one, and the boxes above it."""

    name: str
    line: int
    words: str = ""
    kind: str = ""
    above: list[int] = []
    values: dict[str, str] = {}


class Drawing(Struct):
    """Boxes in the order in which they first occur, and lines without boxes."""

    boxes: list[MermaidBox] = []
    unread: list[tuple[int, str]] = []
    notes: list[str] = []


def flowchart(text: str, first: int) -> Drawing:
    """The boxes of a flowchart; `first` is the line where its text begins, from zero."""
    reading = _Flow(text, first)
    reading.read()
    return reading.drawing()


def mindmap(text: str, first: int) -> Drawing:
    """The boxes of a mind map, by their indentation."""
    drawing = Drawing()
    path: list[tuple[int, int]] = []
    begun = False
    for number, line in enumerate(text.split("\n"), first + 1):
        words = line.strip()
        if not words or words.startswith("::icon"):
            continue
        if not begun:
            begun = words.startswith("mindmap")
            continue
        if words.startswith(":::") and drawing.boxes:
            drawing.boxes[-1].kind = drawing.boxes[-1].kind or _class(words[3:])
            continue
        depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        while path and path[-1][0] >= depth:
            path.pop()
        box = MermaidBox(name=words, line=number, above=[path[-1][1]] if path else [])
        marked = _CLASS.search(words)
        words = _CLASS.sub("", words).strip()
        name = _NAME.match(words)
        start = name.end() if name else 0
        shape = _SHAPE.fullmatch(words) or _SHAPE.fullmatch(words, start)
        shape = shape or _CLOUD.fullmatch(words, start)
        _say(box, _TRIM.sub("", shape[0].strip("()")) if shape else words)
        box.kind = box.kind or (_class(marked[1]) if marked else "")
        path.append((depth, len(drawing.boxes)))
        drawing.boxes.append(box)
    return drawing


class _Flow:
    """Reads a flowchart, statement by statement."""

    def __init__(self, text: str, first: int) -> None:
        self.text, self.first = text, first
        self.at = 0
        self.boxes: dict[str, MermaidBox] = {}
        self.edges: dict[tuple[str, str], None] = {}
        self.unread: list[tuple[int, str]] = []
        self._groups: list[str] = []
        self._lines = 0
        self._counted = 0

    def read(self) -> None:
        """Reads all statements, and keeps other text with its line."""
        head = re.search(r"(?:graph|flowchart)\b[^\n;]*", self.text)
        self.at = head.end() if head else 0
        while self._skip():
            start = self.at
            if not self._statement():
                line = self.text.find("\n", start)
                line = len(self.text) if line < 0 else line
                self.unread.append((self._line(start), self.text[start:line].strip()))
                self.at = line

    def drawing(self) -> Drawing:
        """The drawing, with arrows turned so that they lead down."""
        names = {name: number for number, name in enumerate(self.boxes)}
        boxes = list(self.boxes.values())
        for box in boxes:
            if not box.words:
                box.words = box.name
        notes: list[str] = []
        if not any(box.kind or _labelled(box.words) for box in boxes):
            self._use_names(boxes)
        edges = list(self.edges)
        if self._upwards():
            notes.append("arrows lead up: the box at an arrow's start is under the box at its end")
            edges = [(end, start) for start, end in edges]
        for parent, child in edges:
            above = self.boxes[child].above
            if names[parent] not in above:
                above.append(names[parent])
        return Drawing(boxes, self.unread, notes)

    def _use_names(self, boxes: list[MermaidBox]) -> None:
        """Takes kinds from the boxes' short names, such as OPP1 and S1.2, if all boxes have such
        names.
        """
        short = (box.name for box in boxes if _SHORT.fullmatch(box.name))
        labels = [vocabulary().label(f"{name}: x") for name in short]
        kinds = [each.kind for each in labels if each]
        if len(kinds) == len(boxes) and len(set(kinds)) > 1:
            ends = {child for _, child in self.edges}
            for box, kind in zip(boxes, kinds, strict=True):
                box.kind = kind or ("opportunity" if box.name in ends else "outcome")

    def _upwards(self) -> bool:
        """Whether more arrows point from children to parents than the other way."""
        down = up = 0
        for start, end in self.edges:
            one, two = (self._kind(each) for each in (start, end))
            if one in KINDS and two in KINDS and one != two:
                down += one in KINDS[two].under
                up += two in KINDS[one].under
        return up > down

    def _kind(self, name: str) -> str:
        box = self.boxes[name]
        return box.kind or _labelled(box.words)

    def _skip(self) -> bool:
        blank = re.compile(r"[\s;]*").match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at < len(self.text)

    def _line(self, at: int) -> int:
        """The line of an offset; offsets only grow."""
        self._lines += self.text.count("\n", self._counted, at)
        self._counted = max(self._counted, at)
        return self.first + self._lines + 1

    def _statement(self) -> bool:
        for pattern, take in ((_SUBGRAPH, self._open), (_ASSIGN, self._assign), (_SILENT, None)):
            end = self.text.find("\n", self.at)
            found = pattern.match(self.text, self.at, len(self.text) if end < 0 else end)
            if found:
                self.at = found.end()
                if take:
                    take(found)
                return True
        if re.compile(r"end\b(?!\s*[-=\[({])").match(self.text, self.at):
            self.at += len("end")
            if self._groups:
                self._groups.pop()
            return True
        return self._chain()

    def _open(self, found: re.Match[str]) -> None:
        words = _plain(_TRIM.sub("", found["words"].strip())) or found["name"]
        self._groups.append(_class(words) or _class(found["name"]))

    def _assign(self, found: re.Match[str]) -> None:
        for name in re.split(r"[,\s]+", found["names"]):
            if name in self.boxes:
                self.boxes[name].kind = _class(found["class"]) or self.boxes[name].kind

    def _chain(self) -> bool:
        """`A & B --> C --> D`."""
        before = self._several()
        if not before:
            return False
        while True:
            arrow = _ARROW.match(self.text, self.at)
            if not arrow or ("\n" in arrow[0].strip(" \t") and not arrow[0].strip()):
                break
            at = self.at
            self.at = arrow.end()
            after = self._several()
            if not after:
                self.at = at
                break
            if not arrow["hidden"]:
                self.edges.update({(one, two): None for one in before for two in after})
            before = after
        rest = re.compile(r"[ \t]*(?=;|\n|$)").match(self.text, self.at)
        return rest is not None

    def _several(self) -> list[str]:
        found: list[str] = []
        while name := self._box():
            found.append(name)
            also = re.compile(r"\s*&\s*").match(self.text, self.at)
            if not also:
                break
            self.at = also.end()
        return found

    def _box(self) -> str:
        name = _NAME.match(self.text, self.at)
        if not name:
            return ""
        box = self.boxes.get(name[0])
        if box is None:
            kind = next(filter(None, reversed(self._groups)), "")
            box = MermaidBox(name=name[0], line=self._line(self.at), kind=kind)
            self.boxes[name[0]] = box
        self.at = name.end()
        shape = _SHAPE.match(self.text, self.at)
        if shape:
            _say(box, _TRIM.sub("", shape[0]))
            self.at = shape.end()
        more = _MORE.match(self.text, self.at)
        if more:
            label = _LABEL.search(more["text"])
            _say(box, (label[1] or label[2] or "") if label else "")
            self.at = more.end()
        while marked := _CLASS.match(self.text, self.at):
            box.kind = _class(marked[1]) or box.kind
            self.at = marked.end()
        return name[0]


def _say(box: MermaidBox, text: str) -> None:
    """Gives a box its words, without lines that only name its kind or status."""
    lines = [each for each in (_plain(each) for each in _BREAK.split(text)) if each]
    if not lines:
        return
    last = lines[-1].split(" · ")
    if len(lines) > 1 and last[0] in KINDS:
        box.kind, lines = last[0], lines[:-1]
        known = {each.name for each in KINDS[box.kind].statuses}
        status = next((each for each in last[1:] if each in known), "")
        box.values = {"status": status} if status else {}
    first = vocabulary().label(lines[0])
    if len(lines) > 1 and first and first.alone and first.kind:
        box.kind, lines = first.kind, lines[1:]
    box.words = "\n".join(lines)


def _plain(text: str) -> str:
    """The words of a label, without markup, icons and entities."""
    text = _TAG.sub("", text).strip()
    if len(text) > 1 and text[0] == text[-1] == "`":
        text = text[1:-1]
    return _ENTITY.sub(_letter, text).translate(_STAND_INS).strip()


def _letter(found: re.Match[str]) -> str:
    if found[1] is None:
        return unescape(found[0])
    if found[1].isdecimal():
        number = int(found[1]) if len(found[1]) < 8 else 0
        return chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
    return unescape(f"&{found[1]};")


def _class(name: str) -> str:
    """The kind that a class or a group is named after."""
    known = vocabulary().kind(name)
    return known or vocabulary().kind(_ORNAMENT.sub("", name))


def _labelled(words: str) -> str:
    label = vocabulary().label(words)
    return label.kind if label and label.read and not label.alone else ""

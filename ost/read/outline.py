"""Finds the lines of a one-file tree that are nodes: by their words, by their context, or by depth.

`ost.read.scopes` knows the context of a line, `ost.read.node_lines` the parent of a node.
"""

import re
from collections.abc import Callable, Iterator

from ost.read.blocks import Part
from ost.read.kinds import KINDS
from ost.read.node_lines import RANK, NodeLine, NodeLines, is_alone
from ost.read.own_lines import FIELD, GROUP, ONLY_LINK, PLAIN
from ost.read.scopes import OpenScope, Scopes, Unread
from ost.read.vocabulary import Label, Vocabulary

_BY_DEPTH = ("outcome", "opportunity", "solution", "test")
_MISSPELT = re.compile(
    r"(?:\[[ xX]\]\s+)?(?:\*\*|__)?(?P<kind>[A-Za-z]{4,15})[ \t]*(?:\*\*|__)?:(?:\*\*|__)?"
)


class Outline:
    """The nodes of a tree in the order written, and the owner of each row."""

    def __init__(self, rows: int, words: Vocabulary, misspelt: Callable[[str], bool]) -> None:
        """Takes the number of rows. `misspelt` says whether a word is almost a kind."""
        self.words, self.misspelt = words, misspelt
        self._nodes = NodeLines()
        self._scopes = Scopes(rows)

    @property
    def found(self) -> list[NodeLine]:
        """The nodes in the order written."""
        return self._nodes.found

    @property
    def unread(self) -> list[Unread]:
        """Lines that look like nodes but make none."""
        return self._scopes.unread

    @property
    def owner(self) -> list[int | None]:
        """The index of the node that owns each row."""
        return self._scopes.owner

    def read(self, parts: list[Part]) -> None:
        """Reads the parts of a text, in order."""
        for part in parts:
            if part.type == "code":
                continue
            self._scopes.enter(part)
            if part.type == "text":
                for line in self._lines(part):
                    self._scopes.own(line.first)
                    self._text(line)
            else:
                self._heading_or_item(part)
        self._scopes.end()

    def read_by_depth(self, parts: list[Part]) -> None:
        """Reads headings and the items below them by depth alone, because no line names a kind."""
        levels = sorted({each.depth for each in parts if each.type == "heading"})
        lists = len(levels) < 2
        for part in parts:
            if part.type in {"text", "code"}:
                continue
            self._scopes.enter(part)
            if (part.type == "item" and not lists) or FIELD.match(part.content):
                self._scopes.begin(part, self._scopes.node)
                continue
            kind = _BY_DEPTH[min(self._scopes.depth(), len(_BY_DEPTH) - 1)]
            self._add_and_open(part, part.content.split("\n")[0], kind, None)
        self._scopes.own(len(self.owner))

    def disown(self) -> None:
        """Leaves nodes only their words: the lines of a drawing are not their text."""
        self._scopes.disown()

    def _heading_or_item(self, part: Part) -> None:
        scopes = self._scopes
        words = part.content.split("\n")[0].strip()
        if part.kind:
            self._add_and_open(part, words, part.kind, None)
            return
        alone = is_alone(self._nodes.kind(scopes.node))
        label = self._label(words, alone=alone)
        top = scopes.top
        if part.type == "item" and top is not None and top.closed:
            scopes.begin(part, scopes.node).closed = True
            return
        if label is not None and self._open_labelled(part, words, label):
            return
        if label is None and not alone and self._open_unlabelled(part, words):
            return
        scope = scopes.begin(part, scopes.node)
        if part.type == "item" and _opens_field(words):
            scope.closed = True
        elif part.type == "heading" and top is not None and GROUP.match(words):
            scope.section = top.section

    def _text(self, part: Part) -> None:
        scopes = self._scopes
        words = part.content.split("\n")[0].strip()
        if is_alone(self._nodes.kind(scopes.node)):
            return
        top = scopes.top
        if top is not None and top.closed and top.type == "text":
            scopes.close()
        label = self._label(words, alone=False)
        if label is None:
            self._plain_text(part, words)
            return
        strong = words[:1] in "*_"
        parted = label.read and words[label.end : label.title].strip()
        if not (strong or parted):
            return
        if label.alone and not strong and not words.rstrip().endswith((":", "：")):
            return
        while (top := scopes.top) is not None and (
            top.type == "text" and RANK.get(top.kind, 9) >= RANK.get(label.kind, 9)
        ):
            scopes.close()
        self._open_labelled(part, words, label)

    def _plain_text(self, part: Part, words: str) -> None:
        """A paragraph without a label: it states the section above it, or ends with a field."""
        top = self._scopes.top
        if top is not None and top.statement and not top.nodes:
            self._set_statement(part, words, top)
        if _opens_field(part.content.rstrip().rpartition("\n")[2].strip()):
            self._scopes.begin(part, self._scopes.node).closed = True

    def _lines(self, part: Part) -> Iterator[Part]:
        """Splits a paragraph at every line that names a node."""
        lines = part.content.split("\n")
        begins = [
            number
            for number, line in enumerate(lines)
            if not number or ((label := self.words.label(line.strip())) and label.read)
        ]
        for start, stop in zip(begins, [*begins[1:], len(lines)], strict=True):
            first = part.first + start
            last = part.last if stop == len(lines) else part.first + stop
            yield part._replace(first=first, last=last, content="\n".join(lines[start:stop]))

    def _label(self, words: str, *, alone: bool) -> Label | None:
        label = self.words.label(words)
        if alone:  # within an interview only a kind's own name begins a node
            strict = label is not None and label.word in KINDS and label.read and not label.alone
            return label if strict else None
        if label is None and (found := _MISSPELT.match(words)) and self.misspelt(found["kind"]):
            return Label(found["kind"].casefold(), found["kind"], *found.span("kind"), found.end())
        return label

    def _open_labelled(self, part: Part, words: str, label: Label) -> bool:
        """Whether a line with a label makes a node or opens a section of its kind."""
        if not label.read:
            self.unread.append(Unread(part.first, words, label))
            return False
        if PLAIN.fullmatch(words[label.title : label.stop].strip(" *_")):
            return False  # `Risk: low`
        if label.alone and not (label.number and not label.plural):
            self._open_section(part, words, label)
            return True
        if label.plural and ";" in words[label.title :]:
            self._add_each(part, words, label)
            return True
        kind = label.kind or ("opportunity" if self._nodes.has("outcome") else "outcome")
        scope = self._add_and_open(part, words, kind, label)
        scope.kind, scope.statement = kind, label.alone
        return True

    def _open_section(self, part: Part, words: str, label: Label) -> None:
        """A label without words gives the kind of what follows: `### Solutions`, `Desired
        outcome`.
        """
        scope = self._scopes.begin(part, self._nodes.subject(label, self._scopes.node))
        scope.section = scope.kind = label.kind
        scope.statement = not label.plural
        scope.opened = Unread(part.first, words, label)
        self._scopes.skip(part.first, part.last if part.type != "item" else part.first + 1)

    def _add_each(self, part: Part, words: str, label: Label) -> None:
        """Adds a node for each part of `Assumptions: they look; they pay`."""
        for title in words[label.title : label.stop].split(";"):
            if re.search(r"\w", title):
                self._add(part, title.strip(" *_"), label.kind, None)
        self._scopes.begin(part, self._scopes.node)

    def _open_unlabelled(self, part: Part, words: str) -> bool:
        """Whether a line is a node because of its context."""
        top = self._scopes.top
        if top is None or not top.section or FIELD.match(words) or ONLY_LINK.fullmatch(words):
            return False
        if part.type == "heading" and (top.type != "heading" or GROUP.match(words)):
            return False
        if part.type == "heading" and top.statement and top.nodes:
            return False
        if not re.search(r"\w", words):
            return False
        kind = top.section
        top.nodes += 1
        self._add_and_open(part, words, kind, None).kind = kind
        return True

    def _set_statement(self, part: Part, words: str, top: OpenScope) -> None:
        """A paragraph right below a heading such as `Desired outcome` states it."""
        field = FIELD.match(words)
        statement = words[field.end() :].strip(" *_") if field else words
        if not statement:
            return
        top.nodes += 1
        if top.own and top.node is not None:
            self.found[top.node].statement = (part.first, statement)
            return
        top.node, top.own = self._add(part, statement, top.section, None), True
        top.section = ""

    def _add_and_open(self, part: Part, words: str, kind: str, label: Label | None) -> OpenScope:
        """Adds a node and opens its scope."""
        scope = self._scopes.begin(part, self._add(part, words, kind, label))
        scope.own = True
        return scope

    def _add(self, part: Part, words: str, kind: str, label: Label | None) -> int:
        self._scopes.count()
        top = self._scopes.top
        parallel = top is not None and top.type == "heading"
        node = NodeLine(part, part.first, words, kind, label)
        return self._nodes.add(node, self._scopes.node, parallel=parallel)


def _opens_field(words: str) -> bool:
    """Whether nothing follows `Evidence:`, so that the lines below belong to it."""
    field = FIELD.match(words)
    return field is not None and not words[field.end() :].strip(" *_")

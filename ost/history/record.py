"""Records of nodes for comparing trees: small, quick to compare, and kept as bytes, so that
unchanged nodes are never decoded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from ost.read.document import Entry, Link
from ost.read.letters import composed
from ost.read.value import Mapping as Written
from ost.read.value import Scalar, Sequence, Value
from ost.tree.evidence import speaker
from ost.tree.fields import referring
from ost.tree.model import (
    KINDS,
    LIVE,
    Decision,
    Moment,
    Node,
    NodeId,
    Opportunity,
    Solution,
    Test,
)
from ost.tree.moments import moments_written
from ost.tree.participants import people as named
from ost.tree.reach import reach
from ost.tree.sections import OPPORTUNITIES, part
from ost.tree.tree import Child, Tree


class RecordedMoment(Struct, frozen=True, array_like=True, gc=False):
    """A moment: its node, stance, second and words. `quote` is the spoken words, if written down;
    `story` distinguishes an interview from a signal.
    """

    node: str
    against: bool
    second: int | None
    words: str
    quote: str
    line: int
    story: bool


class RecordedWaiver(Struct, frozen=True, array_like=True, gc=False):
    """A rule that a node waives; `active` on the day of the tree."""

    rule: str
    because: str
    until: str | None
    active: bool


class Record(Struct, frozen=True, array_like=True):
    """A node for comparison. References are ids; `people` have evidence for the node or anything
    below it; `text` is the body without title and moments, which are compared separately;
    `mentions` are the nodes that it links. A node that is not `titled` has its file's name.
    """

    id: str
    kind: str
    title: str
    status: str | None
    path: str
    line: int
    parents: tuple[str, ...]
    aliases: tuple[str, ...]
    fields: dict[str, object]
    lines: dict[str, int]
    waivers: tuple[RecordedWaiver, ...]
    text: str
    mentions: tuple[str, ...]
    moments: tuple[RecordedMoment, ...]
    person: str
    people: tuple[str, ...]
    rivals: tuple[str, ...]
    titled: bool

    def place(self, field: str = "") -> tuple[str, int]:
        """The place of the node or of one of its fields."""
        return self.path, self.lines.get(field, self.line)


Encoded = dict[str, bytes]
"""The records of a tree by id, each as bytes."""

encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder(Record).decode

APART = frozenset({"kind", "title", "parent", "parents", "aliases", "allow", "status"})
"""The fields of front matter that a record holds separately."""


class Records:
    """The records of a tree, each decoded when needed."""

    def __init__(self, encoded: Encoded) -> None:
        """Decodes nothing yet."""
        self.encoded = encoded
        self._decoded: dict[str, Record] = {}

    def __contains__(self, node_id: str) -> bool:
        return node_id in self.encoded

    def __iter__(self) -> Iterator[str]:
        return iter(self.encoded)

    def __len__(self) -> int:
        return len(self.encoded)

    def __getitem__(self, node_id: str) -> Record:
        found = self._decoded.get(node_id)
        if found is None:
            found = self._decoded[node_id] = _decode(self.encoded[node_id])
        return found

    def get(self, node_id: str) -> Record | None:
        """The record of that id, or None."""
        return self[node_id] if node_id in self.encoded else None


def records(tree: Tree) -> Records:
    """The records of all nodes."""
    people = _people(tree)
    return Records(
        {
            str(node.id): encode(record_of(node, tree, tuple(sorted(people.get(node.id, ())))))
            for node in tree.by_id.values()
        }
    )


def plain_fields(entry: Entry) -> dict[str, object]:
    """The fields of front matter as JSON values, without empty ones."""
    found = {each.name: _plain(each.value) for each in entry.fields}
    return {name: value for name, value in found.items() if value is not None}


def text_digest(entry: Entry) -> str:
    """A digest of the body without the title, ignoring line breaks."""
    lines = entry.body.split("\n")
    if entry.title is not None:
        row, _ = _rows(entry)(entry.title.at.line)
        if 0 <= row < len(lines):
            lines[row] = ""
    return _digest(lines)


def _rows(entry: Entry) -> Callable[[int], tuple[int, int]]:
    """The row of the body for a line of the file, -1 for none; and how many columns further right
    it is in the file.
    """
    if not entry.line_map:
        return lambda line: (line - entry.body_line, 0)
    known = entry.rows()
    if entry.title is not None:  # the body begins with it
        known[entry.title.at.line] = (0, 0)
    return lambda line: known.get(line, (-1, 0))


def _digest(lines: list[str]) -> str:
    text = composed(" ".join("\n".join(lines).split()))
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
    return digest if text else ""


def record_of(node: Node, tree: Tree, people: tuple[str, ...]) -> Record:
    """The record of one node; `people` have evidence for it or for anything below it."""
    moments = tree.heard_in.get(node.id, ())
    story = node.speaks == "story"
    text, mentions = _text(node, moments, tree)
    written = {each.name: each for each in node.entry.fields}
    fields = {name: _plain(each.value) for name, each in written.items() if name not in APART}
    for name in referring(type(node)):
        if references := getattr(node, name):
            fields[name] = [str(each.id) for each in references]
    rivals = live_solutions(tree.below(node.id, Solution))
    return Record(
        id=str(node.id),
        kind=node.kind,
        title=composed(node.title),
        status=_status(node, tree),
        path=node.path,
        line=node.at.line + 1,
        parents=tuple(str(each.id) for each in node.parents if each.found),
        aliases=tuple(map(str, node.aliases)),
        fields={name: value for name, value in fields.items() if value is not None},
        lines={name: each.key_at.line + 1 for name, each in written.items()},
        waivers=tuple(
            RecordedWaiver(
                each.rule,
                each.because,
                each.until.isoformat() if each.until else None,
                each.until is None or each.until >= tree.as_of,
            )
            for each in node.waivers
        ),
        text=text,
        mentions=mentions,
        moments=tuple(_recorded_moment(each, story=story) for each in moments),
        person=speaker(node) or "",
        people=people,
        rivals=rivals if isinstance(node, Opportunity) else (),
        titled=node.entry.title is not None or "title" in written,
    )


def live_solutions(children: Iterable[Child]) -> tuple[str, ...]:
    """The solutions under a node that are not dropped."""
    return tuple(
        sorted(
            str(each.id) for each in children if each.kind == Solution.kind and each.status in LIVE
        )
    )


def _recorded_moment(moment: Moment, *, story: bool) -> RecordedMoment:
    quote = moment.quotes[0].text if moment.quotes else ""
    second = min(moment.seconds, default=None)
    line = moment.at.line + 1
    return RecordedMoment(
        str(moment.node),
        moment.against,
        second,
        composed(moment.words),
        composed(quote),
        line,
        story,
    )


def _status(node: Node, tree: Tree) -> str | None:
    """A node's status; an assumption's comes from its tests; a test has fields for it."""
    if node.draft:
        return node.own_status()
    if isinstance(node, Test | Decision):
        return None
    if not node.decided_by:
        return node.own_status()
    below = tree.children(node, KINDS[node.decided_by])
    return node.derived(each.own_status() for each in below)


def _people(tree: Tree) -> Mapping[NodeId, set[str]]:
    """The people with evidence for each node or anything below it, by any parent."""

    def parents(node_id: NodeId) -> Iterable[NodeId]:
        node = tree.by_id.get(node_id)
        return (each.id for each in node.parents if each.found) if node is not None else ()

    found: dict[NodeId, set[str]] = {}
    for node_id, moments in tree.about.items():
        sources = {each.source for each in moments if not each.against}
        nodes = (tree.by_id[each] for each in sources)
        voices = {
            person for each in nodes if each.speaks == "story" for person in named(speaker(each))
        }
        if not voices:
            continue
        for above in reach((node_id,), parents):
            found.setdefault(above, set()).update(voices)
    return found


def _plain(value: Value) -> object:
    """A value of front matter as a JSON value."""
    if isinstance(value, Written):
        return {composed(key.text): _plain(inner) for key, inner in value.pairs}
    if isinstance(value, Sequence):
        return [_plain(each) for each in value.items]
    return _scalar(value)


def _scalar(value: Scalar) -> object:
    if value.type == "null":
        return None
    if value.type == "bool":
        return value.text.casefold() in {"true", "yes", "on"}
    if value.type in {"int", "float"}:
        try:
            number = float(value.text.replace("_", ""))
        except ValueError:
            return value.text
        whole = abs(number) < 1e15 and number == int(number)
        return int(number) if whole else number if abs(number) < 1e300 else value.text
    return composed(value.text)


def _text(node: Node, moments: tuple[Moment, ...], tree: Tree) -> tuple[str, tuple[str, ...]]:
    """A digest of the body, ignoring line breaks, and the nodes it links."""
    entry = node.entry
    lines = entry.body.split("\n")
    if node.draft:  # signing it changes no word of it
        leads = {each.link: each.target for each in tree.outgoing.get(node.id, ())}
        moments = moments_written(node, leads.get, tree.synonyms)
    rows = _rows(entry)
    last = max((line for line, _ in entry.line_map), default=entry.body_line + len(lines) - 1)
    moment_lines = _moment_lines(entry, moments, last) if moments else set()
    if node.speaks:
        # Moments are listed separately, and so is the heading above them.
        named = ((each.at.line, part(each.title, tree.synonyms)) for each in entry.sections)
        moment_lines |= {line for line, name in named if name == OPPORTUNITIES}
    if entry.title is not None:
        moment_lines.add(entry.title.at.line)
    mentions = []
    links = list(_in_body(entry, moment_lines)) if entry.links else []
    if links:
        edges = {each.link.target_at: str(each.target) for each in tree.outgoing.get(node.id, ())}
        for link in sorted(links, key=lambda each: each.target_at, reverse=True):
            at = link.target_at
            row, right = rows(at.line)
            if 0 <= row < len(lines) and at.end_line == at.line:
                line = lines[row]
                lines[row] = f"{line[: at.column - right]}\0{line[at.end_column - right :]}"
            mentions.append(edges.get(at, link.target))
    for row, _ in map(rows, moment_lines):
        if 0 <= row < len(lines):
            lines[row] = ""
    return _digest(lines), tuple(reversed(mentions))


def _in_body(entry: Entry, moment_lines: set[int]) -> Iterator[Link]:
    for link in entry.links:
        if link.form != "field" and link.at.line not in moment_lines:
            yield link


def _moment_lines(entry: Entry, moments: tuple[Moment, ...], last: int) -> set[int]:
    """The lines of moments: from each item to the next that is not nested in it."""
    begins = {each.at.line for each in moments}
    moment_lines: set[int] = set()
    for number, section in enumerate(entry.sections):
        following = entry.sections[number + 1 : number + 2]
        end = following[0].at.line if following else last + 1
        for at, item in enumerate(section.items):
            if item.at.line not in begins:
                continue
            others = (each for each in section.items[at + 1 :] if each.depth <= item.depth)
            until = next((each.at.line for each in others), None)
            moment_lines.update(range(item.at.line, end if until is None else until))
    return moment_lines

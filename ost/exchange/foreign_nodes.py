"""Nodes of another tool as they are found, each in its tool's words, and what becomes of them: our
kinds, fields and statuses, and the nodes that they hang under.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from ost.exchange.escape import terminal
from ost.exchange.foreign_page import ForeignPage, beside, flow, relinked, targets, texts
from ost.exchange.imports import ForeignNode, ForeignTree, Terms, UnreadLine, term
from ost.read.diagnostic import Fix
from ost.read.letters import fold, slug
from ost.read.markdown import read
from ost.read.place import START, Place
from ost.read.value import Scalar, Value
from ost.read.value import Sequence as Items
from ost.read.vocabulary import vocabulary
from ost.tree.fields import readers
from ost.tree.model import KINDS
from ost.words import article, listed

PARENT, CHILDREN, BODY, STATUS, TITLE = "parent", "children", "body", "status", "title"
ASSUMPTION = "assumption"
_OWN = frozenset({PARENT, CHILDREN, BODY, TITLE, ASSUMPTION, "key", "kind"})
_UNSAID = ("aliases", "allow", "id", "illustrative", "order", "parents", "path", "waivers")
"""Fields of ours that say nothing of another tool's nodes, though they have the same name."""


_RISKS = {"ethical": "ethics"}


class ToolWords(Struct, frozen=True, kw_only=True):
    """What a tool's words mean here, unless the terms say otherwise.

    `kinds` and `fields` are by folded word; "" is what has no meaning here, as everybody knows who
    knows the tool. `statuses` are by kind and folded word; "" is what says nothing new.
    """

    kinds: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    statuses: Mapping[tuple[str, str], str] = {}


class UnplacedNode(Struct, kw_only=True):
    """A node as its tool writes it. `kind` is ours, "" for one that has none here.

    `above` are what its links to parents say, `below` those to children. `assumed` are the words of
    the assumption that a test tries, and `risk` its kind, where they stand in the test.
    """

    key: str
    kind: str
    title: str
    path: str
    line: int
    names: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    fields: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    body: str = ""
    assumed: str = ""
    risk: str = ""


class ForeignNodes:
    """The nodes of a material, and what is to be told of it."""

    def __init__(self, terms: Terms, words: ToolWords) -> None:
        self.terms, self.words = terms, words
        self.nodes: list[UnplacedNode] = []
        self.unread: list[UnreadLine] = []
        self.notes: list[str] = []
        self._left: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._keys: dict[str, UnplacedNode] = {}
        self._named: dict[str, list[UnplacedNode]] = {}

    def kind(self, word: str) -> str | None:
        """Our kind for a word; "" leaves it out, None is not known."""
        ours = term(self.terms.kinds, word)
        if ours is None:
            ours = self.words.kinds.get(fold(word))
        if ours is None:
            ours = vocabulary().kind(word) or None
        return ours if not ours or ours in KINDS else None

    def add(
        self, node: UnplacedNode, word: str, text: str = "", *, kept: bool = False
    ) -> UnplacedNode:
        """Takes a node that its tool calls `word`. One that is no kind here is told, unless its
        text is `kept` in another; what hangs under it hangs under what it hangs under.
        """
        kind = self.kind(word)
        node.kind = kind or ""
        if kept and not node.kind:
            pass
        elif kind is None:
            why = f"no kind here means {word!r}; name one under [kinds] in the terms"
            self.tell(node.path, node.line, text or node.title, why)
        elif not kind:
            self.leave(f"nodes of the type {word!r}")
        while node.key in self._keys:
            node.key += " again"
        self._keys[node.key] = node
        self.nodes.append(node)
        return node

    def page(self, page: ForeignPage) -> ForeignPage:
        """Takes the page that nodes come from: what its front matter does not say is told."""
        self.unread += page.unread
        self._texts[page.path] = page.lines.text
        return page

    def tell(self, path: str, line: int, text: str, why: str = "") -> None:
        """Keeps a line that is in no draft; lines count from one."""
        self.unread.append(UnreadLine(path, line, text.strip(), why))

    def leave(self, what: str) -> None:
        """Keeps the name of what has no meaning here."""
        self._left[what] = self._left.get(what, 0) + 1

    def take(self, node: UnplacedNode, name: str, value: Value, line: int, text: str = "") -> None:
        """Takes what a node says in a field of its tool."""
        ours = term(self.terms.fields, name)
        if ours is None:
            ours = self.words.fields.get(fold(name))
        own = fold(name).replace("-", "_")
        if ours is None and (own in _OWN or self._reads(node, own)):
            ours = own
        text = text or f"{name}: {' '.join(texts(value))}"
        if ours in (PARENT, CHILDREN):
            (node.above if ours == PARENT else node.below).extend(targets(value))
        elif not node.kind or not texts(value):
            return
        elif ours == "":
            self.leave(name)
        elif ours is None or not self._put(node, name, ours, value, line):
            why = f"{article(node.kind)} has no field {name!r}" if ours is None else ""
            self.tell(node.path, line, text, why or self._wrong(node, ours or "", value))

    def tree(self) -> ForeignTree:
        """The nodes in our words."""
        for node in self.nodes:
            for name in (node.key, slug(node.key), *node.names, node.title):
                known = self._named.setdefault(fold(name), [])
                if node not in known:
                    known.append(node)
        return ForeignTree(
            nodes=tuple(self._placed()),
            unread=tuple(sorted(self.unread, key=lambda each: (each.path, each.line))),
            left_out=tuple(
                name if many == 1 else f"{name} ({many:,} times)"
                for name, many in self._left.items()
            ),
            notes=tuple(self.notes),
        )

    # Fields.

    def _reads(self, node: UnplacedNode, name: str) -> bool:
        known = readers(KINDS[node.kind]) if node.kind else {}
        return name == STATUS or (name in known and name not in _UNSAID)

    def _put(self, node: UnplacedNode, name: str, ours: str, value: Value, line: int) -> bool:
        said = texts(value)
        if ours == BODY:
            node.said.append(f"{name[:1].upper()}{name[1:].replace('_', ' ')}: {', '.join(said)}")
        elif ours == TITLE:
            node.title = said[0]
        elif ours == ASSUMPTION and node.kind == "test":
            node.assumed = said[0]
        elif ours == "risk" and node.kind == "test":
            word = _RISKS.get(fold(said[0]), said[0])
            node.risk = self._valid(ASSUMPTION, ours, word)
            return bool(node.risk)
        elif ours == STATUS:
            return self._status(node, said[0])
        elif ours in _OWN:
            return ours != ASSUMPTION
        else:
            return self._typed(node, ours, value)
        return True

    def _status(self, node: UnplacedNode, word: str) -> bool:
        ours = term(self.terms.status, word)
        if ours is None:
            ours = self.words.statuses.get((node.kind, fold(word)))
        if ours is None:
            ours = self._valid(node.kind, STATUS, word)
            if not ours:
                return False
        if ours:
            node.fields[STATUS] = ours
        return True

    def _typed(self, node: UnplacedNode, ours: str, value: Value) -> bool:
        """Takes a value that a field of ours can have."""
        known = readers(KINDS[node.kind])
        if ours not in known or _remarks(node.kind, ours, value):
            return False
        single = isinstance(value, Scalar)
        plain = isinstance(value, Items) and all(isinstance(each, Scalar) for each in value.items)
        said = texts(value)
        node.fields[ours] = said[0] if single else said if plain else flow(value)
        return True

    def _valid(self, kind: str, ours: str, word: str) -> str:
        """The word, if such a field may say it; else ""."""
        value = Scalar(word.strip().casefold(), "str", START)
        known = ours in readers(KINDS[kind])
        return value.text if known and not _remarks(kind, ours, value) else ""

    def _wrong(self, node: UnplacedNode, ours: str, value: Value) -> str:
        if ours == STATUS:
            known = KINDS[node.kind].statuses if "status" in readers(KINDS[node.kind]) else ()
            if not known:
                return f"the status of {article(node.kind)} follows from its tests or its days"
            said = " ".join(texts(value))
            return f"no status of {article(node.kind)} means {said!r}; name one under [status]"
        if ours not in readers(KINDS[node.kind]):
            return f"{article(node.kind)} has no field {ours!r}"
        return "; ".join(_remarks(node.kind, ours, value))

    # Places.

    def _placed(self) -> Iterator[ForeignNode]:
        parents = self._parents()
        tested: list[ForeignNode] = []
        for node in self.nodes:
            if not node.kind:
                continue
            under = tuple(dict.fromkeys(self._nearest(node, parents)))
            if node.kind == "test" and self._tries_solution(node, under):
                assumption = self._assumption(node, under)
                tested.append(assumption)
                under = (assumption.key,)
            yield ForeignNode(
                key=node.key,
                kind=node.kind,
                title=node.title,
                under=under,
                fields=node.fields,
                body=self._body(node),
                names=(slug(node.key), *dict.fromkeys(node.names)),
                path=node.path,
                line=node.line,
            )
        yield from tested

    def _parents(self) -> Mapping[str, Sequence["UnplacedNode | str"]]:
        """What each node hangs under, by its key: nodes, and names that are none here."""
        found: dict[str, list[UnplacedNode | str]] = {each.key: [] for each in self.nodes}
        for node in self.nodes:
            for written in node.above:
                found[node.key].append(self.find(written, node) or written)
            for written in node.below:
                child = self.find(written, node)
                if child is not None:
                    found[child.key].append(node)
                else:
                    why = f"{written!r} should hang under it, and is not in this material"
                    self.tell(node.path, node.line, node.title, why)
        return found

    def find(self, written: str, node: UnplacedNode) -> UnplacedNode | None:
        """The node that a link in another leads to."""
        name, mark, heading = written.partition("#")
        name = name.strip().removesuffix(".md")
        wanted = dict.fromkeys((name, beside(node.path, name), name.rpartition("/")[2]))
        for each in [*(f"{each}{mark}{heading}" for each in wanted if mark), *wanted]:
            if each in self._keys:
                return self._keys[each]
            known = self._named.get(fold(each), ())
            if known:
                if len(known) > 1:
                    places = listed([f"{other.path}:{other.line}" for other in known])
                    why = f"{written!r} is several nodes ({places}); took the first"
                    self.tell(node.path, node.line, node.title, why)
                return known[0]
        return None

    def _nearest(
        self, node: UnplacedNode, parents: Mapping[str, Sequence["UnplacedNode | str"]]
    ) -> Iterator[str]:
        """The keys of what it hangs under; those without a kind stand for what is above them."""
        waiting = list(parents[node.key])
        seen: set[str] = set()
        while waiting:
            above = waiting.pop(0)
            if isinstance(above, str):
                yield above
            elif above.kind:
                yield above.key
            elif above.key not in seen:
                seen.add(above.key)
                waiting = [*parents[above.key], *waiting]

    def _tries_solution(self, node: UnplacedNode, under: tuple[str, ...]) -> bool:
        kinds = {self._keys[each].kind for each in under if each in self._keys}
        return "solution" in kinds or (not kinds and bool(node.assumed))

    def _assumption(self, node: UnplacedNode, under: tuple[str, ...]) -> ForeignNode:
        """What a test under a solution assumes: a test tries an assumption."""
        return ForeignNode(
            key=f"{node.key} {ASSUMPTION}",
            kind=ASSUMPTION,
            title=node.assumed or node.title,
            under=under,
            fields={"risk": node.risk} if node.risk else {},
            path=node.path,
            line=node.line,
        )

    def _body(self, node: UnplacedNode) -> str:
        def name(target: str) -> str | None:
            found = self.find(target, node)
            if found is not None and found.kind:
                return slug(found.key)
            if target.casefold().endswith((".md", ".markdown")):
                why = f"the link to {target!r} leads to no node here and became words"
                self.tell(node.path, self._line_of(node, target), target, why)
                return ""
            self.leave(f"the file {beside(node.path, target)!r}, which {node.path!r} links")
            return None

        body = relinked(_untitled(node), name)
        return "\n\n".join((*node.said, body.strip("\n"))).strip("\n")

    def _line_of(self, node: UnplacedNode, written: str) -> int:
        """The line of a node's page in which something is written; else the node's own."""
        text = self._texts.get(node.path, "")
        at = text.find(f"({written}")
        return text.count("\n", 0, at) + 1 if at >= 0 else node.line


def _untitled(node: UnplacedNode) -> str:
    """The body without the heading that is the title."""
    body = node.body.lstrip("\n")
    first, _, rest = body.partition("\n")
    title = read(first, 0).title if first.startswith("# ") else None
    same = title is not None and fold(terminal(title.text)) == fold(terminal(node.title))
    return rest if same else node.body


def _remarks(kind: str, ours: str, value: Value) -> list[str]:
    """What is wrong with a value as that of a field of ours."""
    found: list[str] = []

    def report(code: str, at: Place, message: str, fix: Fix | None = None, /) -> None:
        del code, at, fix
        found.append(message)

    readers(KINDS[kind])[ours](value, report)
    return found


def said(words: str | Iterable[str]) -> Value:
    """A value that was not in front matter."""
    if isinstance(words, str):
        return Scalar(words, "str", START)
    return Items(tuple(Scalar(each, "str", START) for each in words), START)

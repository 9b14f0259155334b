"""Records of another tool as nodes: their keys, what hangs under what, and where that goes wrong.

A record without a kind is not a node. What hangs under it hangs under what is above it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from msgspec import Struct
from msgspec.structs import replace

from ost.exchange.foreign.imports import ForeignNode, Here, UnreadLine
from ost.exchange.foreign.text import plain
from ost.read.letters import fold, slug
from ost.read.scalar import line
from ost.tree.forms import forms
from ost.tree.model import KINDS

LONGEST_TITLE = 200
"""Characters of a title. A longer text is a body, and its beginning the title."""

_SIGNS = (re.compile(r"([\\`*_\[\]<>&|~#%])"), re.compile(r"([!-/:-@\[-`{-~])"))
_PERHAPS = re.compile(r"[!#-&*+/:-@\[-`{-~]")
_COMMENT = re.compile(r"(?<!\\)(?:%%|<!--)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)")


class ForeignRecord(Struct, kw_only=True):
    """One record, with names as the other tool writes them.

    `parents` are what it says that it hangs under, `children` what it says that hangs under it.
    `links` are others that it names; one becomes a parent where the kinds allow it and nothing else
    says what the record hangs under. `mentions` are what an interview or a signal is about, in the
    words of `quote`; `moments` are more of these pairs. `why` says why a record has no kind, if
    that is to be told, and `said` what is written there. A `part` is not a node: it is named in the
    text of what it hangs under.
    """

    kind: str
    title: str
    path: str = ""
    line: int = 0
    key: str = ""
    names: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    quote: str = ""
    moments: list[tuple[tuple[str, ...], str]] = []
    fields: dict[str, str | tuple[str, ...]] = {}
    body: str = ""
    why: str = ""
    said: str = ""
    part: bool = False


def headline(text: str) -> tuple[str, str]:
    """The title in a text, and what is left for the body; the address of a link is left."""
    linked = _LINK.fullmatch(text.strip())
    if linked:
        return line(linked[1]), f"<{linked[2]}>"
    first, _, rest = text.strip().partition("\n")
    title = line(first)
    if len(title) <= LONGEST_TITLE:
        return title, rest.strip()
    return f"{title[:LONGEST_TITLE].rpartition(' ')[0] or title[:LONGEST_TITLE]}…", text.strip()


def literal(title: str) -> str:
    """A title as Markdown that says the same: signs that would mean something are escaped."""
    made = title
    for signs in _SIGNS if _PERHAPS.search(title) else ():
        if plain(made) == title and not _COMMENT.search(made):
            break
        made = signs.sub(r"\\\1", title)
    return made


def assumed(test: ForeignNode, title: str = "", risk: str = "") -> ForeignNode:
    """The assumption that a test under a solution tries, of the test's own title or another."""
    return ForeignNode(
        key=f"{test.key} assumption",
        kind="assumption",
        title=title or test.title,
        under=test.under,
        fields={"risk": risk} if risk else {},
        path=test.path,
        line=test.line,
    )


def unnamed(kind: str, said: str) -> str:
    """The key of what people said, where it has none: by what is written, which may name a person
    who gets another pseudonym in the next import.
    """
    return f"{kind}-{blake2b(said.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def nodes(
    records: Sequence[ForeignRecord], here: Here
) -> tuple[tuple[ForeignNode, ...], tuple[UnreadLine, ...]]:
    """The nodes of the records that have a kind, and what is wrong with the others."""
    joining = _Joining(records, here)
    joining.join()
    return joining.nodes(), tuple(joining.unread)


class _Joining:
    """Which record is meant by which name."""

    def __init__(self, records: Sequence[ForeignRecord], here: Here) -> None:
        self.here = here
        self.unread: list[UnreadLine] = []
        self.records: dict[str, ForeignRecord] = {}
        self._number: dict[str, int] = {}
        self._named: dict[str, list[str]] = {}
        self._above: dict[str, list[str]] = {}
        for record in records:
            self._take(record)

    def _take(self, record: ForeignRecord) -> None:
        if record.why:
            self._tell(record, record.why)
        elif record.kind and not line(record.title):
            self._tell(record, "no title")
            return
        key = record.key or f"{record.kind} {line(record.title)}".strip()
        known = self.records.get(key)
        if known is not None and (record.key or known.parents == record.parents):
            what = "key" if record.key else "title"
            self._tell(record, f"line {known.line} again, by its {what}")
        elif known is not None:
            key = self._free(key)
        self.records.setdefault(key, record)
        for name in dict.fromkeys(map(fold, (key, *record.names, record.title))):
            self._named.setdefault(name, []).append(key)

    def _free(self, key: str) -> str:
        """A key for another record of the same title."""
        number = self._number.get(key, 1) + 1
        while f"{key} {number}" in self.records:
            number += 1
        self._number[key] = number
        return f"{key} {number}"

    def _tell(self, record: ForeignRecord, why: str) -> None:
        said = record.said or line(record.title) or record.key
        self.unread.append(UnreadLine(record.path, record.line, said, why))

    def join(self) -> None:
        """Finds what each hangs under, and cuts circles."""
        for key, record in self.records.items():
            above = self._above.setdefault(key, [])
            for written in record.parents:
                found = self._one(written, record)
                if found == key:
                    self._tell(record, "hangs under itself")
                elif found not in above:
                    above.append(found)
        for key, record in self.records.items():
            for written in record.children:
                child = self._one(written, record, below=True)
                if child in self.records and child != key and key not in self._above[child]:
                    self._above[child].append(key)
        self._use_links()
        self._cut()

    def _use_links(self) -> None:
        without = {key for key, above in self._above.items() if not above}
        for key, record in self.records.items():
            for written in record.links:
                other = self._one(written, record)
                if other not in self.records or not self.records[other].kind:
                    self._refer(record, written)
                    continue
                for child, parent in [(key, other), (other, key)]:
                    one, two = self.records[child].kind, self.records[parent].kind
                    fits = one in KINDS and one != two and two in KINDS[one].under
                    if child in without and fits and parent not in self._above[child]:
                        self._above[child].append(parent)

    def _refer(self, record: ForeignRecord, written: str) -> None:
        """Keeps the name of a ticket that is not a node."""
        if record.kind in KINDS and "links" in forms(KINDS[record.kind]):
            before = record.fields.get("links", ())
            links = (before,) if isinstance(before, str) else before
            record.fields["links"] = tuple(dict.fromkeys((*links, written.replace(",", " "))))

    def _one(self, written: str, record: ForeignRecord, *, below: bool = False) -> str:
        """The key of the record that is meant, else the id of a node here, else what is written."""
        if written in self.records:
            return written
        found = self._named.get(fold(written), [])
        fit = (each for each in found if _fits(self.records[each], record, below=below))
        if found:
            return next(fit, found[0])
        allowed = KINDS[record.kind].under if record.kind in KINDS else ()
        titles = (self.here.titles.get((each, fold(written))) for each in allowed)
        return next(filter(None, titles), written)

    def _cut(self) -> None:
        """Takes out the links that close circles, without recursion: outlines are deep."""
        done: set[str] = set()
        for start in self.records:
            path: dict[str, int] = {}
            stack = [start]
            while stack:
                key = stack[-1]
                if key in done:
                    stack.pop()
                    continue
                at = path.setdefault(key, 0)
                above = self._above.get(key, [])
                if at >= len(above):
                    done.add(key)
                    path.pop(key)
                    stack.pop()
                elif above[at] in path:
                    title = line(self.records[above[at]].title)
                    self._tell(self.records[key], f"hangs in a circle, under {title!r}")
                    del above[at]
                else:
                    path[key] = at + 1
                    stack.append(above[at])

    def nodes(self) -> tuple[ForeignNode, ...]:
        """Those with a kind."""
        resolved: dict[str, tuple[str, ...]] = {}
        parts = self._parts()
        made = [
            ForeignNode(
                key=key,
                kind=record.kind,
                title=literal(line(record.title)),
                under=self._under(key, resolved) if KINDS[record.kind].under else (),
                fields=record.fields,
                body=self._body(record, parts.get(key, ())),
                names=(*record.names, slug(key)),
                path=record.path,
                line=record.line,
            )
            for key, record in self.records.items()
            if record.kind in KINDS
        ]
        return tuple(self._tried(made))

    def _tried(self, made: Iterable[ForeignNode]) -> Iterator[ForeignNode]:
        """The nodes; assumptions that only tests under solutions say come last."""
        told: list[ForeignNode] = []
        for node in made:
            kinds = {self.records[each].kind for each in node.under if each in self.records}
            if node.kind != "test" or "solution" not in kinds:
                yield node
                continue
            tried = [each for each in node.under if each in self.records]
            tried = [each for each in tried if self.records[each].kind == "assumption"]
            if not tried:
                told.append(assumed(node))
                tried = [told[-1].key]
            yield replace(node, under=tuple(tried))
        yield from told

    def _body(self, record: ForeignRecord, parts: Sequence[str]) -> str:
        """The text, with its parts, and with what is mentioned in the words of the quotes."""
        made = [record.body, "\n".join(f"- {each}" for each in parts)]
        moments = [(record.mentions, record.quote), *record.moments]
        mentioned = [self._moment(record, names, quote) for names, quote in moments if names]
        alone = [_quoted(quote) for names, quote in moments if quote and not names]
        if alone:
            made += ["## Memorable quote" if KINDS[record.kind].speaks else "", *alone]
        if mentioned:
            made += ["## Opportunities", *mentioned]
        return "\n\n".join(filter(None, made)).replace("<!--", "&lt;!--")

    def _moment(self, record: ForeignRecord, names: Iterable[str], quote: str) -> str:
        keys = dict.fromkeys(self._one(each, record) for each in names)
        items = []
        for key in keys:
            known = self.records.get(key)
            words = re.sub(r"[\[\]|]", " ", line(known.title if known else key)).strip()
            items.append(f"- [[{slug(key) if known else key}|{words}]]")
            items += [f"  {each}" for each in _quoted(quote).split("\n") if each]
        return "\n".join(items)

    def _parts(self) -> Mapping[str, Sequence[str]]:
        """The titles of the parts of each record."""
        found: dict[str, list[str]] = {}
        for key, record in self.records.items():
            if record.part:
                for above in self._above.get(key, ()):
                    found.setdefault(above, []).append(line(record.title))
        return found

    def _under(self, key: str, resolved: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """What a record hangs under, past those without a kind."""
        stack = [key]
        while stack:
            here = stack[-1]
            above = self._above.get(here, [])
            kindless = [each for each in above if self._passed(each)]
            missing = [each for each in kindless if each not in resolved]
            if missing:
                stack += missing
                continue
            found = (resolved[each] if each in kindless else (each,) for each in above)
            resolved[here] = tuple(dict.fromkeys(name for names in found for name in names))
            stack.pop()
        return resolved[key]

    def _passed(self, key: str) -> bool:
        return key in self.records and self.records[key].kind not in KINDS


def _quoted(text: str) -> str:
    return "\n".join(f"> {each.strip()}" for each in text.split("\n") if each.strip())


def _fits(parent: ForeignRecord, child: ForeignRecord, *, below: bool) -> bool:
    if below:
        parent, child = child, parent
    return child.kind in KINDS and parent.kind in KINDS[child.kind].under


def merged(records: Iterable[ForeignRecord]) -> list[ForeignRecord]:
    """Records without keys that have one kind and title as one, under all that each is under."""
    found: dict[tuple[str, str], ForeignRecord] = {}
    for record in records:
        same = found.setdefault((record.kind, fold(record.title)), record)
        if same is not record:
            same.parents = tuple(dict.fromkeys((*same.parents, *record.parents)))
            same.fields = {**record.fields, **same.fields}
            bodies: Mapping[str, None] = dict.fromkeys(filter(None, (same.body, record.body)))
            same.body = "\n\n".join(bodies)
    return list(found.values())

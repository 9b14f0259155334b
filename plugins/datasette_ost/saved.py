"""The same pages as files, which need no server: they work from a disk and from any host.

Addresses are relative. What only a server can answer (the filter of a tree, the panel beside it,
the tables) is left out; a script searches.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import Environment

from datasette_ost import words
from datasette_ost.door import HERE, tilde_encode
from datasette_ost.frame import alone, in_frame
from datasette_ost.links import SOURCES, Links
from datasette_ost.pages import BY_NAME, Asked, Page
from datasette_ost.portrait import plain
from datasette_ost.queries import trees
from datasette_ost.queries.evidence import AT_MOST as AT_ONCE
from datasette_ost.queries.reading import about, number, rows
from datasette_ost.shapes import Mention, Sought
from ost.fence import LinkError, SpecialError, around
from ost.notation import notation, untitled

Report = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is."""

LIST = "pages.list"
"""The list of the files that were written, by which the next export knows its own."""

_ASSETS = "assets"
_LONGEST = 100
_ALL = {"moments": "all"}


class ForeignError(Exception):
    """The folder holds what no export wrote."""


class Saved(NamedTuple):
    """How many files the pages are, how many of them were written, how many old ones taken away."""

    files: int
    written: int
    gone: int


def save(
    connection: sqlite3.Connection, folder: Path, report: Report | None = None, root: Path = Path()
) -> Saved:
    """Writes every page below `folder`; files that are as they should be are not touched.

    Raises `ForeignError` when there is something in the folder that no export wrote, and
    `LinkError` where a link is in the way, in the folder or between it and the project's `root`.
    """
    site = _Folder(folder, root)
    before = site.before()
    # From now on the folder is known as ours, should this end half-way.
    site.list(before)
    made: dict[str, None] = {}
    written = 0
    pages = _Pages(connection)
    total = pages.count()
    for name, content in chain(_assets(), pages.search(), pages.all()):
        made[name] = None
        written += site.write(name, content)
        if report is not None and not len(made) % 20:
            report("saving", len(made), total)
    gone = [each for each in before if each not in made]
    for each in gone:
        site.remove(each)
    site.list(sorted(made))
    return Saved(len(made), written, len(gone))


class _Folder:
    """The folder that is written into. What stands in it may have come with a repository: nothing
    is written or deleted through a link.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._fence, listed = around(str(folder / LIST), str(root), ".")
        self._top = listed.removesuffix(LIST)

    def before(self) -> list[str]:
        """The files that an export before wrote, as far as one could have written them."""
        try:
            listed = self._fence.read(self._top + LIST).decode("utf-8", "replace")
        except FileNotFoundError:
            if self._folder.is_dir() and any(self._folder.iterdir()):
                raise ForeignError from None
            return []
        except SpecialError:
            raise ForeignError from None
        return [each for each in listed.split("\n") if _OURS.fullmatch(each)]

    def list(self, names: Iterable[str]) -> None:
        """Writes down which files are ours."""
        self.write(LIST, "".join(f"{each}\n" for each in names).encode())

    def write(self, name: str, content: bytes) -> bool:
        """Writes a file, unless it is as it should be; whether it was not."""
        path = self._top + name
        try:
            if self._fence.read(path) == content:
                return False
        except OSError:
            pass  # nothing is there, or a link, which is replaced
        self._fence.write(path, content, synced=False)
        return True

    def remove(self, name: str) -> None:
        """Takes a file away; what stands behind a link is nobody's of ours."""
        with suppress(LinkError):
            self._fence.remove(self._top + name)


_OURS = re.compile(rf"(?!.*(?:^|/)\.)(?:{_ASSETS}/[^/]+|(?:[a-z]+/)?[^/]+\.html)")


def _assets() -> Iterator[tuple[str, bytes]]:
    for name, file in _STATIC.items():
        yield f"{_ASSETS}/{name}", file.read_bytes()


def file_name(node_id: str) -> str:
    """What a node's pages are called: safe in an address, on every file system, and told apart
    where large and small letters are the same.
    """
    encoded = tilde_encode(node_id)
    if node_id == node_id.lower() and len(encoded) <= _LONGEST:
        return encoded
    digest = blake2b(node_id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{encoded[:_LONGEST].lower()}-{digest}"


class Places(NamedTuple):
    """What addresses depend on: which nodes are interviews or signals, the top of each node's tree,
    each rule's code by its names, and who was heard.
    """

    sources: frozenset[str]
    tops: Mapping[str, str]
    rules: Mapping[str, str]
    people: frozenset[str]


class SavedLinks(Links):
    """Addresses of files, seen from a page `up` so many folders below the first."""

    served = False

    def __init__(self, places: Places, up: int) -> None:
        """Addresses of one site's files."""
        self._places = places
        self._up = "../" * up
        self.base = f"{self._up}index.html"

    def node(self, node_id: str, kind: str = "") -> str:
        """A node's page; an interview's or a signal's own."""
        told = kind in SOURCES or node_id in self._places.sources
        return self.page("interview" if told else "node", node_id)

    def heard(self, mention: Mention) -> str:
        """There is no player."""
        return ""

    def tree(self, node_id: str, at: str = "") -> str:
        """The tree in which a node stands, opened at a node."""
        top = self._places.tops.get(node_id, node_id)
        found = at or node_id
        return self.page("tree", top) + (f"#{quote(found)}" if found != top else "")

    def page(self, name: str, node_id: str = "", **given: str) -> str:
        """A page that looks across nodes, or one node's."""
        person = given.get("participant", "")
        if person in self._places.people:
            node_id = person
        return f"{self._up}{name}" + (f"/{file_name(node_id)}" if node_id else "") + ".html"

    def asset(self, name: str) -> str:
        """A style sheet or a script."""
        return f"{self._up}{_ASSETS}/{name}"

    def more(self, name: str, first: int, **_: str) -> str:
        """The part of a long page that begins with so many left out."""
        return f"{self._up}{name}/from-{first}.html"

    def search(self, query: str = "", kind: str = "") -> str:
        """The search page."""
        given = {name: value for name, value in (("q", query), ("kind", kind)) if value}
        return f"{self._up}search.html" + (f"?{urlencode(given)}" if given else "")

    def check(self, rule: str = "") -> str:
        """The check page, or a rule's part of it."""
        code = self._places.rules.get(rule)
        return f"{self._up}check" + (f"/{code}" if code else "") + ".html"

    def table(self, table: str, **_: str) -> str:
        """In place of a table: all nodes of that kind."""
        return self.search(kind=table) if table in _LISTED else self.check()

    def row(self, table: str, key: str) -> str:
        """There are no rows."""
        return ""


_LISTED = ("interview", "signal", "solution")


class _Pages:
    """The pages of one published tree."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.environment: Environment = alone()
        tops: dict[str, str] = {}
        top = ""
        for node_id, depth in rows(connection, _PLACED, {}):
            top = node_id if not depth else top
            tops[node_id] = top
        rules = {word: code for code, name in rows(connection, _RULES, {}) for word in (code, name)}
        people = frozenset(each[0] for each in rows(connection, _PEOPLE, {}))
        sources = frozenset(each[0] for each in rows(connection, _OF_A_NODE["interview"], {}))
        self.places = Places(sources, tops, rules, people)

    def count(self) -> int:
        """About how many files there will be."""
        return len(self.places.people) + 2 * number(self.db, "select count(*) from node")

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Every page: its file's name, and its content."""
        yield self.made("trees", "index.html")
        for name in ("evidence", "practice", "bets", "changes", "check"):
            yield self.made(name, f"{name}.html")
        for first in range(AT_ONCE, number(self.db, _OPPORTUNITIES), AT_ONCE):
            yield self.made("evidence", f"evidence/from-{first}.html", {"from": str(first)})
        for person in sorted(self.places.people):
            name = f"evidence/{file_name(person)}.html"
            yield self.made("evidence", name, {"participant": person})
        for code in sorted(set(self.places.rules.values())):
            yield self.made("check", f"check/{code}.html", {"rule": code})
        for top in sorted(set(self.places.tops.values())):
            whole = trees.tree(
                self.db, top, levels=None, at="", looked_for=Sought(), most=trees.EVERY_BOX
            )
            yield self.shown(BY_NAME["tree"], whole, f"tree/{file_name(top)}.html")
        for kind, query in _OF_A_NODE.items():
            for (node_id,) in rows(self.db, query, {}):
                yield self.made(kind, f"{kind}/{file_name(node_id)}.html", _ALL, node_id)

    def made(
        self, name: str, file: str, given: dict[str, str] | None = None, node_id: str = ""
    ) -> tuple[str, bytes]:
        """One page."""
        page = BY_NAME[name]
        return self.shown(page, page.read(self.db, Asked(node_id, given or {})), file)

    def shown(self, page: Page, found: Any, file: str) -> tuple[str, bytes]:
        """One page, of what was read."""
        links = SavedLinks(self.places, file.count("/"))
        return self.framed(page.name, file, links, {"page": found, **page.show(found, links)})

    def framed(
        self, name: str, file: str, links: SavedLinks, shown: Mapping[str, object]
    ) -> tuple[str, bytes]:
        """A page in the frame that all have."""
        assets = {each: links.asset(each) for each in (*_STATIC, _FOUND)}
        context = {"name": name, "links": links, "assets": assets, **shown}
        return file, in_frame(self.environment, f"ost/{name}.html", "ost/saved.html", context)

    def search(self) -> Iterator[tuple[str, bytes]]:
        """The search page, and all that can be found by it, as a script: from a disk, a page may
        load a script, but no data.
        """
        links = SavedLinks(self.places, 0)
        nodes = [
            [
                kind,
                title,
                status or "",
                plain(untitled(body, notation(marks)))[:_EXCERPT],
                links.node(key, kind),
            ]
            for key, kind, title, status, body, marks in rows(self.db, _NODES, {})
        ]
        nodes.sort(key=lambda each: _KINDS.index(each[0]) if each[0] in _KINDS else len(_KINDS))
        said = [
            [text, person or "", title, links.node(key, kind)]
            for text, person, title, key, kind in rows(self.db, _SAID, {})
        ]
        found = json.dumps({"nodes": nodes, "said": said}, ensure_ascii=True, separators=(",", ":"))
        yield links.asset(_FOUND), f"window.ostFound={found};\n".encode()
        yield self.framed("finder", "search.html", links, {"page": {"about": about(self.db)}})


_STATIC = {each.name: each for each in sorted((HERE / "static").iterdir())}
_FOUND = "found.js"
_KINDS = list(words.PLURALS)
_EXCERPT = 400
_PLACED = "select id, depth from node where lft is not null order by lft"
_RULES = "select code, name from rule"
_PEOPLE = "select id from participant"
_OPPORTUNITIES = "select count(*) from node where kind = 'opportunity'"
_NODES = "select id, kind, title, status, body, notation from node order by kind, title"
_SAID = """
select quote.text, quote.participant, node.title, node.id, node.kind
from quote
join node on node.id = quote.source
union
select moment.words, moment.participant, node.title, node.id, node.kind
from moment
join node on node.id = moment.source
where moment.words != ''
order by 3, 1
"""
_WITH_BELOW = """
select distinct above.id
from edge
join node as above on above.id = edge.target
join node as below on below.id = edge.source
where edge.relation = 'parent'
  and above.kind = 'opportunity'
  and below.kind = '{kind}'
order by 1
"""
_OF_A_NODE = {
    "node": "select id from node where kind not in ('interview', 'signal') order by id",
    "interview": "select id from node where kind in ('interview', 'signal') order by id",
    "outcome": "select id from node where kind = 'outcome' order by id",
    "compare": _WITH_BELOW.format(kind="solution"),
    "siblings": f"""
      select id from node where kind = 'outcome' union {_WITH_BELOW.format(kind="opportunity")}
    """,
}

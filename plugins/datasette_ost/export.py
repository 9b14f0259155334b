"""Saves the pages as files that need no server and work from a disk or any web host.

Addresses are relative. Pages that need a server (tables and SQL) are left out. Scripts search,
filter a tree and show a node beside it; their data is in files next to the pages.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from datasette_ost.datasette_api import HERE, today
from datasette_ost.file.kinds import kinds
from datasette_ost.file.moments import TRANSCRIBED
from datasette_ost.file.nodes import Mention
from datasette_ost.page import Copy, Page, PageRequest, every_page, file_name, navigation
from datasette_ost.server.frame import in_frame, part, standalone_templates
from datasette_ost.view.links import Links
from datasette_ost.view.look import Appearance
from ost.disk.fence import LinkError, SpecialError, fence_around
from ost.export import ForeignError, Report, Saved

LIST = "pages.list"
"""The name of the file that lists what an export wrote, so that the next export recognises its own
files.
"""

_ASSETS = "assets"
_STATIC = {each.name: each for each in sorted((HERE / "static").iterdir())}


def html(
    connection: sqlite3.Connection, folder: Path, report: Report | None = None, root: Path = Path()
) -> Saved:
    """Save the pages as a website that needs no server.

    These are the pages of `ost serve`, without the tables and SQL, which need a server. When you
    save again, it writes only what differs and removes pages of deleted nodes.

    \b
    ost export html site             then open site/index.html
    ost export html /srv/www/tree    for a web server
    """
    site = _Folder(folder, root)
    before = site.before()
    # From now on the folder is known as ours, even if this ends half-way.
    site.list(before)
    saved: dict[str, None] = {}
    written = 0
    pages = _Pages(connection)
    for name, content in chain(_assets(), pages.data(), pages.all()):
        saved[name] = None
        written += site.write(name, content)
        if report is not None and not len(saved) % 20:
            report("saving", len(saved), pages.count())
    gone = [each for each in before if each not in saved]
    for name in gone:
        site.remove(name)
    site.list(sorted(saved))
    return Saved(len(saved), written, len(gone), folder / "index.html")


class _Folder:
    """The output folder. It may come from a repository, so nothing is written or deleted through a
    link.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._fence, listed = fence_around(str(folder / LIST), str(root), ".")
        self._top = listed.removesuffix(LIST)

    def before(self) -> list[str]:
        """The files of the previous export, ignoring names that no export could have written."""
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
        """Writes the list of our files."""
        self.write(LIST, "".join(f"{each}\n" for each in names).encode())

    def write(self, name: str, content: bytes) -> bool:
        """Writes a file if its content differs, and returns whether it did."""
        path = self._top + name
        try:
            if self._fence.read(path) == content:
                return False
        except OSError:
            pass  # nothing is there, or a link, which is replaced
        self._fence.write(path, content, synced=False)
        return True

    def remove(self, name: str) -> None:
        """Removes a file. A file behind a link is not ours and stays."""
        with suppress(LinkError):
            self._fence.remove(self._top + name)


_OURS = re.compile(
    rf"(?!.*(?:^|/)\.)(?:{_ASSETS}/[^/]+|(?:[a-z]+/)?[^/]+\.html|[a-z]+\.atom|[a-z]+/[^/]+\.js)"
)


def _assets() -> Iterator[tuple[str, bytes]]:
    for name, file in _STATIC.items():
        yield f"{_ASSETS}/{name}", file.read_bytes()


Asked = tuple[str, str, tuple[tuple[str, str], ...]]
"""The target of a link: a page's name, the id and the arguments."""


class SavedLinks(Links):
    """The addresses of saved pages, relative to a page `up` folders below the first page."""

    served = False

    def __init__(self, places: Mapping[Asked, str], up: int, look: Appearance) -> None:
        """The addresses among one site's files."""
        self.look = look
        self._places = places
        self._up = "../" * up
        self.base = f"{self._up}index.html"

    def node(self, node_id: str, kind: str = "") -> str:
        """The page of a node. Interviews and signals have a page of their own kind."""
        has_transcript = ("interview", node_id, ()) in self._places
        return self.page("interview" if has_transcript else "node", node_id)

    def recorded_page(self, mention: Mention, recorded: int) -> str:
        """The page with an interview's transcript. A saved page has no player."""
        return self.to(mention) if recorded == TRANSCRIBED else ""

    def tree(self, node_id: str, at: str = "") -> str:
        """The tree that holds a node, opened at a node."""
        return self.page("tree", at or node_id)

    def page(self, name: str, node_id: str = "", **given: str) -> str:
        """A page, without the arguments if no copy with them was saved."""
        asked = tuple(sorted((each, value) for each, value in given.items() if value))
        for key in ((name, node_id, asked), (name, node_id, ()), (name, "", ())):
            if key in self._places:
                return self._up + self._places[key]
        return self.base

    def asset(self, name: str) -> str:
        """A style sheet or a script."""
        return f"{self._up}{_ASSETS}/{name}"

    def feed(self, name: str = "activity") -> str:
        """A page's feed, which is a file next to it."""
        return f"{self._up}{name}.atom"

    def search(self, query: str = "", kind: str = "") -> str:
        """The search page, which reads the query from its address."""
        given = {name: value for name, value in (("q", query), ("kind", kind)) if value}
        return self.page("search") + (f"?{urlencode(given)}" if given else "")

    def table(self, table: str, **_: str) -> str:
        """A search for all nodes of that kind, because saved pages have no tables."""
        return self.search(kind=table) if table in self.kinds else self.check()

    def query(self, name: str = "") -> str:
        """Always empty: saved pages have no SQL."""
        return ""

    def row(self, table: str, key: str) -> str:
        """Always empty: saved pages have no rows."""
        return ""


class _File(NamedTuple):
    page: Page
    copy: Copy


class _Pages:
    """The pages of one published tree as files."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.environment = standalone_templates()
        self.look = Appearance(kinds(connection))
        self.places: dict[Asked, str] = {}
        self.files: dict[str, _File] = {}
        for page in every_page().values():
            for copy in page.copies(connection):
                path = _path(page, copy)
                self.files.setdefault(path, _File(page, copy))
                anchor = f"#{quote(copy.anchor)}" if copy.anchor else ""
                self.places[page.name, copy.id, tuple(sorted(copy.args.items()))] = path + anchor

    def count(self) -> int:
        """The number of pages."""
        return len(self.files)

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Every page: the path of its file and its content."""
        for path, (page, copy) in self.files.items():
            links = SavedLinks(self.places, path.count("/"), self.look)
            found = page.read(self.db, PageRequest(copy.id, copy.args, whole=True, today=today()))
            context = {
                "page": found,
                "name": page.name,
                "links": links,
                "navigation": navigation(links),
                "styles": page.styles,
                "scripts": page.saved_scripts,
                **page.show(found, links),
            }
            if page.as_script:
                html = part(self.environment, page.template, context)
                script = f"ost.parts[{json.dumps(copy.id)}]={json.dumps(html)};\n"
                yield path, script.encode()
            else:
                yield path, in_frame(self.environment, page.template, "ost/saved.html", context)
            if page.feed and copy == Copy():
                yield f"{page.name}.atom", page.feed(found, links)

    def data(self) -> Iterator[tuple[str, bytes]]:
        """The scripts that saved pages load."""
        links = SavedLinks(self.places, 0, self.look)
        for page in every_page().values():
            for name, content in page.data(self.db, links) if page.data else ():
                yield f"{_ASSETS}/{name}", content


def _path(page: Page, copy: Copy) -> str:
    if page.front:
        return "index.html"
    below = copy.file or (file_name(copy.id) if copy.id else "")
    ending = "js" if page.as_script else "html"
    return f"{page.name}/{below}.{ending}" if below else f"{page.name}.{ending}"

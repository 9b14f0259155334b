"""What a page is, and the list of pages: one for each module in `pages`.

The module of a page holds all of it: the values that it reads from the file (its `.json` twin), how
its template shows them, its place in the navigation, and its saved copies.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import msgspec
from msgspec import Struct

from datasette_ost.datasette_api import Arguments, tilde_encode
from datasette_ost.file.rows import rows
from datasette_ost.view.links import Links
from ost.days import read_day

Shown = dict[str, object]
"""The values for a template."""

LONGEST_NAME = 100
"""The maximum length of a saved page's file name. File systems allow 255 bytes."""


class PageRequest(Struct, frozen=True):
    """A request for a page: the id in its address, and its arguments. `whole` is true for a saved
    page, which has no server to ask for the rest. `today` is the clock's day.
    """

    id: str = ""
    args: Arguments = {}
    whole: bool = False
    today: str = ""

    def text(self, name: str) -> str:
        """An argument's value, "" if it is missing."""
        return str(self.args.get(name) or "")[:400]

    def number(self, name: str, least: int, most: int) -> int | None:
        """An argument as a whole number within bounds; None if it is missing or not a number."""
        given = self.text(name)
        if not given.isascii() or not given.isdigit():
            return None
        return max(least, min(most, int(given[:9])))

    def day(self, as_of: str) -> date:
        """The day of the build or, failing that, of the clock; without either, a day long ago."""
        return read_day(as_of) or read_day(self.today) or date(2000, 1, 3)


class Copy(Struct, frozen=True):
    """A page to save: its id and arguments, and the name of its file in the page's folder ("" to
    derive it from the id). `anchor` is an element on the page.
    """

    id: str = ""
    args: dict[str, str] = {}
    file: str = ""
    anchor: str = ""


class PageError(Struct, frozen=True):
    """Why a page cannot be shown, in one line: nothing is there (404), or the request makes no
    sense (400).
    """

    status: int
    said: str


class Serving(Struct, frozen=True):
    """What only a server knows: why it does not show the newest build, the folder of recordings,
    and the hosts whose recordings pages may play.
    """

    problem: str
    recordings: str
    play_from: tuple[str, ...]


class Navigation(Struct, frozen=True):
    """A page's entry in the navigation. Lower numbers come first."""

    label: str
    order: int


def itself(_: sqlite3.Connection) -> Iterator[Copy]:
    """One saved copy, for a page without an id."""
    yield Copy()


class Page(Struct, frozen=True, kw_only=True):
    """One page. The name of its module is also that of its template and of its address below
    `/-/ost/`.

    `read` gives None if there is no such node, or says why it refuses. `of_node` pages have an id
    in their address. `former` are old names under which its address keeps working. `serve` adds the
    values that only a server knows, and gives the hosts that the page may contact, and for what.
    `feed` is its Atom twin. `styles` and `scripts` are loaded in addition to those of all pages.
    `copies` are its saved pages, which load `saved_scripts`; `data` are files that these scripts
    load. With `as_script`, a copy is a script that hands the page to another page, because a page
    opened from a disk can load a script but no page.
    """

    read: Callable[[sqlite3.Connection, PageRequest], Any]
    show: Callable[[Any, Links], Shown]
    name: str = ""
    front: bool = False
    of_node: bool = False
    former: tuple[str, ...] = ()
    navigation: Navigation | None = None
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    serve: Callable[[Any, Links, Serving], Mapping[str, str]] | None = None
    feed: Callable[[Any, Links], bytes] | None = None
    copies: Callable[[sqlite3.Connection], Iterable[Copy]] = itself
    saved_scripts: tuple[str, ...] = ()
    as_script: bool = False
    data: Callable[[sqlite3.Connection, Links], Iterable[tuple[str, bytes]]] | None = None

    @property
    def template(self) -> str:
        """The page's template."""
        return f"ost/{self.name}.html"


@lru_cache(maxsize=1)
def every_page() -> Mapping[str, Page]:
    """The pages by name."""
    package = import_module("datasette_ost.pages")
    found = {}
    for module in iter_modules(package.__path__):
        page = import_module(f"{package.__name__}.{module.name}").PAGE
        found[module.name] = msgspec.structs.replace(page, name=module.name)
    return found


def navigation(links: Links) -> list[tuple[str, str, str]]:
    """The name, label and address of each page in the navigation, without pages that were not
    saved.
    """
    shown = [(page.navigation, page) for page in every_page().values() if page.navigation]
    found = [
        (page, entry.label, links.base if page.front else links.page(page.name))
        for entry, page in sorted(shown, key=lambda each: each[0].order)
    ]
    return [
        (page.name, label, address)
        for page, label, address in found
        if page.front or address != links.base
    ]


def of_nodes(sql: str) -> Callable[[sqlite3.Connection], Iterator[Copy]]:
    """One saved copy for each node whose id a query returns."""

    def copies(connection: sqlite3.Connection) -> Iterator[Copy]:
        for (node_id,) in rows(connection, sql, {}):
            yield Copy(node_id)

    return copies


def file_name(node_id: str) -> str:
    """The name of a node's saved pages. It is safe in addresses and on every file system, and
    unique even if the file system ignores case.
    """
    encoded = tilde_encode(node_id)
    if node_id == node_id.lower() and len(encoded) <= LONGEST_NAME:
        return encoded
    digest = blake2b(node_id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{encoded[:LONGEST_NAME].lower()}-{digest}"


def plain(found: Struct) -> bytes:
    """A page's values as JSON."""
    return msgspec.json.encode(found)

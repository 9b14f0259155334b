"""The published file that the server shows: an attached database, or the file that a pointer names.

A pointer (`current.json`) names the newest of several files that never change. When it moves, the
server opens and checks the new file and replaces the old one in a single assignment; queries on the
old file may finish. A plain file that is replaced under its name is followed in the same way.
"""

import asyncio
import json
import os
import sqlite3
import time
from hashlib import sha256
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec
from msgspec import Struct

from datasette_ost.datasette_api import Database, Server, database, idle, learn_tables, static_file
from datasette_ost.file.kinds import PublishedKinds, kinds
from datasette_ost.file.rows import build as build_of
from datasette_ost.server.descriptions import Described, describe
from datasette_ost.view.links import Links
from datasette_ost.view.look import Appearance
from ost.disk.checksum import digest_of

SCHEMA = 3
"""The version of the tables that these pages can read."""

INTERVAL = 0.25
WAIT, POLL = 1.0, 0.02
"""Seconds: how long a live page's request waits for another build, and how soon it notices one."""
GRACE = 60.0
"""How many seconds a replaced file stays open, for downloads that are still running."""

MOST = 8
"""The maximum of replaced files that stay open that long. Beyond it, the server closes those that
no one is reading: each takes up to three descriptors, and some systems allow only 256.
"""

IDLE = 1.0
"""A replaced file without a query for this many seconds is no longer read by anyone."""

MEMORY = "_memory"
"""Datasette's name for a database that it attaches itself."""

MAPPED = 1 << 33
"""The maximum of bytes of a file to map into memory. SQLite may allow fewer."""

DatabaseMark = tuple[int, int, int]


class PluginSettings(Struct, kw_only=True):
    """The plugin's part of `datasette.yaml`, under `datasette-ost`.

    `recordings` is the folder of recordings; `play_from` are hosts whose recordings pages may play.
    `hosts` are the names that the server answers to, besides those of this computer; without any,
    it answers to all. With `front`, Datasette's first page opens on the trees. `checked` says that
    the program that moves the pointer has already checked the file: a second check takes as long as
    everything else about following a build.
    """

    pointer: str = ""
    database: str = ""
    live: bool = False
    checked: bool = False
    csp: str = "strict"
    recordings: str = ""
    play_from: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    front: bool = True


class Pointer(Struct):
    """The content of `current.json`."""

    file: str
    build: str
    schema: int
    digest: str


class UnreadableError(Exception):
    """The pointer or its file cannot be shown. The text tells people why."""


class Site:
    """The file that one server shows. `problem` says why it is not the newest build, or is ""."""

    def __init__(self, server: Server) -> None:
        """Keeps the settings; opens nothing yet."""
        given = server.plugin_config("datasette-ost") or {}
        self.server = server
        try:
            self.settings = msgspec.convert(dict(given), PluginSettings)
        except msgspec.ValidationError as error:
            raise ValueError(f"datasette-ost: {error}") from None
        self.problem = ""
        self._mark: DatabaseMark | None = None
        self._adopted: DatabaseMark | None = None
        self._file: Path | None = None
        self._found = ""
        self._described: Described | None = None
        self._retired: list[tuple[float, Database]] = []
        self._lock = asyncio.Lock()
        self._assets: dict[str, str] = {}
        self._looks: WeakKeyDictionary[Database, Appearance] = WeakKeyDictionary()

    def asset(self, name: str) -> str:
        """The address of a style sheet or a script."""
        if name not in self._assets:
            self._assets[name] = static_file(self.server, name)
        return self._assets[name]

    async def name(self) -> str:
        """The database's name, or "" if there is none."""
        if self.settings.pointer:
            return self.settings.database or "ost"
        if self._found not in self.server.databases:
            self._found = await self._find()
        return self._found

    async def links(self, database: Database | None) -> Links:
        """The addresses of a database's pages. Kinds are read once per build."""
        if database is None:
            return Links(self.server, None, Appearance(PublishedKinds()))
        if database not in self._looks:
            try:
                self._looks[database] = Appearance(await database.execute_fn(kinds))
            except (sqlite3.Error, ValueError):
                return Links(self.server, database, Appearance(PublishedKinds()))
        return Links(self.server, database, self._looks[database])

    async def start(self) -> None:
        """Shows the current file, and follows it from now on."""
        self._hide_folders()
        self._drop_memory()
        await self.follow()
        self.server.add_background_task(self._watch, name="datasette-ost: follow the newest build")
        name = await self.name()
        if name in self.server.databases:
            await self._describe(self.server.databases[name])

    async def follow(self) -> None:
        """Shows the newest build. If nothing moved, this looks at only one file."""
        path = self._followed(await self.name())
        if path is None or self._current(_look(path)):
            return
        async with self._lock:
            mark = _look(path)
            if self._current(mark):
                return
            self.problem = await self._show(path)
            # Only now: other requests must wait too, or they would see the old build.
            self._mark = mark

    async def next_build(self, shown: Database | None) -> Database | None:
        """The current build: at once if it is not `shown` or if a problem came or went, otherwise
        after a while.
        """
        problem, until = self.problem, time.monotonic() + WAIT
        while time.monotonic() < until:
            now = self.server.databases.get(await self.name())
            if now is not shown or self.problem != problem:
                return now
            await asyncio.sleep(POLL)
            await self.follow()
        return shown

    async def wait_until_open(self) -> None:
        """Waits while a build is being opened, because Datasette does not know its tables before
        that.
        """
        async with self._lock:
            pass

    def prepare(self, connection: sqlite3.Connection, name: str) -> None:
        """Maps a build into memory, so that pages read it without copying. Only for a file that a
        pointer names: no one truncates such a file while it is open.
        """
        if self.settings.pointer and name == (self.settings.database or "ost"):
            connection.execute(f"pragma mmap_size = {MAPPED}")

    def close(self) -> None:
        """Closes the replaced files that are still open."""
        for _, replaced in self._retired:
            replaced.close()
        self._retired.clear()

    def _drop_memory(self) -> None:
        """Removes the empty database that Datasette attaches if it gets no file. Datasette does not
        count a build behind a pointer.
        """
        if self.settings.pointer and not self.server.files and not self.server.crossdb:
            kept = {name: each for name, each in self.server.databases.items() if name != MEMORY}
            self.server.databases = kept

    def _hide_folders(self) -> None:
        """Reduces the folders in our settings to their names, because Datasette shows its
        configuration to everyone.
        """
        known = self.server.config or {}
        plugins = known.get("plugins") or {}
        if "datasette-ost" not in plugins:
            return
        names = {
            key: Path(value).name
            for key, value in plugins["datasette-ost"].items()
            if key in {"pointer", "recordings"} and isinstance(value, str)
        }
        ours = {**plugins["datasette-ost"], **names}
        self.server.config = {**known, "plugins": {**plugins, "datasette-ost": ours}}

    def _current(self, mark: DatabaseMark | None) -> bool:
        """Whether the site already shows this version of the file. After a failure it says no, to
        try again.
        """
        return mark is not None and mark == self._mark and not self.problem

    def _followed(self, name: str) -> Path | None:
        """The file to watch: the pointer, or the plain file itself."""
        if self.settings.pointer:
            return Path(self.settings.pointer)
        shown = self.server.databases.get(name)
        return Path(shown.path) if shown is not None and shown.path else None

    async def _show(self, path: Path) -> str:
        """Shows the file at `path`, or the file that it points to; returns why it cannot, or ""."""
        try:
            if self.settings.pointer:
                await self._adopt(_pointer(path))
            elif self._mark is not None:
                await self._reopen(path)
        except UnreadableError as error:
            return str(error)
        return ""

    async def _adopt(self, pointer: Pointer) -> None:
        path = Path(self.settings.pointer).parent / pointer.file
        name = self.settings.database or "ost"
        # `ost build` writes a damaged file again under the same name.
        adopted = _look(path)
        if name not in self.server.databases or (path, adopted) != (self._file, self._adopted):
            checked = self.settings.checked
            if not checked and await asyncio.to_thread(_digest, path) != pointer.digest:
                raise UnreadableError(f"{path.name} is not the file that was published")
            await self._open(path, name, pointer.build, shown=self._shown(path))
            self._adopted = adopted

    def _shown(self, path: Path) -> str:
        """The path to show, without folders for people who may not have the file."""
        text = os.fsencode(path).decode("utf-8", "replace") == str(path)
        return str(path) if text and self.server.setting("allow_download") else path.name

    async def _reopen(self, path: Path) -> None:
        """Opens the file that replaces the current one. The old one stays readable for a while."""
        await self._open(path, await self.name(), "")

    async def _open(self, path: Path, name: str, build: str, shown: str = "") -> None:
        new = database(self.server, path, name, shown=shown)
        try:
            found = await new.execute_fn(build_of)
        except sqlite3.Error:
            new.close()
            raise UnreadableError(f"{path.name} could not be opened") from None
        if build not in {"", found}:
            new.close()
            raise UnreadableError(f"{path.name} is build {found}, not {build}")
        new.cached_hash = sha256(found.encode()).hexdigest()
        old = self.server.databases.get(name)
        self.server.databases = {**self.server.databases, name: new}
        self._file = path
        if old is not None:
            self._retired.append((time.monotonic() + GRACE, old))
        await learn_tables(self.server, name, new)
        await self._describe(new)

    async def _describe(self, database: Database) -> None:
        self._described = await describe(self.server, database, self._described)

    async def _watch(self, _: Server) -> None:
        while True:
            await asyncio.sleep(INTERVAL)
            await self.follow()
            await self._close_retired()

    async def _close_retired(self) -> None:
        now = time.monotonic()
        surplus = len(self._retired) - MOST
        due: list[Database] = []
        left: list[tuple[float, Database]] = []
        for until, replaced in self._retired:  # the oldest first
            if until <= now or (len(due) < surplus and idle(replaced, IDLE)):
                due.append(replaced)
            else:
                left.append((until, replaced))
        self._retired = left
        for replaced in due:
            # Not in Datasette's own threads, because closing waits for their queries.
            await asyncio.to_thread(replaced.close)

    async def _find(self) -> str:
        wanted = self.settings.database
        for name, attached in self.server.databases.items():
            if wanted in {"", name} and await attached.execute_fn(_is_ours):
                return name
        return ""


def _is_ours(connection: sqlite3.Connection) -> bool:
    sql = "select name from sqlite_master where type = 'table'"
    try:
        return {"meta", "node", "moment"} <= {each[0] for each in connection.execute(sql)}
    except sqlite3.DatabaseError:
        return False


def _look(path: Path) -> DatabaseMark | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return (seen.st_ino, seen.st_mtime_ns, seen.st_size)


def _digest(path: Path) -> str:
    try:
        return digest_of(path)
    except OSError as error:
        raise UnreadableError(f"{path.name} cannot be read: {error.strerror}") from None


def _pointer(path: Path) -> Pointer:
    try:
        pointer = msgspec.convert(json.loads(path.read_bytes()), Pointer)
    except FileNotFoundError:
        raise UnreadableError(f"there is no {path.name} yet") from None
    except OSError as error:
        raise UnreadableError(f"{path.name} cannot be read: {error.strerror}") from None
    except (ValueError, msgspec.ValidationError):
        raise UnreadableError(f"{path.name} does not say which file is the newest") from None
    if pointer.schema != SCHEMA:
        other = f"{pointer.file} has tables of version {pointer.schema}"
        raise UnreadableError(f"{other}, and this plugin reads version {SCHEMA}")
    if Path(pointer.file).name != pointer.file:
        raise UnreadableError(f"{path.name} names a file in another folder")
    if not (path.parent / pointer.file).is_file():
        raise UnreadableError(f"{pointer.file} is gone")
    return pointer


_SITES: "WeakKeyDictionary[Server, Site]" = WeakKeyDictionary()


def site_of(server: Server) -> Site:
    """The site of a server; each server has one."""
    found = _SITES.get(server)
    if found is None:
        found = _SITES[server] = Site(server)
    return found

"""The only door to Datasette: the parts that the plugin uses, with types, which Datasette lacks.

Nothing here may import `datasette.app` or `get_plugins` at import time: Datasette is not ready.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.database import Database as _Database
from datasette.database import QueryInterrupted
from datasette.jump import JumpSQL
from datasette.resources import DatabaseResource, TableResource
from datasette.utils import await_me_maybe as _await_me_maybe
from datasette.utils import escape_fts as _escape_fts
from datasette.utils import sqlite3 as _sqlite3
from datasette.utils import sqlite_timelimit as _sqlite_timelimit
from datasette.utils import tilde_decode as _tilde_decode
from datasette.utils import tilde_encode as _tilde_encode
from datasette.utils.actions_sql import build_allowed_resources_sql
from datasette.utils.asgi import AsgiFileDownload as Download

__all__ = [
    "DatabaseResource",
    "Download",
    "Forbidden",
    "JumpSQL",
    "NotFound",
    "QueryInterrupted",
    "Response",
    "TableResource",
]

Actor = Mapping[str, object] | None
Answer = TypeVar("Answer")
Function = TypeVar("Function", bound=Callable[..., object])

HERE = Path(__file__).parent


class Database(Protocol):
    """One attached database."""

    name: str
    route: str
    path: str
    """The path that pages show. For a build behind a pointer, it may be only the file's name."""
    is_mutable: bool
    cached_hash: str | None
    """Datasette derives colours from it. Without it, Datasette would read the whole file."""

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Runs a function with a connection in a read thread."""

    def close(self) -> None:
        """Waits for running queries and closes every connection."""


class Urls(Protocol):
    """The addresses below the server's base."""

    def path(self, path: str) -> str:
        """A path below the base."""

    def database(self, database: str) -> str:
        """A database's page."""

    def query(self, database: str, query: str) -> str:
        """A stored query's page."""

    def table(self, database: str, table: str) -> str:
        """A table's page."""

    def row(self, database: str, table: str, row_path: str) -> str:
        """A row's page."""


class Arguments(Protocol):
    """The arguments of the query string."""

    def get(self, name: str, default: Any = None, /) -> Any:
        """The first value with that name."""


class Request(Protocol):
    """A request."""

    actor: Actor
    args: Arguments
    headers: Mapping[str, str]
    method: str
    path: str
    query_string: str
    url_vars: Mapping[str, str]
    scope: Mapping[str, Any]


class Environment(Protocol):
    """Jinja's environment."""

    loader: Any

    def from_string(self, source: str) -> Any:
        """A template from its text."""


class Server(Protocol):
    """The parts of a `Datasette` that the plugin uses."""

    databases: dict[str, Database]
    files: tuple[str, ...]
    crossdb: bool
    config: dict[str, Any] | None
    executor: Any
    urls: Urls

    def plugin_config(self, name: str) -> Mapping[str, Any] | None:
        """The plugin's part of the configuration."""

    def setting(self, key: str) -> Any:
        """A setting's value."""

    def static(self, path: str, plugin: str) -> str:
        """The address of one of the plugin's files, with a hash of its content."""

    def get_jinja_environment(self, request: Request | None = None) -> Environment:
        """The templates."""

    def get_internal_database(self) -> Any:
        """The database where Datasette keeps descriptions of tables."""

    def add_background_task(self, func: Callable[[Any], Awaitable[None]], name: str) -> object:
        """Runs a function in the background while the server runs."""

    async def get_query(self, database: str, name: str) -> Any:
        """A stored query, or None."""

    async def add_query(self, database: str, name: str, sql: str, **more: Any) -> None:
        """Stores a query and replaces one with the same name."""

    async def refresh_schemas(self, *, force: bool) -> None:
        """Reads the list of tables again."""

    async def render_template(
        self, template: str, context: Mapping[str, object], request: Request
    ) -> str:
        """A page."""

    async def allowed(self, *, action: str, resource: object, actor: Actor) -> bool:
        """Whether an actor has a permission."""

    async def ensure_permission(self, *, action: str, resource: object, actor: Actor) -> None:
        """Raises `Forbidden` unless an actor has a permission."""


def hook(function: Function) -> Function:
    """Marks an implementation of one of Datasette's hooks."""
    return cast(Function, hookimpl(function))


def outer_hook(function: Function) -> Function:
    """Marks an implementation that runs last and wraps all others."""
    return cast(Function, hookimpl(function, trylast=True))


def wrapping_hook(function: Function) -> Function:
    """Marks a generator that gets the answers of all other implementations and returns its own."""
    return cast(Function, hookimpl(function, wrapper=True))


def optional_hook(function: Function) -> Function:
    """Marks an implementation of another plugin's hook, if that plugin is installed."""
    return cast(Function, hookimpl(function, optionalhook=True))


class _Build(_Database):  # type: ignore[misc]
    """A file that never changes. Datasette shows `path`; `file` is the real path."""

    def __init__(self, server: Server, file: Path, path: str) -> None:
        super().__init__(server, path=path, is_mutable=False)
        self.file = file
        self.running = 0
        self.used = time.monotonic()
        self.cached_size = file.stat().st_size if file.exists() else 0

    @property
    def mtime_ns(self) -> int:
        """The time at which the file was written."""
        return self.file.stat().st_mtime_ns

    def connect(self, write: bool = False) -> sqlite3.Connection:  # noqa: FBT001, FBT002 - Datasette's
        """A connection. Datasette does not quote the path in the address, although `%`, `?` and `#`
        have a meaning there.
        """
        if write:
            raise PermissionError(f"{self.path} never changes")
        address = f"{self.file.absolute().as_uri()}?mode=ro&immutable=1"
        opened = _sqlite3.connect(address, uri=True, check_same_thread=False)
        self._all_connections.append(opened)
        return cast(sqlite3.Connection, opened)

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Runs the function as Datasette does, and records that a page is reading."""
        self.running += 1
        try:
            return cast(Answer, await super().execute_fn(fn))
        finally:
            self.running -= 1
            self.used = time.monotonic()


def idle(database: Database, seconds: float) -> bool:
    """Whether no one has read the database for that many seconds."""
    build = cast(_Build, database)
    if not isinstance(build, _Build):
        return False  # the first argument is Datasette's own function, which does not notify us
    return not build.running and time.monotonic() - build.used >= seconds


async def while_handled(answer: object, error: Exception) -> Any:
    """The error handler's answer, computed while `error` counts as being handled, as the handler
    expects.

    Where `rich` is installed, Datasette's handler logs every frame of the error with all its
    values, including what the browser sent; that takes a second for every unknown address. If the
    request was at fault and not the server, the log gets one line.
    """
    try:
        if getattr(error, "status", 500) < 500:
            raise error.with_traceback(None) from None
        raise error
    except type(error):
        return await _await_me_maybe(answer)


def database(server: Server, file: Path, name: str, *, shown: str = "") -> Database:
    """Opens a file that never changes under a name, without attaching it. The server shows the path
    `shown`.
    """
    made = _Build(server, file, shown or str(file))
    made.name = made.route = name
    return cast(Database, made)


def time_limit(connection: sqlite3.Connection, milliseconds: int) -> AbstractContextManager[None]:
    """Interrupts queries that take longer than a limit."""
    return cast("AbstractContextManager[None]", _sqlite_timelimit(connection, milliseconds))


async def at_once(
    server: Server, database: Database, read: Callable[[sqlite3.Connection], Answer]
) -> Answer:
    """The results of queries that all see the same state of the file, within the server's time
    limit.
    """
    limit = int(server.setting("sql_time_limit_ms"))

    def run(connection: sqlite3.Connection) -> Answer:
        with time_limit(connection, limit):
            connection.execute("begin")
            try:
                return read(connection)
            finally:
                connection.rollback()

    return await database.execute_fn(run)


def escape_fts(words: str) -> str:
    """Words as a full-text query in which nothing is an operator."""
    return str(_escape_fts(words))


@lru_cache(maxsize=4096)
def tilde_encode(text: str) -> str:
    """Text as one part of a path. Datasette's own function is slow for the many ids on a page."""
    return str(_tilde_encode(text))


def tilde_decode(part: str) -> str:
    """The text that a part of a path encodes."""
    return str(_tilde_decode(part))


def today() -> str:
    """Today's date on the server."""
    return datetime.now().astimezone().date().isoformat()


def datasette_version() -> str:
    """The version of Datasette."""
    from datasette.version import __version__

    return str(__version__)


def static_file(server: Server, name: str) -> str:
    """The address of one of the plugin's files. It takes a millisecond, so keep the result."""
    return server.static(name, plugin=_plugin_name())


@cache
def _plugin_name() -> str:
    """Datasette's name for the plugin, which depends on how the plugin was loaded."""
    from datasette.plugins import get_plugins

    return next(
        str(each["name"])
        for each in get_plugins()
        if each["static_path"] and Path(each["static_path"]) == HERE / "static"
    )


async def learn_tables(server: Server, name: str, shown: Database) -> None:
    """Makes Datasette learn a database's tables; until then no one may see them. It may take
    several calls, because a call does nothing while another one is running.
    """

    def version(connection: sqlite3.Connection) -> object:
        return connection.execute("pragma schema_version").fetchone()[0]

    sql = "select schema_version from catalog_databases where database_name = ?"
    wanted = await shown.execute_fn(version)
    for _ in range(1000):
        await server.refresh_schemas(force=True)
        found = await server.get_internal_database().execute(sql, [name])
        if [row[0] for row in found.rows] == [wanted]:
            return
        await asyncio.sleep(0.01)


async def allowed_tables(server: Server, name: str, actor: Actor) -> frozenset[str]:
    """The tables of a database that an actor may see."""
    # The query of `allowed_resources`, without its part for the shadow tables of full-text search:
    # we need none of those, and they make it six times as slow.
    sql, params = await build_allowed_resources_sql(server, actor, "view-table", parent=name)
    found = await server.get_internal_database().execute(sql, params)
    return frozenset(each["child"] for each in found.rows)

"""Datasette's hooks, each leading to where it is answered."""

from collections.abc import Awaitable, Callable, Generator, Mapping
from sqlite3 import Connection
from typing import Any

from datasette_ost.datasette_api import (
    Actor,
    Request,
    Server,
    hook,
    optional_hook,
    outer_hook,
    wrapping_hook,
)
from datasette_ost.server import datasette_pages, failures, front, hosts, routes, sheets
from datasette_ost.server.guard import Route
from datasette_ost.server.site import site_of


@hook
def startup(datasette: Server) -> Callable[[], Awaitable[None]]:
    """Shows the file there is, and follows its pointer."""
    return site_of(datasette).start


@hook
def prepare_connection(conn: Connection, database: str, datasette: Server) -> None:
    """How a build is read."""
    site_of(datasette).prepare(conn, database)


@hook
def shutdown(datasette: Server) -> None:
    """Closes replaced files."""
    site_of(datasette).close()


@outer_hook
def asgi_wrapper(datasette: Server) -> Callable[[hosts.App], hosts.App]:
    """The look at the name that was asked for, before every route; the first page; and CSV
    without formulas.
    """
    names = site_of(datasette).settings.hosts

    def wrapped(app: hosts.App) -> hosts.App:
        safe = sheets.wrapped(datasette, app)
        if site_of(datasette).settings.front:
            base = datasette.urls.path("/")
            safe = front.opened(safe, base, datasette.urls.path("/-/ost"))
        return hosts.guarded(safe, names) if names else safe

    return wrapped


@wrapping_hook
def handle_exception(
    datasette: Server, request: Request, exception: Exception
) -> Generator[None, list[object], list[object]]:
    """Datasette's own answers, of which none fails and none names a folder."""
    answers = yield
    return [failures.answered(datasette, request, exception, each) for each in answers]


@hook
def register_routes(datasette: Server) -> list[tuple[str, Route]]:
    """The pages."""
    return routes.routes()


@hook
def menu_links(
    datasette: Server, actor: Actor, request: Request | None
) -> datasette_pages.Deferred:
    """The trees, in Datasette's menu."""
    return datasette_pages.menu(datasette, actor, request)


@hook
def jump_items_sql(
    datasette: Server, actor: Actor, request: Request | None
) -> datasette_pages.Deferred:
    """Nodes by their titles, in Datasette's jump menu."""
    return datasette_pages.jump(datasette, actor, request)


@hook
def top_homepage(datasette: Server, request: Request) -> datasette_pages.Deferred:
    """A way to the trees from Datasette's first page."""
    return datasette_pages.homepage(datasette, request)


@hook
def top_database(datasette: Server, request: Request, database: str) -> datasette_pages.Deferred:
    """A way to the trees from the database's page."""
    return datasette_pages.homepage(datasette, request, database)


@hook
def top_table(datasette: Server, request: Request, database: str) -> datasette_pages.Deferred:
    """Our navigation above a table."""
    return datasette_pages.table(datasette, request, database)


@hook
def top_query(datasette: Server, request: Request, database: str) -> datasette_pages.Deferred:
    """Our navigation above what SQL gives."""
    return datasette_pages.homepage(datasette, request, database)


@hook
def extra_css_urls(datasette: Server, database: str | None) -> datasette_pages.Deferred:
    """Our colours on the pages of our tables."""
    return datasette_pages.styles(datasette, database)


@hook
def row_actions(
    datasette: Server,
    actor: Actor,
    request: Request,
    database: str,
    table: str,
    row: Mapping[str, Any],
) -> datasette_pages.Deferred:
    """From a row to the node's page."""
    return datasette_pages.row(datasette, actor, request, database, table, row)


@hook
def top_row(
    datasette: Server, request: Request, database: str, table: str, row: Mapping[str, Any]
) -> datasette_pages.Deferred:
    """From a row to the node's page, where it cannot be overlooked."""
    return datasette_pages.above_row(datasette, request, database, table, row)


@hook
def top_stored_query(
    datasette: Server, request: Request, database: str, query_name: str
) -> datasette_pages.Deferred:
    """The answer to one of our questions as a plot."""
    return datasette_pages.above_answer(datasette, request, database, query_name)


@hook
def render_cell(
    datasette: Server,
    request: Request | None,
    row: Mapping[str, Any],
    value: object,
    column: str,
    table: str | None,
    database: str,
) -> datasette_pages.Deferred | None:
    """Ids lead to pages, addresses of recordings to their second."""
    return datasette_pages.cell(datasette, request, row, value, column, table, database)


@optional_hook
def register_mcp_tools(datasette: Server, mcp: Any) -> None:
    """The pages' values for assistants, where datasette-mcp is installed."""
    from datasette_ost.server.tools import register

    register(datasette, mcp)

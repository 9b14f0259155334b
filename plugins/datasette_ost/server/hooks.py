"""Datasette's hooks. Each calls the module that does the work."""

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
    """Shows the published file, and follows its pointer."""
    return site_of(datasette).start


@hook
def prepare_connection(conn: Connection, database: str, datasette: Server) -> None:
    """Prepares connections to the build."""
    site_of(datasette).prepare(conn, database)


@hook
def shutdown(datasette: Server) -> None:
    """Closes replaced files."""
    site_of(datasette).close()


@outer_hook
def asgi_wrapper(datasette: Server) -> Callable[[hosts.App], hosts.App]:
    """Adds the check of host names before every route, the first page, and CSV without formulas."""
    names = site_of(datasette).settings.hosts

    def wrapped(app: hosts.App) -> hosts.App:
        safe = sheets.with_safe_cells(datasette, app)
        if site_of(datasette).settings.front:
            base = datasette.urls.path("/")
            safe = front.with_first_page(safe, base, datasette.urls.path("/-/ost"))
        return hosts.with_known_names(safe, names) if names else safe

    return wrapped


@wrapping_hook
def handle_exception(
    datasette: Server, request: Request, exception: Exception
) -> Generator[None, list[object], list[object]]:
    """Answers errors safely: no answer fails or names a folder."""
    answers = yield
    return [failures.safe_answer(datasette, request, exception, each) for each in answers]


@hook
def register_routes(datasette: Server) -> list[tuple[str, Route]]:
    """The pages."""
    return routes.routes()


@hook
def menu_links(
    datasette: Server, actor: Actor, request: Request | None
) -> datasette_pages.Deferred:
    """Adds the trees to Datasette's menu."""
    return datasette_pages.menu(datasette, actor, request)


@hook
def jump_items_sql(
    datasette: Server, actor: Actor, request: Request | None
) -> datasette_pages.Deferred:
    """Adds nodes, by title, to Datasette's jump menu."""
    return datasette_pages.jump(datasette, actor, request)


@hook
def top_homepage(datasette: Server, request: Request) -> datasette_pages.Deferred:
    """Adds a link to the trees to Datasette's first page."""
    return datasette_pages.homepage(datasette, request)


@hook
def top_database(datasette: Server, request: Request, database: str) -> datasette_pages.Deferred:
    """Adds a link to the trees to the database's page."""
    return datasette_pages.homepage(datasette, request, database)


@hook
def top_table(datasette: Server, request: Request, database: str) -> datasette_pages.Deferred:
    """Adds our navigation above a table."""
    return datasette_pages.table(datasette, request, database)


@hook
def top_query(datasette: Server, request: Request, database: str) -> datasette_pages.Deferred:
    """Adds our navigation above the result of a query."""
    return datasette_pages.homepage(datasette, request, database)


@hook
def extra_css_urls(datasette: Server, database: str | None) -> datasette_pages.Deferred:
    """Adds our colours to the pages of our tables."""
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
    """Adds an action that opens a row's node."""
    return datasette_pages.row(datasette, actor, request, database, table, row)


@hook
def top_row(
    datasette: Server, request: Request, database: str, table: str, row: Mapping[str, Any]
) -> datasette_pages.Deferred:
    """Adds a visible link from a row to its node."""
    return datasette_pages.above_row(datasette, request, database, table, row)


@hook
def top_stored_query(
    datasette: Server, request: Request, database: str, query_name: str
) -> datasette_pages.Deferred:
    """Draws the answer to one of our questions."""
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
    """Turns ids into links to pages, and recordings into links to the right second."""
    return datasette_pages.cell(datasette, request, row, value, column, table, database)


@optional_hook
def register_mcp_tools(datasette: Server, mcp: Any) -> None:
    """Offers the pages' data to assistants, if datasette-mcp is installed."""
    from datasette_ost.server.tools import register

    register(datasette, mcp)

"""Links from Datasette's own pages to ours, for readers who may follow them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from datasette_ost.datasette_api import Actor, JumpSQL, Request, Server
from datasette_ost.file.kinds import SPEAKING
from datasette_ost.file.questions import QUESTIONS
from datasette_ost.page import navigation
from datasette_ost.server.front import lead
from datasette_ost.server.guard import may_see
from datasette_ost.server.questions import drawn
from datasette_ost.server.site import site_of
from datasette_ost.view.links import Links, safe

Deferred = Callable[[], Awaitable[Any]]


async def _links(server: Server, actor: Actor, request: Request | None) -> Links | None:
    name = await site_of(server).name()
    if not await may_see(server, actor, request, name):
        return None
    return await site_of(server).links(server.databases[name])


def menu(server: Server, actor: Actor, request: Request | None) -> Deferred:
    """Links for the menu."""

    async def found() -> list[dict[str, str]]:
        links = await _links(server, actor, request)
        if links is None:
            return []
        return [{"href": links.base, "label": "Opportunity solution trees"}]

    return found


_JUMP = f"""
select
  kind as type,
  title as label,
  id as description,
  json_object(
    'method', 'path',
    'path', '/-/ost/' || iif(
        kind in {SPEAKING}, 'interview', 'node'
      ) || '/' || replace(replace(id, '~', '~7E'), '.', '~2E')
  ) as url,
  title || ' ' || id as search_text,
  title as display_name
from node
where id not glob '*[^a-zA-Z0-9_.~-]*'
"""


def jump(server: Server, actor: Actor, request: Request | None) -> Deferred:
    """Nodes for the jump menu. Ids with unusual letters are left to the search page."""

    async def found() -> list[object]:
        links = await _links(server, actor, request)
        if links is None:
            return []
        return [JumpSQL(sql=_JUMP, database=await site_of(server).name())]

    return found


def homepage(server: Server, request: Request, database: str | None = None) -> Deferred:
    """A line that links to the trees."""

    async def found() -> Markup | None:
        links = await _links(server, request.actor, request)
        if links is None or database not in {None, await site_of(server).name()}:
            return None
        if database is None:
            lead(request.scope)
        return _navigation(links)

    return found


def table(server: Server, request: Request, database: str) -> Deferred:
    """The same line above a table, with a switch that shows the descriptions of its columns."""
    above = homepage(server, request, database)

    async def found() -> Markup | None:
        shown = await above()
        return None if shown is None else shown + _COLUMNS

    return found


_COLUMNS = Markup('<details class="ost-columns"><summary>Columns</summary></details>')
"""Datasette writes the descriptions; our styles show them while this element is open."""


def _navigation(links: Links) -> Markup:
    """Our navigation on one of Datasette's pages."""
    shown = (
        Markup('<a href="{}">{}</a>').format(address, label)
        for _, label, address in navigation(links)
    )
    inside = Markup(" ").join(shown)
    return Markup('<nav class="ost-nav" aria-label="Opportunity solution trees">{}</nav>').format(
        inside
    )


def styles(server: Server, database: str | None) -> Deferred:
    """Our colours on the pages of our tables."""

    async def found() -> list[str]:
        name = await site_of(server).name()
        return [site_of(server).asset("tables.css")] if database and database == name else []

    return found


async def _page(
    server: Server,
    actor: Actor,
    request: Request,
    database: str,
    table: str,
    row: Mapping[str, Any],
) -> str | None:
    if table != "node" or database != await site_of(server).name():
        return None
    links = await _links(server, actor, request)
    return links.node(str(row["id"]), str(row["kind"])) if links else None


def row(
    server: Server,
    actor: Actor,
    request: Request,
    database: str,
    table: str,
    row: Mapping[str, Any],
) -> Deferred:
    """The action that opens the page of a row."""

    async def found() -> list[dict[str, str]]:
        address = await _page(server, actor, request, database, table, row)
        if address is None:
            return []
        description = "The node, its place in the tree, its evidence and what is below it."
        return [{"href": address, "label": "Open page", "description": description}]

    return found


def above_row(
    server: Server, request: Request, database: str, table: str, row: Mapping[str, Any]
) -> Deferred:
    """A line above a row with a link to its page."""

    async def found() -> Markup | None:
        address = await _page(server, request.actor, request, database, table, row)
        if address is None:
            return None
        line = Markup('<p><a href="{}">{} in its tree</a></p>').format(address, row["title"])
        links = await _links(server, request.actor, request)
        return (_navigation(links) if links else Markup()) + line

    return found


def above_answer(server: Server, request: Request, database: str, name: str) -> Deferred:
    """The answer to one of our questions as a chart above its table."""

    async def found() -> Markup | None:
        if database != await site_of(server).name():
            return None
        if await _links(server, request.actor, request) is None:
            return None
        drawing = await drawn(server, request, server.databases[database], name)
        links = await _links(server, request.actor, request)
        return (_navigation(links) if links else Markup()) + (drawing or Markup())

    return found


def cell(
    server: Server,
    request: Request | None,
    row: Mapping[str, Any],
    value: object,
    column: str,
    table: str | None,
    database: str,
) -> Deferred | None:
    """A cell with a link, or None to leave the cell to Datasette."""
    if not isinstance(value, str) or not value:
        return None
    if column in {"url", "recording"} and safe(value):
        return _static(Markup('<a href="{}" rel="noreferrer">{}</a>').format(value, escape(value)))
    table = table or _asked(request)
    if column in {"id", "title"} and table and "id" in row.keys():  # noqa: SIM118
        kind = row["kind"] if table == "node" and "kind" in row.keys() else table  # noqa: SIM118
        kind = str(kind["value"] if isinstance(kind, Mapping) else kind)  # a link to its own row
        return _node_cell(server, request, str(row["id"]), kind, value, database)
    return None


def _asked(request: Request | None) -> str:
    """The table whose ids a question returns: every question of ours returns ids of nodes."""
    name = request.path.rpartition("/")[2] if request else ""
    return "node" if any(question.name == name for question in QUESTIONS) else ""


def _static(html: Markup) -> Deferred:
    async def found() -> Markup:
        return html

    return found


def _node_cell(
    server: Server, request: Request | None, node_id: str, kind: str, value: str, database: str
) -> Deferred:
    async def found() -> Markup | None:
        if database != await site_of(server).name():
            return None
        links = await _links(server, request.actor if request else None, request)
        if links is None or kind not in {"node", *(each.name for each in links.kinds)}:
            return None
        return Markup('<a href="{}">{}</a>').format(links.node(node_id, kind), value)

    return found

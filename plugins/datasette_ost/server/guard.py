"""The only guard, before every route. Datasette does not protect the routes of plugins."""

from collections.abc import Awaitable, Callable
from weakref import WeakKeyDictionary

from datasette_ost.datasette_api import (
    Actor,
    Database,
    DatabaseResource,
    Forbidden,
    Request,
    Response,
    Server,
    allowed_tables,
)
from datasette_ost.server.site import Site, site_of

PageView = Callable[[Site, Request, Database | None], Awaitable[Response]]
Route = Callable[[Server, Request], Awaitable[Response]]

TABLES = frozenset(
    {
        "change",
        "diagnostic",
        "edge",
        "evidence",
        "evidence_history",
        "former_id",
        "kind",
        "measurement",
        "meta",
        "moment",
        "node",
        "participant",
        "quote",
        "revision",
        "rule",
        "status",
        "story_step",
        "turn",
        "version",
        "waiver",
        "week",
    }
)
"""The tables that the pages show. Someone who may not see one of them sees no page, because a page
would reveal what is hidden.
"""

_PASSED: "WeakKeyDictionary[Request, str]" = WeakKeyDictionary()


async def may_see(server: Server, actor: Actor, request: Request | None, name: str) -> bool:
    """Whether an actor may see the pages of an attached database."""
    if name not in server.databases:
        return False
    if request is not None and _PASSED.get(request) == name:
        return True
    try:
        await _check(server, actor, name)
    except Forbidden:
        return False
    if request is not None and request.actor is actor:
        _PASSED[request] = name
    return True


async def _check(server: Server, actor: Actor, name: str) -> None:
    """Raises `Forbidden` unless an actor may see the pages. The database need not be attached."""
    if not name:
        await server.ensure_permission(action="view-instance", resource=None, actor=actor)
        return
    await server.ensure_permission(
        action="view-database", resource=DatabaseResource(name), actor=actor
    )
    if name in server.databases:
        await site_of(server).wait_until_open()
        if not await allowed_tables(server, name, actor) >= TABLES:
            raise Forbidden("view-table")


async def enter(server: Server, actor: Actor) -> tuple[Site, str]:
    """The site and the name of its database, if the actor may see it; else raises `Forbidden`.

    It checks before it reads any file, and again if the database has changed.
    """
    site = site_of(server)
    name = await site.name()
    attached = name in server.databases
    await _check(server, actor, name)
    await site.follow()
    if (name in server.databases) != attached:
        await _check(server, actor, name)
    return site, name


def guarded(view: PageView) -> Route:
    """A view behind the guard. Without `functools.wraps`, because Datasette would look at the
    parameters of the inner function.
    """

    async def route(datasette: Server, request: Request) -> Response:
        site, name = await enter(datasette, request.actor)
        _PASSED[request] = name
        return await view(site, request, datasette.databases.get(name))

    return route

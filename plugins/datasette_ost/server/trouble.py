"""Pages that say why a page is missing or cannot be shown, in the frame of our pages."""

import json
import sqlite3
from contextlib import suppress

from datasette_ost.datasette_api import Database, Request, Response
from datasette_ost.file.rows import About, about
from datasette_ost.page import navigation
from datasette_ost.server.frame import framed
from datasette_ost.server.security import headers
from datasette_ost.server.site import Site
from datasette_ost.view.links import Links

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


async def trouble(form: str, site: Site, request: Request, status: int, message: str) -> Response:
    """A page that says why a page cannot be shown."""
    sent = headers(site.server, site.settings.csp)
    if status == 503:
        sent["Retry-After"] = "5"
    if form == "json":
        body = json.dumps({"ok": False, "error": message, "errors": [message], "status": status})
        return Response(body, status=status, headers=sent, content_type=JSON)
    database = site.server.databases.get(await site.name()) if status == 404 else None
    context = {
        **frame_of(site, await site.links(database)),
        "page": {"about": await _about(database)},
        "name": "trouble",
        "said": message,
        "status": status,
    }
    body = await framed(site.server, request, "ost/trouble.html", context)
    return Response(body, status=status, headers=sent, content_type=HTML)


async def _about(database: Database | None) -> About:
    """The file's description of itself, empty if the file cannot be read."""
    if database is not None:
        with suppress(sqlite3.Error):
            return await database.execute_fn(about)
    return About()


def frame_of(site: Site, links: Links) -> dict[str, object]:
    """The values for the frame of every page."""
    return {
        "links": links,
        "navigation": navigation(links),
        "live": site.settings.live,
        "problem": site.problem,
        "styles": (),
        "asset": site.asset,
    }

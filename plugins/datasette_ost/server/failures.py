"""Answers to failures, on Datasette's pages and on ours."""

from typing import Any

from datasette_ost.datasette_api import Request, Response, Server, while_handled
from datasette_ost.server.guard import may_see
from datasette_ost.server.site import site_of
from datasette_ost.server.trouble import trouble

_NOWHERE = "This page does not exist."


async def safe_answer(server: Server, request: Request, error: Exception, answer: object) -> Any:
    """Another handler's answer to an error, unless that handler fails or reveals too much.

    Datasette passes on an unknown address as an error that was never raised. With `rich` installed,
    its handler fails on that and turns a 404 into a 500. Datasette also writes to the log first,
    which may be full. The message of a system error contains the full path of a file. If
    Datasette's first page opens on the trees, an unknown address gets a page with our frame.
    """
    try:
        response = await while_handled(answer, error)
    except Exception:  # noqa: BLE001 - whatever the failure, someone waits for an answer
        status = int(getattr(error, "status", 500))
        response = _plain(request, _NOWHERE if status == 404 else _FAILED, status)
    if isinstance(error, OSError):
        message = f"{error.strerror or 'The system failed'}. See the server's log."
        return _plain(request, message, 500)
    if getattr(error, "status", 500) == 404 and await _ours(server, request):
        return await trouble("html", site_of(server), request, 404, _NOWHERE)
    return response


async def _ours(server: Server, request: Request) -> bool:
    """Whether the request is for a page, not for data, from someone who may see the trees."""
    site = site_of(server)
    if not site.settings.front or request.path.endswith(_DATA):
        return False
    return await may_see(server, request.actor, request, await site.name())


_DATA = (".json", ".csv", ".blob", ".db", ".atom", ".js", ".css")
"""The endings of addresses that serve data."""

_FAILED = "The server could not answer."


def _plain(request: Request, message: str, status: int) -> Response:
    if request.path.endswith(".json"):
        return Response.error([message], status)
    return Response.text(message, status=status)

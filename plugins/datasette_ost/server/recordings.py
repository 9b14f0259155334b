"""Serves recordings from one folder, in pieces so that a player can jump.

It only sends recordings (by suffix) that an interview of the tree names and that are inside the
folder that the server's owner named.
"""

import re
import sqlite3
from typing import Any

from datasette_ost.datasette_api import Database, Download, Request, Response, at_once, tilde_decode
from datasette_ost.file.kinds import SPEAKING
from datasette_ost.file.rows import rows
from datasette_ost.server.security import COMMON
from datasette_ost.server.site import Site
from datasette_ost.view.player import TYPES, recording_file

PIECE = 1 << 21
"""How many bytes are sent at once. A player asks for more."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)

_OF = f"select path, recording from node where id = :id and kind in {SPEAKING}"


async def play(site: Site, request: Request, database: Database | None) -> Any:
    """A piece of a recording, or all of it if the request does not name a piece."""
    node_id = tilde_decode(request.url_vars.get("id") or "")

    def named(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
        return rows(connection, _OF, {"id": node_id})

    known = await at_once(site.server, database, named) if database is not None else []
    file = recording_file(site.settings.recordings, *known[0]) if known else None
    if file is None:
        return Response("There is no such recording.", status=404, headers=COMMON)
    kind, size = TYPES[file.suffix.lower()], file.stat().st_size
    headers = {**COMMON, "Accept-Ranges": "bytes"}
    wanted = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if wanted is None or not any(wanted.groups()):
        return Download(str(file), content_type=kind, headers=headers)
    first, last = _piece(wanted[1], wanted[2], size)
    if first > last:
        headers["Content-Range"] = f"bytes */{size}"
        return Response(b"", status=416, headers=headers)
    with file.open("rb") as content:
        content.seek(first)
        piece = content.read(last - first + 1)
    headers["Content-Range"] = f"bytes {first}-{first + len(piece) - 1}/{size}"
    return Response(piece, status=206, headers=headers, content_type=kind)


def _piece(begin: str, end: str, size: int) -> tuple[int, int]:
    """The first and last byte to send. The last is before the first if there is no such piece."""
    if not begin:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(begin), min(int(end) if end else size - 1, size - 1)
    return first, min(last, first + PIECE - 1)

"""Recordings that a page plays: files below one folder, sent in pieces so that a player can jump,
and what lies at hosts that the server's owner named.

Of files only what an interview of the tree names is sent, only if it is a recording by its suffix,
and only from inside of the folder that the owner named.
"""

import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from datasette_ost.door import Database, Download, Request, Response, at_once
from datasette_ost.pages import asked
from datasette_ost.queries.reading import rows
from datasette_ost.security import COMMON
from datasette_ost.site import Site
from ost.fence import Fence
from ost.recording import host, in_frame

TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
}
PIECE = 1 << 21
"""At most so many bytes at once; a player asks for the next."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_OF = "select path, recording from node where id = :id and kind in ('interview', 'signal')"


class Player(Struct, frozen=True):
    """What a page plays: the address, and in what: `video`, `audio`, or `frame` for a host's own
    player, whose address has `{}` for the second. `origin` is the host that is asked, if it is not
    ours.
    """

    address: str
    form: str
    origin: str = ""

    @property
    def sources(self) -> dict[str, str]:
        """What the page's policy has to allow."""
        if not self.origin:
            return {}
        return {"frame-src" if self.form == "frame" else "media-src": self.origin}


def found(folder: str, path: str, recording: str | None) -> Path | None:
    """The file that a snapshot names as its recording, from its own folder or from the top."""
    written = (recording or "").strip()
    if not folder or not written or Path(written).suffix.lower() not in TYPES:
        return None
    fence = Fence(folder)
    inside = fence.resolve(f"{path.rpartition('/')[0]}/{written}".lstrip("/"), written)
    file = Path(fence.root, inside.path)
    # What a link is called says nothing of the file that it leads to.
    return None if inside.why or file.suffix.lower() not in TYPES or file.is_dir() else file


def player(site: Site, address: str, node: Any) -> Player | None:
    """The player of an interview's page: if its recording is a file that is there, or lies at one
    of the hosts from which pages may play.
    """
    file = found(site.settings.recordings, node.path, node.recording)
    if file is not None:
        return Player(address, _form(file.suffix))
    where = host(node.recording)
    if not where or where not in {host(f"https://{each}") for each in site.settings.play_from}:
        return None
    framed = in_frame(node.recording)
    if framed:
        return Player(framed, "frame", _origin(framed))
    written = node.recording.strip()
    suffix = Path(urlsplit(written).path).suffix
    return Player(written, _form(suffix), _origin(written)) if suffix.lower() in TYPES else None


def _form(suffix: str) -> str:
    return TYPES[suffix.lower()].split("/")[0]


def _origin(address: str) -> str:
    return f"https://{urlsplit(address).hostname}"


async def play(site: Site, request: Request, database: Database | None) -> Any:
    """A piece of a recording, or all of it where no piece is asked for."""
    node_id = asked(request.url_vars, request.args).id

    def named(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
        return rows(connection, _OF, {"id": node_id})

    known = await at_once(site.server, database, named) if database is not None else []
    file = found(site.settings.recordings, *known[0]) if known else None
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
    """The first and the last byte to send; the last comes before the first if there is no such."""
    if not begin:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(begin), min(int(end) if end else size - 1, size - 1)
    return first, min(last, first + PIECE - 1)

"""The player of an interview's recording: a file below the folder that the server's owner named, or
the player of a host that the owner named.
"""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from datasette_ost.file.nodes import NodeRow
from ost.disk.fence import Fence
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


class Player(Struct, frozen=True):
    """A player. `form` is `video`, `audio`, or `frame` for a host's own player, whose address has
    `{}` in place of the second. `origin` is the host, if it is not ours.
    """

    address: str
    form: str
    origin: str = ""

    @property
    def sources(self) -> dict[str, str]:
        """The hosts that the page's security policy has to allow."""
        if not self.origin:
            return {}
        return {"frame-src" if self.form == "frame" else "media-src": self.origin}


def recording_file(folder: str, path: str, recording: str | None) -> Path | None:
    """The file that a snapshot names as its recording, relative to the snapshot's folder or to the
    top folder.
    """
    written = (recording or "").strip()
    if not folder or not written or Path(written).suffix.lower() not in TYPES:
        return None
    fence = Fence(folder)
    inside = fence.resolve(f"{path.rpartition('/')[0]}/{written}".lstrip("/"), written)
    file = Path(fence.root, inside.path)
    # The name of a link says nothing about the file behind it.
    return None if inside.why or file.suffix.lower() not in TYPES or file.is_dir() else file


def player(address: str, node: NodeRow, recordings: str, play_from: Iterable[str]) -> Player | None:
    """The player on an interview's page, if its recording is an existing file or on a host from
    which pages may play.
    """
    file = recording_file(recordings, node.path, node.recording)
    if file is not None:
        return Player(address, _form(file.suffix))
    where = host(node.recording)
    if not where or where not in {host(f"https://{each}") for each in play_from}:
        return None
    framed = in_frame(node.recording)
    if framed:
        return Player(framed, "frame", _origin(framed))
    written = (node.recording or "").strip()
    suffix = Path(urlsplit(written).path).suffix
    return Player(written, _form(suffix), _origin(written)) if suffix.lower() in TYPES else None


def _form(suffix: str) -> str:
    return TYPES[suffix.lower()].split("/")[0]


def _origin(address: str) -> str:
    return f"https://{urlsplit(address).hostname}"

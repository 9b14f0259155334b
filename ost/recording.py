"""Links into a recording: the address that plays it from a given second, and the player of its
host.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ost.expression import expression

_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_PLAIN = expression(r"https?://((?:[a-z0-9-]+\.)+[a-z]{2,})/[A-Za-z0-9/._~-]*")


def at_second(recording: str | None, second: int | None) -> str:
    """The recording's address at a second, or at its start if no second is given. It is "" if a
    page cannot link to it: only `http` and `https` addresses work in a browser, not paths in the
    repository.
    """
    start, before, after = _parts(recording or "")
    return start if second is None or not start else f"{before}{second}{after}"


def clock(second: int) -> str:
    """A second of a recording as people write it: `5:07`, `12:41`, `1:02:03`."""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


Parts = tuple[str, str, str]
"""A recording's address at its start, and the parts before and after the number of a second."""


@lru_cache(maxsize=1 << 14)
def _parts(recording: str) -> Parts:
    return _plain_parts(recording) or _whole_parts(recording)


def _plain_parts(recording: str) -> Parts | None:
    """The same for an address that is a host and a path, in a tenth of the time."""
    found = _PLAIN.fullmatch(recording)
    if found is None:
        return None
    host = found[1].removeprefix("www.").removeprefix("m.")
    if host in _YOUTUBE:
        return recording, f"{recording}?t=", "s"
    return recording, f"{recording}#t=", "s" if _is_vimeo(host) else ""


def _whole_parts(recording: str) -> Parts:
    try:
        parts = urlsplit(recording.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return "", "", ""
    if parts.scheme not in ("http", "https") or not host:
        return "", "", ""
    start = urlunsplit(parts)
    if host in _YOUTUBE:
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = urlencode([pair for pair in pairs if pair[0] not in ("t", "start")])
        query = f"{kept}&t=" if kept else "t="
        return start, urlunsplit(parts._replace(query=query, fragment="")), "s"
    return start, urlunsplit(parts._replace(fragment="t=")), "s" if _is_vimeo(host) else ""


def _is_vimeo(host: str) -> bool:
    return host == "vimeo.com" or host.endswith(".vimeo.com")


_HOST = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_VIDEO = r"(?:youtu\.be|/(?:watch|embed|live|shorts))/([a-zA-Z0-9_-]{6,20})/?"
_FILM = r"/(?:video/)?([0-9]{1,15})(?:/([a-zA-Z0-9]{1,40}))?/?"


def host(recording: str | None) -> str:
    """The host of an `https` recording, by its usual name; otherwise ""."""
    try:
        parts = urlsplit((recording or "").strip())
        named = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme != "https" or port not in (None, 443) or not re.fullmatch(_HOST, named):
        return ""
    if named in _YOUTUBE:
        return "youtube.com"
    return "vimeo.com" if named.endswith(".vimeo.com") else named


def in_frame(recording: str | None) -> str:
    """The address of the host's own player, to show in a frame, with `{}` in place of the second;
    "" if we know no player of that host.
    """
    where = host(recording)
    parts = urlsplit((recording or "").strip()) if where else None
    if parts is None:
        return ""
    if where == "youtube.com":
        path = parts.path if parts.hostname != "youtu.be" else f"youtu.be{parts.path}"
        if path == "/watch":
            path += f"/{dict(parse_qsl(parts.query)).get('v', '')}"
        found = re.fullmatch(_VIDEO, path)
        # Without cookies until it plays: https://support.google.com/youtube/answer/171780
        player = "https://www.youtube-nocookie.com/embed"
        return f"{player}/{found[1]}?autoplay=1&start={{}}" if found else ""
    if where == "vimeo.com":
        found = re.fullmatch(_FILM, parts.path)
        secret = f"&h={found[2]}" if found and found[2] else ""
        return (
            f"https://player.vimeo.com/video/{found[1]}?autoplay=1{secret}#t={{}}s" if found else ""
        )
    return ""

"""Links into a recording: the address that starts playing at a second."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")


def at_second(recording: str | None, second: int | None) -> str:
    """The recording's address at a second, or at its start when there is none.

    "" when there is nothing that a page could link to: only `http` and `https` addresses are, since
    a path relative to the repository means nothing in a browser.
    """
    start, before, after = _parts(recording or "")
    return start if second is None or not start else f"{before}{second}{after}"


@lru_cache(maxsize=1 << 14)
def _parts(recording: str) -> tuple[str, str, str]:
    """The address at its start, and what stands before and after a second's number."""
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
    if host == "vimeo.com" or host.endswith(".vimeo.com"):
        return start, urlunsplit(parts._replace(fragment="t=")), "s"
    return start, urlunsplit(parts._replace(fragment="t=")), ""

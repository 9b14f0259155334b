"""Links into a recording: the address that starts playing at a second."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")


def at_second(recording: str | None, second: int | None) -> str:
    """The recording's address at a second, or at its start when there is none.

    "" when there is nothing that a page could link to: only `http` and `https` addresses are, since a path
    relative to the repository means nothing in a browser.
    """
    try:
        parts = urlsplit((recording or "").strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    if second is None:
        return urlunsplit(parts)
    if host in _YOUTUBE:
        kept = [pair for pair in parse_qsl(parts.query, True) if pair[0] not in ("t", "start")]
        return urlunsplit(parts._replace(query=urlencode([*kept, ("t", f"{second}s")]), fragment=""))
    if host == "vimeo.com" or host.endswith(".vimeo.com"):
        return urlunsplit(parts._replace(fragment=f"t={second}s"))
    return urlunsplit(parts._replace(fragment=f"t={second}"))

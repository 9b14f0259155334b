"""The host names that this server answers to.

A page elsewhere can point its own name at our address (DNS rebinding), so that its scripts could
read pages meant only for this computer. But it cannot choose the name that the browser sends.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from ipaddress import ip_address
from typing import Any

ServerScope = Mapping[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[ServerScope, Any, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_REFUSED = (
    b"This server does not answer to that name. "
    b"Whoever started it can allow the name: ost serve --allow-host NAME\n"
)


def with_known_names(app: App, names: Iterable[str]) -> App:
    """The application with a check of the host name before every route."""
    allowed = (LOOPBACK | {plain(name) for name in names}) - {""}

    async def answer(scope: ServerScope, receive: Any, send: Send) -> None:
        if scope["type"] == "lifespan" or _asked(scope) in allowed | _reached(scope):
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(_REFUSED)).encode()),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
            ]
            await send({"type": "http.response.start", "status": 421, "headers": headers})
            await send({"type": "http.response.body", "body": _REFUSED})

    return answer


def plain(host: str) -> str:
    """A name or an address without port and brackets, in one spelling; "" if it is neither."""
    text = host.strip().lower()
    if text.startswith("["):
        name, closed, port = text[1:].partition("]")
        if not closed or port[:1] not in {"", ":"}:
            return ""
    elif text.count(":") > 1:
        name = text
    else:
        name = text.partition(":")[0]
    try:
        found = ip_address(name)
    except ValueError:
        return name.removesuffix(".")
    return str(getattr(found, "ipv4_mapped", None) or found)


def _asked(scope: ServerScope) -> str:
    """The name in the request; "" unless there is exactly one."""
    sent = [value for name, value in scope["headers"] if name.lower() == b"host"]
    return plain(sent[0].decode("latin-1")) if len(sent) == 1 else ""


def _reached(scope: ServerScope) -> frozenset[str]:
    """The address at which this request arrived. A page elsewhere cannot have it as its name."""
    server = scope.get("server")
    return frozenset({plain(server[0])} - {""}) if server and server[0] else frozenset()

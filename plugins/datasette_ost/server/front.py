"""Opens Datasette's first page on the trees, for people who may see them. With any query string,
`/` still lists the databases.
"""

from collections.abc import Mapping
from typing import Any

from datasette_ost.server.hosts import App

MARK = "datasette-ost"


def with_first_page(app: App, base: str, address: str) -> App:
    """The server, whose first page leads to `address` if `lead` was called for the request."""

    async def answered(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        first = scope["type"] == "http" and scope.get("path") == base
        if not first or scope.get("query_string"):
            await app(scope, receive, send)
            return
        seen: dict[str, bool] = {}

        async def sent(message: Mapping[str, Any]) -> None:
            if not seen:
                await send(message)
            elif message["type"] == "http.response.start":
                headers = [(b"location", address.encode()), (b"cache-control", b"no-store")]
                await send({"type": "http.response.start", "status": 302, "headers": headers})
                await send({"type": "http.response.body", "body": b""})

        await app({**scope, MARK: seen}, receive, sent)

    return answered


def lead(scope: Mapping[str, Any]) -> None:
    """Records that the visitor may see the trees."""
    seen = scope.get(MARK)
    if isinstance(seen, dict):
        seen["trees"] = True

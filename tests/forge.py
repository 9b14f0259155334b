"""A forge on loopback: comments in pages, a read-only token, limits, failures."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class FakeForge:
    """The forge's comments, and the requests that it received."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.foreign: set[int] = set()
        self.me = {"id": 7, "login": "github-actions[bot]", "username": "bot", "type": "Bot"}
        self.tells_who_asks = False
        self.read_only = False
        self.failing = 0
        self.asked: list[tuple[str, str]] = []
        self.tokens: set[str] = set()
        self.address = ""

    def add(self, body: str, *, foreign: bool = False, stranger: str = "") -> int:
        """Adds one of our comments; `foreign` is by a program whose comments we may not change,
        `stranger` by a person whose comments we may.
        """
        number = len(self.comments) + 1
        author = {"id": 99, "login": stranger, "type": "User"} if stranger else self.me
        self.comments.append({"id": number, "body": body, "user": author, "author": author})
        if foreign:
            self.foreign.add(number)
        return number

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        self.asked.append((method, path))
        if self.failing:
            self.failing -= 1
            return 502, {"message": "bad gateway"}
        place = urlsplit(path)
        if place.path.endswith("/user"):
            return (200, self.me) if self.tells_who_asks else (403, {"message": "not accessible"})
        if method == "GET":
            asked = parse_qs(place.query)
            size, page = int(asked["per_page"][0]), int(asked["page"][0])
            return 200, self.comments[(page - 1) * size : page * size]
        if self.read_only:
            return 403, {"message": "Resource not accessible by integration"}
        if len(body["body"]) > 65_536:
            return 422, {"message": "body is too long (maximum is 65536 characters)"}
        if method == "POST":
            return 201, {"id": self.add(body["body"])}
        number = int(re.findall(r"(\d+)$", place.path)[0])
        if number in self.foreign:
            return 403, {"message": "not yours"}
        self.comments[number - 1]["body"] = body["body"]
        return 200, {"id": number}

    def written(self) -> list[str]:
        return [method for method, _ in self.asked if method != "GET"]


@contextmanager
def serving() -> Iterator[FakeForge]:
    forge = FakeForge()

    class Handler(BaseHTTPRequestHandler):
        def _respond(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            forge.tokens.add(
                self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""
            )
            status, said = forge.answer(self.command, self.path, body)
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = _respond  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    forge.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield forge
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""CSV in which a spreadsheet finds no formula: content is only words."""

import csv
import io
import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping
from typing import Any

from datasette_ost.datasette_api import Server, tilde_encode
from datasette_ost.server.hosts import App
from datasette_ost.server.site import site_of

_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:e[+-]?\d+)?%?", re.ASCII | re.IGNORECASE)


def cell(text: str) -> str:
    """The text, with a `'` before it if a spreadsheet would take it for a formula. Numbers stay as
    they are.
    """
    if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


class Sheet:
    """CSV that arrives in pieces, and leaves with every cell made safe."""

    def __init__(self) -> None:
        """Starts empty."""
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._lines = ""
        self._begun: list[str] = []
        self._open = False

    def more(self, piece: bytes, *, last: bool = False) -> bytes:
        """The rows that are complete with this piece, or all of them after the last piece."""
        *lines, self._lines = f"{self._lines}{self._decode(piece, last)}".split("\n")
        if last and self._lines:
            lines.append(self._lines)
        made = io.StringIO(newline="")
        write = csv.writer(made).writerow
        for line in lines:
            self._begun.append(line)
            self._open ^= line.count('"') % 2 == 1
            if not self._open:
                self._written(write)
        if last and self._begun:
            self._written(write)
        return made.getvalue().encode()

    def _written(self, write: Callable[[list[str]], object]) -> None:
        record, self._begun = "\n".join(self._begun), []
        for row in csv.reader(io.StringIO(record.removesuffix("\r"), newline="")):
            write([cell(each) for each in row])


def with_safe_cells(server: Server, app: App) -> App:
    """The server, with safe cells in the CSV of our database."""

    async def answered(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.endswith(".csv") or not await _ours(server, path):
            await app(scope, receive, send)
            return
        sheet: Sheet | None = None

        async def sent(message: Mapping[str, Any]) -> None:
            nonlocal sheet
            if message["type"] == "http.response.start" and message["status"] == 200:
                sheet = Sheet()
                kept = [each for each in message["headers"] if each[0].lower() != b"content-length"]
                message = {**message, "headers": kept}
            elif message["type"] == "http.response.body" and sheet is not None:
                last = not message.get("more_body", False)
                message = {**message, "body": sheet.more(message.get("body", b""), last=last)}
            await send(message)

        await app(scope, receive, sent)

    return answered


async def _ours(server: Server, path: str) -> bool:
    name = await site_of(server).name()
    return bool(name) and tilde_encode(name) in re.split(r"[/.]", path)

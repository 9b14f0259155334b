"""Addresses of pages, and texts with links to nodes and recordings."""

import re
from urllib.parse import quote, urlencode, urlsplit

from datasette_ost.datasette_api import Database, Server, tilde_encode
from datasette_ost.file.kinds import PublishedKinds
from datasette_ost.file.nodes import Mention
from datasette_ost.file.rows import About
from datasette_ost.view.look import Appearance


class Links:
    """Addresses below a server's base. `served` is true if there is a server."""

    served = True

    def __init__(self, server: Server, database: Database | None, look: Appearance) -> None:
        """Addresses of one database's pages."""
        self.look = look
        self._server = server
        self._database = database.name if database else ""
        self.base = server.urls.path("/-/ost")

    @property
    def kinds(self) -> PublishedKinds:
        """The kinds of the file."""
        return self.look.kinds

    def node(self, node_id: str, kind: str = "") -> str:
        """A node's page. Interviews and signals have a page of their own kind."""
        page = "interview" if self.kinds[kind].speaks else "node"
        return f"{self.base}/{page}/{tilde_encode(node_id)}"

    def to(self, mention: Mention) -> str:
        """The page of a mentioned node."""
        return self.node(mention.id, mention.kind)

    def recorded_page(self, mention: Mention, recorded: int) -> str:
        """The page with an interview's transcript (2) or with a player for its recording (1); ""
        without either.
        """
        return self.to(mention) if recorded else ""

    def tree(self, node_id: str, at: str = "") -> str:
        """The tree below a node, opened at another node."""
        address = f"{self.base}/tree/{tilde_encode(node_id)}"
        if at and at != node_id:
            return f"{address}?{urlencode({'at': at})}#{quote(at)}"
        return address

    def page(self, name: str, node_id: str = "", **given: str) -> str:
        """A page by its name, such as `compare` or `practice`."""
        address = f"{self.base}/{name}" + (f"/{tilde_encode(node_id)}" if node_id else "")
        given = {each: value for each, value in given.items() if value}
        return address + (f"?{urlencode(given)}" if given else "")

    def more(self, name: str, first: int, **given: str) -> str:
        """The next part of a long page, from this row on."""
        return self.page(name, **{"from": str(first)}, **given)

    def feed(self, name: str = "activity") -> str:
        """A page's feed; without a name, that of recent activity."""
        return f"{self.base}/{name}.atom"

    def search(self, query: str = "", kind: str = "") -> str:
        """The search page."""
        given = {name: value for name, value in (("q", query), ("kind", kind)) if value}
        return f"{self.base}/search" + (f"?{urlencode(given)}" if given else "")

    def check(self, rule: str = "") -> str:
        """The check page, or its page about one rule."""
        return self.page("check", rule=rule)

    def table(self, table: str, **where: str) -> str:
        """Datasette's own page for a table."""
        if not self._database:
            return self.base
        address = self._server.urls.table(self._database, table)
        return address + (f"?{urlencode(where)}" if where else "")

    def query(self, name: str = "") -> str:
        """Datasette's own page for a stored query, or for a new one."""
        if not self._database:
            return self.base
        urls = self._server.urls
        return (
            urls.query(self._database, name) if name else urls.database(self._database) + "/-/query"
        )

    def row(self, table: str, key: str) -> str:
        """Datasette's own page for a row."""
        return self._server.urls.row(self._database, table, tilde_encode(key))

    def edit(self, about: About, path: str, line: int) -> str:
        """The address for editing a file, or "" if the project has none or only an unsafe one."""
        template = about.edit_url
        if not path or urlsplit(template).scheme not in {"http", "https", "vscode"}:
            return ""
        return template.replace("{path}", quote(path)).replace("{line}", str(line))

    def snapshot(self, about: About, node: str = "") -> str:
        """The address for a new snapshot that already links to a node, or "" if the project is not
        on a known forge.
        """
        found = _FORGE.fullmatch(about.edit_url)
        if not found:
            return ""
        base, way, place = found.groups()
        text = _SNAPSHOT.replace("{node}", f"- [[{node}]] \n" if node else "")
        name, value = ("file_name", "content") if way == "-/edit" else ("filename", "value")
        asked = urlencode({name: "new-interview.md", value: text}, quote_via=quote)
        return f"{base}/{way.replace('edit', 'new')}/{place}interviews?{asked}"


_FORGE = re.compile(r"(https?://[^?#]+?)/(edit|-/edit|_edit)/([^?#{}]*/)\{path\}(?:[?#].*)?")
_SNAPSHOT = """---
kind: interview
date:
participant:
---
#

## Quick facts

## Memorable quote

## Story

## Opportunities
{node}
## Insights
"""
"""The start of every snapshot."""


def safe(address: str | None) -> str:
    """An address that a page may link to (on the web or for email), else ""."""
    text = (address or "").strip()
    return text if re.match(r"(?:https?://|mailto:)", text, re.IGNORECASE) else ""

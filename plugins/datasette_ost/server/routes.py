"""The routes: each page with its JSON and its feed, and the current build; all behind the guard."""

import json
import sqlite3
from collections.abc import Mapping
from hashlib import blake2b

from msgspec import Struct

from datasette_ost.datasette_api import Database, Request, Response, at_once, tilde_decode, today
from datasette_ost.file.rows import build as build_of
from datasette_ost.page import Page, PageError, PageRequest, Serving, every_page, plain
from datasette_ost.server.frame import framed
from datasette_ost.server.guard import PageView, Route, guarded
from datasette_ost.server.recordings import play
from datasette_ost.server.security import COMMON, headers
from datasette_ost.server.site import Site
from datasette_ost.server.trouble import HTML, JSON, frame_of, trouble
from datasette_ost.view.links import Links

_BASE = "/-/ost"
_ATOM = "application/atom+xml; charset=utf-8"
_ID = r"(?P<id>[^/.]+)"


class Unchanged(Struct, frozen=True):
    """The browser already has this version."""


def routes() -> list[tuple[str, Route]]:
    """Every route. Patterns are anchored at the end, because Datasette only anchors the start."""
    found = [
        (rf"^{_BASE}/build\.json$", guarded(_build)),
        (rf"^{_BASE}/recording/{_ID}$", guarded(play)),
    ]
    for page in every_page().values():
        address = "" if page.front else f"/{page.name}"
        of_node = f"/{_ID}" if page.of_node else ""
        forms = {"html": "/?", "json": r"\.json", **({"atom": r"\.atom"} if page.feed else {})}
        for form, ending in forms.items():
            view = guarded(_Answer(page, form))
            found.append((rf"^{_BASE}{address}{of_node}{ending}$", view))
            for name in page.former:
                moved = guarded(_moved(name, page.name))
                found.append((rf"^{_BASE}/{name}{of_node}{ending}$", moved))
    return [*found, (rf"^{_BASE}/.*$", guarded(_nowhere))]


async def _nowhere(site: Site, request: Request, _: Database | None) -> Response:
    """The answer to an unknown address."""
    form = "json" if request.path.endswith(".json") else "html"
    return await trouble(form, site, request, 404, _UNKNOWN)


def _moved(former: str, name: str) -> PageView:
    """A redirect from a page's old address to the new one."""

    async def view(site: Site, request: Request, database: Database | None) -> Response:
        rest = request.path.partition(f"{_BASE}/{former}")[2]
        query = f"?{request.query_string}" if request.query_string else ""
        address = site.server.urls.path(f"{_BASE}/{name}{rest}{query}")
        return Response(b"", status=301, headers={**COMMON, "Location": address})

    return view


class _Answer:
    """Answers requests for one page in one form: `html`, `json`, or `atom` for a feed."""

    def __init__(self, page: Page, form: str) -> None:
        self.page = page
        self.form = form

    async def __call__(self, site: Site, request: Request, database: Database | None) -> Response:
        """The page, or a page that says what to do if no file can be read."""
        if database is None:
            return await trouble(self.form, site, request, 503, _nothing(site))
        try:
            tag, found = await self._read(site, request, database)
        except sqlite3.OperationalError as error:
            if "interrupt" in str(error):
                return await trouble(self.form, site, request, 503, _SLOW)
            return await trouble(self.form, site, request, 503, _broken(error))
        except sqlite3.DatabaseError as error:
            return await trouble(self.form, site, request, 503, _broken(error))
        more = {"ETag": tag} if tag else {}
        if isinstance(found, Unchanged):
            return Response(b"", status=304, headers={**COMMON, **more})
        if found is None:
            found = PageError(404, _UNKNOWN)
        if isinstance(found, PageError):
            return await trouble(self.form, site, request, found.status, found.said)
        links = await site.links(database)
        sources = self.page.serve(found, links, _serving(site)) if self.page.serve else {}
        if self.form == "atom" and self.page.feed:
            body = self.page.feed(found, links)
            return Response(body, headers={**COMMON, **more}, content_type=_ATOM)
        if self.form == "json":
            return Response(plain(found), headers={**COMMON, **more}, content_type=JSON)
        return await self._html(site, request, links, found, sources, more)

    async def _read(
        self, site: Site, request: Request, database: Database
    ) -> tuple[str, Struct | None]:
        node_id = tilde_decode(request.url_vars.get("id") or "")
        wanted = PageRequest(node_id, request.args, today=today())
        known = "" if request.actor else request.headers.get("if-none-match", "")
        asked = f"{request.path}?{request.query_string}"
        variant = f"{asked} {site.problem}{site.settings}{wanted.today}"

        def read(connection: sqlite3.Connection) -> tuple[str, Struct | None]:
            tag = _tag(build_of(connection), variant)
            if known and tag in known:
                return tag, Unchanged()
            return tag, self.page.read(connection, wanted)

        tag, found = await at_once(site.server, database, read)
        return "" if request.actor else tag, found

    async def _html(
        self,
        site: Site,
        request: Request,
        links: Links,
        found: Struct,
        sources: Mapping[str, str],
        more: dict[str, str],
    ) -> Response:
        shown = self.page.show(found, links)
        elsewhere = shown.get("redirect")
        if elsewhere:
            return Response(b"", status=302, headers={**COMMON, "Location": str(elsewhere)})
        context = {**frame_of(site, links), "page": found, "name": self.page.name, **shown}
        context["styles"], context["scripts"] = self.page.styles, self.page.scripts
        query = f"?{request.query_string}" if request.query_string else ""
        context["alternate_url_json"] = site.server.urls.path(
            f"{request_path(request)}.json{query}"
        )
        body = await framed(site.server, request, self.page.template, context)
        sent = {**headers(site.server, site.settings.csp, sources), **more}
        return Response(body, headers=sent, content_type=HTML)


async def _build(site: Site, request: Request, database: Database | None) -> Response:
    """The current build, which live pages poll. If the request names the build it has, the answer
    waits for another one, at most a second.
    """
    build = await _named(database)
    if build and request.args.get("shown") == build:
        build = await _named(await site.next_build(database))
    tag = _tag(build, site.problem)
    if not request.actor and tag in request.headers.get("if-none-match", ""):
        return Response(b"", status=304, headers={**COMMON, "ETag": tag})
    body = json.dumps({"build": build, "problem": site.problem})
    return Response(body, headers={**COMMON, "ETag": tag}, content_type=JSON)


async def _named(database: Database | None) -> str:
    """The name of a file's build, or "" if it cannot be read."""
    try:
        return await database.execute_fn(build_of) if database is not None else ""
    except sqlite3.DatabaseError:
        return ""


def request_path(request: Request) -> str:
    """The path of a page below the server's base, without `.json` and without a trailing slash."""
    path = request.path
    return path[path.index(_BASE) :].removesuffix("/")


def _serving(site: Site) -> Serving:
    return Serving(site.problem, site.settings.recordings, site.settings.play_from)


def _tag(build: str, variant: str) -> str:
    return f'W/"{blake2b(f"{build} {variant} {_code()}".encode(), digest_size=12).hexdigest()}"'


def _code() -> str:
    """The version of the code. A newer plugin may make other pages from the same build."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("datasette-ost")
    except PackageNotFoundError:
        return ""


_UNKNOWN = "There is no such page in this tree. Its node may have been renamed or deleted."
_SLOW = (
    "This took longer than the server allows. Try a smaller part of the tree, or try again later."
)


def _nothing(site: Site) -> str:
    if site.problem:
        return f"There is no tree to show: {site.problem}. Run ost build."
    return (
        "There is no tree to show: no attached database was made by ost. "
        "Run ost build and serve the file that it writes."
    )


def _broken(error: sqlite3.Error) -> str:
    return f"The file cannot be read as a tree ({error}). Run ost build again."

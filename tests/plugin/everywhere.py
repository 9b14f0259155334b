"""An address for every route."""

from datasette_ost.page import every_page
from datasette_ost.server.routes import routes

ADDRESSES = {
    "": "",
    "/tree/": "/tree/more-film-nights",
    "/node/": "/node/cant-agree",
    "/panel/": "/panel/cant-agree",
    "/interview/": "/interview/p07",
    "/compare/": "/compare/cant-agree",
    "/siblings/": "/siblings/more-film-nights",
    "/outcome/": "/outcome/more-film-nights",
    "/biography/": "/biography/cant-agree",
    "/grounds/": "/grounds/go-with-vetoes",
    "/history": "/history",
    "/evidence": "/evidence",
    "/person/": "/person/P07",
    "/practice": "/practice",
    "/bets": "/bets",
    "/activity": "/activity",
    "/digest": "/digest?since=2026-10-01",
    "/present": "/present",
    "/questions": "/questions",
    "/search": "/search?q=veto",
    "/check": "/check",
    "/build": "/build.json",
}


def addresses() -> list[str]:
    """One for every route in the table of routes; a new page without one fails here."""
    former = {name for page in every_page().values() for name in page.former}
    found = []
    for pattern, _ in routes():
        bare = pattern.removeprefix("^/-/ost").split("(?P")[0]
        bare, _, suffix = bare.removesuffix("$").removesuffix("/?").partition("\\.")
        suffix = suffix or pattern.removesuffix("$").partition("\\.")[2]
        if bare in {"/recording/", "/.*"}:  # no page: test_player.py, test_trust.py
            continue
        if bare.strip("/") in former:
            continue
        address = ADDRESSES[bare]
        if suffix and not address.endswith(".json"):
            path, question, arguments = address.partition("?")
            address = f"{path}.{suffix}{question}{arguments}"
        found.append(f"/-/ost{address}")
    return found


def former_addresses() -> list[tuple[str, str]]:
    """Former addresses of pages, each with its new address."""
    return [
        (f"/-/ost/{former}{node}{ending}", f"/-/ost/{page.name}{node}{ending}")
        for page in every_page().values()
        for node in ("/more-film-nights" if page.of_node else "",)
        for former in page.former
        for ending in ("", "?a=1&b=%20", ".json", ".atom")[: 4 if page.feed else 3]
    ]

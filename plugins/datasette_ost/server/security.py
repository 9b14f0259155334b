"""The headers of our pages, with a content security policy: nothing foreign can run or load.

Datasette's own base page has two inline scripts. Their hashes are allowed; no other inline script
is.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from weakref import WeakKeyDictionary

from datasette_ost.datasette_api import Server, datasette_version

_TEMPLATES = ("base.html", "_close_open_menus.html")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

_HASHES: "WeakKeyDictionary[Server, tuple[str, ...]]" = WeakKeyDictionary()


def headers(server: Server, mode: str, sources: Mapping[str, str] = {}) -> dict[str, str]:
    """The headers of a page. `mode` is the setting `csp`: strict, report-only or off. `sources` are
    the hosts that this page may contact, and for what.
    """
    if mode == "off":
        return dict(COMMON)
    name = "Content-Security-Policy"
    if mode == "report-only":
        name += "-Report-Only"
    return {**COMMON, name: policy(_hashes(server), sources)}


def policy(hashes: tuple[str, ...], sources: Mapping[str, str] = {}) -> str:
    """The policy of a page."""
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *(f"'sha256-{each}'" for each in hashes))),
        "style-src": "'self'",
        "img-src": "'self' data:",
        "media-src": "'self'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{each} {value}" for each, value in {**allowed, **sources}.items())


def _hashes(server: Server) -> tuple[str, ...]:
    """The hashes of the inline scripts in Datasette's templates, never those of a rendered page."""
    known = _HASHES.get(server)
    if known is None:
        known = _HASHES[server] = tuple(_of_templates(server))
    return known


def _of_templates(server: Server) -> list[str]:
    environment = server.get_jinja_environment()
    found = []
    for template in _TEMPLATES:
        source, _, _ = environment.loader.get_source(environment, template)
        for script in _INLINE.findall(source):
            written = _rendered(script, datasette_version())
            found.append(b64encode(sha256(written.encode()).digest()).decode())
    return found


def _rendered(script: str, version: str) -> str:
    return re.sub(r"\{\{\s*datasette_version\s*\}\}", version, script)

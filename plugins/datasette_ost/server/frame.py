"""Renders a page's own part first, then puts it into a frame: Datasette's or our own.

Datasette renders asynchronously, which turns every macro into a coroutine. Our pages have many
macros and never wait, so rendering them synchronously takes less than half the time.
"""

from collections.abc import Mapping
from functools import cache
from typing import cast
from weakref import WeakKeyDictionary

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, FileSystemLoader
from markupsafe import Markup

from datasette_ost.datasette_api import HERE, Request, Server

_FRAME = "ost/base.html"
_PARTS = "{% block heading %}{% endblock %}\x00{% block main %}{% endblock %}"

_ALONE: WeakKeyDictionary[Environment, Environment] = WeakKeyDictionary()


async def framed(
    server: Server, request: Request, template: str, context: Mapping[str, object]
) -> str:
    """A page in Datasette's frame. Its template extends `ost/base.html` with the blocks `heading`
    and `main`.
    """
    made = cast(Environment, server.get_jinja_environment(request))
    if made not in _ALONE:
        loaders = _with_parts(*([made.loader] if made.loader else []))
        _ALONE[made] = made.overlay(enable_async=False, loader=loaders)
    filled = {**context, **_parts(_ALONE[made], template, context)}
    return await server.render_template(_FRAME, filled, request)


@cache
def standalone_templates() -> Environment:
    """The templates without a server, compiled once per process."""
    loader = _with_parts(FileSystemLoader(HERE / "templates"))
    return Environment(loader=loader, autoescape=True)


def in_frame(made: Environment, template: str, frame: str, context: Mapping[str, object]) -> bytes:
    """A page in our own frame."""
    filled = {**context, **_parts(made, template, context)}
    return made.get_template(frame).render(filled).encode("utf-8", "replace")


def part(made: Environment, template: str, context: Mapping[str, object]) -> str:
    """A page's own part, without a frame."""
    return _parts(made, template, context)["main"]


def _with_parts(*loaders: BaseLoader) -> BaseLoader:
    """Keeps only the parts of the frame that pages fill."""
    return ChoiceLoader([DictLoader({_FRAME: _PARTS}), *loaders])


def _parts(made: Environment, template: str, context: Mapping[str, object]) -> dict[str, Markup]:
    heading, main = made.get_template(template).render(context).split("\x00", 1)
    # Both come from a template that escapes.
    return {"heading": Markup(heading), "main": Markup(main)}  # noqa: S704

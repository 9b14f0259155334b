"""A page's own part is rendered by itself, and then put into Datasette's frame.

Datasette renders asynchronously, which makes a coroutine of every macro: our pages have many, wait
for nothing, and are ready in less than half of the time without.
"""

from collections.abc import Mapping
from typing import cast
from weakref import WeakKeyDictionary

from jinja2 import ChoiceLoader, DictLoader, Environment
from markupsafe import Markup

from datasette_ost.door import Request, Server

_FRAME = "ost/base.html"
_PARTS = "{% block heading %}{% endblock %}\x00{% block main %}{% endblock %}"

_ALONE: WeakKeyDictionary[Environment, Environment] = WeakKeyDictionary()


async def framed(
    server: Server, request: Request, template: str, context: Mapping[str, object]
) -> str:
    """A page whose template extends `ost/base.html` with the blocks `heading` and `main`."""
    heading, main = _alone(server, request).get_template(template).render(context).split("\x00", 1)
    # Both come from a template that escapes.
    filled = {**context, "heading": Markup(heading), "main": Markup(main)}  # noqa: S704
    return await server.render_template(_FRAME, filled, request)


def _alone(server: Server, request: Request) -> Environment:
    """Datasette's templates, rendered at once; of the frame only what pages put into it."""
    made = cast(Environment, server.get_jinja_environment(request))
    if made not in _ALONE:
        parts = DictLoader({_FRAME: _PARTS})
        loaders = [parts, *([made.loader] if made.loader else [])]
        _ALONE[made] = made.overlay(enable_async=False, loader=ChoiceLoader(loaders))
    return _ALONE[made]

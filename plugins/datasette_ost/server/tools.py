"""Offers the pages' data as tools of datasette-mcp, if installed, to assistants that answer
questions about a tree. Each tool uses the page's guard and returns the page's JSON.
"""

import sqlite3
from functools import partial
from typing import Any

import msgspec

from datasette_ost.datasette_api import Forbidden, Server, at_once, today
from datasette_ost.page import Page, PageRequest, every_page
from datasette_ost.server.guard import enter


def register(server: Server, mcp: Any) -> None:
    """Adds the tools. Only datasette-mcp calls this, so its protocol library is installed."""
    from mcp.server.mcpserver import Context
    from mcp.types import ToolAnnotations

    values = partial(_values, server)

    async def ost_trees(ctx: Context) -> dict[str, Any]:
        """All outcomes of the opportunity solution tree, and the newest interviews. Start here."""
        return await values(ctx, "trees")

    async def ost_tree(node: str, ctx: Context, levels: int = 3) -> dict[str, Any]:
        """The tree below a node (by id): opportunities, solutions, assumptions, tests."""
        return await values(ctx, "tree", node, levels=str(levels))

    async def ost_node(node: str, ctx: Context) -> dict[str, Any]:
        """One node by id: its text, the nodes below it, and what people said, with seconds."""
        return await values(ctx, "node", node)

    async def ost_evidence(ctx: Context, participant: str = "") -> dict[str, Any]:
        """Who mentioned which opportunity, by segment and month; or everything one person said."""
        if participant:
            return await values(ctx, "person", participant)
        return await values(ctx, "evidence")

    async def ost_compare(opportunity: str, ctx: Context) -> dict[str, Any]:
        """An opportunity's candidate solutions side by side: assumptions, tests, decisions."""
        return await values(ctx, "compare", opportunity)

    async def ost_check(ctx: Context, rule: str = "") -> dict[str, Any]:
        """The rules' findings; with a rule's name, its reason and all of its findings."""
        return await values(ctx, "check", rule=rule)

    async def ost_search(words: str, ctx: Context, kind: str = "") -> dict[str, Any]:
        """Nodes, quotes and moments that contain these words."""
        return await values(ctx, "search", q=words, kind=kind)

    offer = mcp.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    for tool in (
        *(ost_trees, ost_tree, ost_node, ost_evidence),
        *(ost_compare, ost_check, ost_search),
    ):
        offer(tool)


async def _values(
    server: Server, ctx: Any, name: str, node: str = "", **given: str
) -> dict[str, Any]:
    """A page's data; a failure becomes an error of the protocol, in words."""
    from mcp.server.mcpserver.exceptions import ToolError

    actor = getattr(ctx.request_context.request, "scope", {}).get("actor")
    request = PageRequest(node, given, today=today())
    try:
        return await _answer(server, actor, every_page()[name], request)
    except (LookupError, PermissionError, sqlite3.Error) as error:
        raise ToolError(str(error)) from None


async def _answer(server: Server, actor: Any, page: Page, request: PageRequest) -> dict[str, Any]:
    """A page's data. A failure has the words that a reader of the page would see."""
    try:
        _, name = await enter(server, actor)
    except Forbidden:
        raise PermissionError("you may not read this tree") from None
    if name not in server.databases:
        raise LookupError("there is no tree to show; run ost build")
    found = await at_once(server, server.databases[name], lambda each: page.read(each, request))
    if found is None:
        raise LookupError(f"there is no {page.name} page of {request.id!r}; ost_search finds ids")
    made = msgspec.to_builtins(found)
    return made if isinstance(made, dict) else {}

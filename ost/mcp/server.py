"""The protocol: lists the tools, checks their arguments and answers on standard output."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    Tool,
    ToolAnnotations,
)

from ost import __version__
from ost.errors import OstError
from ost.exchange.reports import json
from ost.mcp.answers import EvidencePack
from ost.mcp.tools import DATA, READING, AskedTree, AssistantTool
from ost.words import LOOSELY, lower_first, nearest, suggestion

INSTRUCTIONS = (
    "An opportunity solution tree: what a team wants to reach, what customers struggle with, in "
    "their own words, and what the team builds and tests for it. Ask `tree` first, then `context` "
    "of a node. Say how many different people an answer rests on, how old that is and what "
    f"contradicts it. Never invent a quote or a participant. {DATA}"
)


def serve(folder: Path, today: Callable[[], date], *, propose: bool = False) -> None:
    """Answers until the client disconnects. `today` returns the local day."""
    from ost.mcp.proposals import WRITING

    server = _server(AskedTree(folder, today), (*READING, *WRITING) if propose else READING)
    asyncio.run(_run(server))


async def _run(server: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _server(tree: AskedTree, tools: Sequence[AssistantTool[Any]]) -> Server[Any]:
    """The server with these tools; one question at a time."""
    by_name = {each.name: each for each in tools}
    one_at_a_time = asyncio.Lock()

    async def offered(_: Any, __: Any) -> ListToolsResult:
        return ListToolsResult(tools=[_tool(each) for each in tools])

    async def called(_: Any, given: CallToolRequestParams) -> CallToolResult:
        tool = by_name.get(given.name)
        if tool is None:
            near = suggestion(nearest(given.name, by_name, LOOSELY))
            return _error_result(f"no tool {given.name!r}{near}")
        async with one_at_a_time:
            return await asyncio.to_thread(_tool_result, tool, tree, given.arguments or {})

    return Server(
        "ost",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=offered,
        on_call_tool=called,
    )


def _tool_result(
    tool: AssistantTool[Any], tree: AskedTree, given: dict[str, Any]
) -> CallToolResult:
    """The answer as text and as a value of the tool's schema; an error in one line."""
    try:
        answer = tool.ask(tree, msgspec.convert(given, tool.arguments))
    except msgspec.ValidationError as error:
        names = ", ".join(each.encode_name for each in msgspec.structs.fields(tool.arguments))
        return _error_result(f"{tool.name}: {lower_first(str(error))}; it takes {names}")
    except (OstError, OSError, ValueError) as error:
        return _error_result(str(error))
    except sqlite3.Error as error:
        return _error_result(f"the cache is damaged ({error})")
    text = json.render(answer)
    shown = answer.text if isinstance(answer, EvidencePack) else text
    return CallToolResult(
        content=[TextContent(type="text", text=shown)],
        structured_content=msgspec.json.decode(text),
    )


def _error_result(words: str) -> CallToolResult:
    plain = words.encode("utf-8", "replace").decode()
    return CallToolResult(content=[TextContent(type="text", text=plain)], is_error=True)


def _tool(tool: AssistantTool[Any]) -> Tool:
    return Tool(
        name=tool.name,
        description=f"{tool.description} {DATA}",
        input_schema=schema(tool.arguments),
        output_schema=schema(tool.answer),
        annotations=ToolAnnotations(
            read_only_hint=not tool.writes,
            destructive_hint=False,
            idempotent_hint=not tool.writes,
            open_world_hint=False,
        ),
    )


def schema(type_: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of a struct, an object at its root as the protocol wants it."""
    (made,), parts = msgspec.json.schema_components([type_], ref_template="#/$defs/{name}")
    name = str(made["$ref"]).removeprefix("#/$defs/")
    return {**parts[name], "$defs": parts}

"""The tools of datasette-mcp, called over the wire as an assistant calls them."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

TOOLS = {"trees", "tree", "node", "evidence", "compare", "check", "search"}


@contextmanager
def served(file: Path, *more: str) -> Iterator[str]:
    """A real server with datasette-mcp; gives the address of its tools."""
    given = {name: each for name, each in os.environ.items() if name != "DATASETTE_LOAD_PLUGINS"}
    command = [sys.executable, "-m", "datasette", str(file), "--port", "0", *more]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=given
    ) as server:
        try:
            for line in server.stderr or ():
                if "running on http" in line:
                    yield line.split("running on ")[1].split()[0] + "/-/mcp"
                    break
        finally:
            server.terminate()


def asked(address: str, method: str, session: str = "", **params: Any) -> tuple[Any, str]:
    """The answer to a request of the protocol, and the session's name."""
    body: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    if not method.startswith("notifications/"):
        body["id"] = 1
    request = urllib.request.Request(address, json.dumps(body).encode())  # noqa: S310 - our own
    request.add_header("Content-Type", "application/json")
    request.add_header("Accept", "application/json, text/event-stream")
    if session:
        request.add_header("Mcp-Session-Id", session)
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - our own
        text = answer.read().decode()
        return json.loads(text) if text else None, answer.headers.get("mcp-session-id") or session


def new_session(address: str) -> str:
    """A session."""
    _, session = asked(
        address,
        "initialize",
        protocolVersion="2025-06-18",
        capabilities={},
        clientInfo={"name": "test", "version": "1"},
    )
    asked(address, "notifications/initialized", session)
    return session


def called(address: str, session: str, tool: str, **arguments: Any) -> dict[str, Any]:
    answer, _ = asked(address, "tools/call", session, name=tool, arguments=arguments)
    return dict(answer["result"])


@pytest.fixture(scope="module")
def address(file: Path) -> Iterator[str]:
    with served(file) as found:
        yield found


def test_the_tools_give_what_the_pages_give(address: str) -> None:
    session = new_session(address)
    listed, _ = asked(address, "tools/list", session)
    tools = {each["name"]: each for each in listed["result"]["tools"]}
    assert {f"ost_{each}" for each in TOOLS} <= set(tools)
    assert all(each["annotations"]["readOnlyHint"] for each in tools.values())
    asking: dict[str, tuple[dict[str, Any], str]] = {
        "trees": ({}, "outcomes"),
        "tree": ({"node": "more-film-nights", "levels": 1}, "boxes"),
        "node": ({"node": "cant-agree"}, "moments"),
        "evidence": ({"participant": "P07"}, "person"),
        "compare": ({"opportunity": "cant-agree"}, "rivals"),
        "check": ({"rule": "unheard-opportunity"}, "page"),
        "search": ({"words": "agree"}, "nodes"),
    }
    for tool, (arguments, holds) in asking.items():
        result = called(address, session, f"ost_{tool}", **arguments)
        assert not result.get("isError"), result
        assert result["structuredContent"][holds], tool
    tree = called(address, session, "ost_tree", node="more-film-nights", levels=1)
    assert {each["depth"] for each in tree["structuredContent"]["boxes"]} == {0, 1}


def test_missing_node_is_reported(address: str) -> None:
    session = new_session(address)
    result = called(address, session, "ost_node", node="nobody")
    assert result["isError"]
    assert "ost_search finds ids" in str(result["content"])


def test_tools_need_permission_for_pages(file: Path, tmp_path: Path) -> None:
    config = tmp_path / "datasette.json"
    config.write_text(json.dumps({"databases": {"ost": {"allow": {"id": "root"}}}}))
    with served(file, "-c", str(config)) as address:
        session = new_session(address)
        for tool, given in (("ost_trees", {}), ("ost_node", {"node": "cant-agree"})):
            result = called(address, session, tool, **given)
            assert result["isError"]
            assert "agree" not in str(result["content"])

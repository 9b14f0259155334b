"""The tools that write, offered only when they are switched on."""

from typing import Any

from ost.mcp.tools import AssistantTool

WRITING: tuple[AssistantTool[Any], ...] = ()
"""The tools that write."""

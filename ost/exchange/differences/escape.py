"""Escapes code spans and labels of diagrams; everything else is in `ost.exchange.escape`."""

import re

from ost.exchange.escape import terminal


def code(text: str) -> str:
    """The text as a code span."""
    shown = terminal(text).replace("`", "'").replace("|", "\\|").strip()
    return f"`{shown}`" if shown else ""


def label(text: str) -> str:
    """The label of a Mermaid node, for double quotes: entities, no markup, no click."""
    # "1. " or "- " at the beginning would be a list, which Mermaid does not draw; "\\n" is a new
    # line and "fa:" an icon to it, also as entities.
    shown = re.sub(r"^(\s*\d+)\.", "\\1\N{ONE DOT LEADER}", terminal(text))
    shown = shown.replace("\\", "\N{FULLWIDTH REVERSE SOLIDUS}")
    shown = re.sub(r"\b(fa[bklrs]?|mdi)(?=:)", "\\1\N{ZERO WIDTH SPACE}", shown)
    return re.sub(r"^\s*[-+]|_|[^\w .,;!?%+/°§€£\u00a0-\uffff-]", _entity, shown)


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0].strip())};"

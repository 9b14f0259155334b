"""Code spans and labels of diagrams, beside what `ost.exchange.escape` has for every report."""

import re

from ost.exchange.escape import terminal


def code(text: str) -> str:
    """Between backticks."""
    shown = terminal(text).replace("`", "'").replace("|", "\\|").strip()
    return f"`{shown}`" if shown else ""


def label(text: str) -> str:
    """The label of a Mermaid node, between double quotes: entities, no markup, no click."""
    # "1. " at the beginning would be a list, which Mermaid does not draw.
    shown = re.sub(r"^(\d+)\.", "\\1\N{ONE DOT LEADER}", terminal(text))
    return re.sub(r"[^\w .,;!?%+/°§€£\u00a0-\uffff-]", _entity, shown)


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"

"""Text of other people's files, made harmless where it goes: one function for each place."""

import re

from ost.exchange.reports.paint import safe


def markdown(text: str) -> str:
    """As GitHub and GitLab show Markdown: no markup, no mention, no table cell, no HTML."""
    shown = re.sub(r"([\\`*_{}\[\]()<>#!|~^$:])", r"\\\1", safe(text))
    # A letter between the sign and the name would be seen; an empty comment is not.
    shown = re.sub(r"@(?=\w)", "@<!-- -->", shown)
    return re.sub(r"&(?=#?\w+;)", "&amp;", shown)


def code(text: str) -> str:
    """Between backticks."""
    shown = safe(text).replace("`", "'").replace("|", "\\|").strip()
    return f"`{shown}`" if shown else ""


def label(text: str) -> str:
    """The label of a Mermaid node, between double quotes: entities, no markup, no click."""
    # "1. " at the beginning would be a list, which Mermaid does not draw.
    shown = re.sub(r"^(\d+)\.", "\\1\N{ONE DOT LEADER}", safe(text))
    return re.sub(r"[^\w .,;!?%+/°§€£\u00a0-\uffff-]", _entity, shown)


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"


def terminal(text: str) -> str:
    """On one line of a terminal, without control characters."""
    return safe(text)

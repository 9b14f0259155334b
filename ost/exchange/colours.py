"""The colours of kinds in pictures on a white background, as in the light theme of the pages."""

from collections.abc import Mapping

from ost.exchange.forest import kind_of
from ost.tree.graph import NodeData
from ost.tree.model import Colour
from ost.words import counted

COLOURS: Mapping[Colour, str] = {
    "indigo": "#4338ca",
    "blue": "#1767b3",
    "green": "#19764a",
    "yellow": "#96590a",
    "magenta": "#97306f",
    "cyan": "#0b7285",
    "olive": "#5c6b0c",
    "slate": "#55596a",
    "grey": "#666666",
    "red": "#b42318",
}


def colour(data: NodeData) -> str:
    """The colour of a node's kind."""
    return COLOURS[kind_of(data).colour]


def facts(data: NodeData) -> str:
    """The facts below a title: kind, status, people."""
    facts_found = [data["kind"]]
    if data["status"]:
        facts_found.append(data["status"])
    if kind_of(data).needs_evidence:
        facts_found.append(counted(data["people"], "person", "people"))
    return " · ".join(facts_found)

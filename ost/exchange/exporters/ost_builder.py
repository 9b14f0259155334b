"""Markdown that ost-builder opens: outcomes, opportunities, solutions, and their experiments.

It knows four kinds: assumptions and tests become experiments, and a node of another kind becomes a
line in the text of the card above it. It knows six levels of headings: deeper nodes go beside their
parents.
"""

import re

from ost.exchange.escape import terminal
from ost.exchange.forest import Forest, forest, kind_of, relinked
from ost.tree.model import Node, Outcome

_CARDS = {
    "outcome": "Outcome",
    "opportunity": "Opportunity",
    "solution": "Solution",
    "assumption": "Experiment",
    "test": "Experiment",
}
_STATUS = re.compile(r"@(?:on-track|at-risk|next|done|none)$", re.IGNORECASE)
_METRIC = re.compile(r"^-(?=\s*(?:start|current|target):)", re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_DEEPEST = 6
_JOINER = "\u2060"


def export(shown: Forest) -> str:
    """One file. A blank line ends each card."""
    cards = [each for each, data in shown.nodes.items() if data["kind"] in _CARDS]
    others = _others(shown.placed())
    shown = forest(shown.tree, cards, shown.texts)
    lines = ["# Opportunity solution tree", "", *others.get("", ())]
    if lines[-1]:
        lines.append("")
    for node_id, level in shown.walk():
        data = shown.nodes[node_id]
        marks = "#" * min(level + 2, _DEEPEST)
        status = _status(kind_of(data), data["status"])
        lines.append(f"{marks} [{_CARDS[data['kind']]}] {_title(data['title'], status)}")
        lines += ["", *_description(shown, node_id), *_metrics(shown.node(node_id))]
        lines += others.get(node_id, ())
        if lines[-1]:
            lines.append("")
    return "\n".join(lines)


def _others(shown: Forest) -> dict[str, list[str]]:
    """Lines for the nodes that are not cards, by the card above; "" for none."""
    found: dict[str, list[str]] = {}
    above = [""]
    for node_id, level in shown.walk():
        data = shown.nodes[node_id]
        del above[level + 1 :]
        if data["kind"] in _CARDS:
            above.append(node_id)
            continue
        above.append(above[-1])
        status = f" ({data['status']})" if data["status"] else ""
        line = f"* {data['kind'].capitalize()}: {terminal(data['title']).strip()}{status}"
        found.setdefault(above[-1], []).append(line)
    return found


def _status(kind: type[Node], status: str | None) -> str:
    known = next((each for each in kind.statuses if each.name == status), None)
    if known is None:
        return ""
    return "next" if known.tone == "focus" else "done" if known.stage == "done" else ""


def _title(title: str, status: str) -> str:
    """A title without anything that reads as an id or a status."""
    title = terminal(title).replace("{#", f"{{{_JOINER}#").strip()
    if not status and _STATUS.search(title):
        status = "none"
    return f"{title} @{status}" if status else title


def _description(shown: Forest, node_id: str) -> list[str]:
    """The node's text, without lines that ost-builder would read as a card or as a number of an
    outcome.
    """
    body = relinked(shown.text(node_id), lambda mark, node: mark.words or node, titled=False)
    lines = []
    for line in body.rstrip().split("\n"):
        text = _METRIC.sub("*", terminal(line).rstrip())
        found = _HEADING.match(text)
        lines.append(f"**{found[2]}**" if found else text)
    while lines and not lines[0]:
        del lines[0]
    return lines


def _metrics(node: Node) -> list[str]:
    """An outcome's numbers, if ost-builder can read them."""
    if not isinstance(node, Outcome) or node.baseline is None or node.target is None:
        return []
    newest = max(node.measurements, key=lambda each: each.on, default=None)
    numbers = {
        "start": node.baseline,
        "current": newest.value if newest else node.baseline,
        "target": node.target,
    }
    if any(value < 0 for value in numbers.values()):
        return []
    return [f"- {name}: {value:.10g}" for name, value in numbers.items()]

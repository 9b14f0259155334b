"""A folder of CSV files for spreadsheets: nodes.csv, edges.csv, moments.csv, quotes.csv.

A text that a spreadsheet would read as a formula (it begins with `=`, `+`, `-` or `@`) gets an
apostrophe in front.
"""

from collections.abc import Iterable, Mapping

from ost.exchange.escape import terminal
from ost.exchange.forest import Forest

_NODE = ("id", "parent")
_EDGE = ("source", "target", "relation", "position")
_MOMENT = ("source", "node", "participant", "stance", "second", "words", "position")
_QUOTE = ("source", "node", "participant", "text", "position")


def export(forest: Forest) -> Mapping[str, str]:
    """The tables by file name. Their columns have the same names as in the published file."""
    above = {child: parent for parent, below in forest.children.items() for child in below}
    columns = (*_NODE, *next(iter(forest.nodes.values()), {}))
    nodes = [
        {**data, "id": node_id, "parent": above[node_id]} for node_id, data in forest.nodes.items()
    ]
    links: list[Mapping[str, object]] = []
    moments: list[Mapping[str, object]] = []
    quotes: list[Mapping[str, object]] = []
    for source, target, data in forest.edges:
        row = {**data, "source": source, "target": target, "node": target}
        if data["relation"] != "evidence":
            links.append(row)
            continue
        moments.append(row)
        quoted = row["quotes"]
        quotes += [{**row, "text": each} for each in (quoted if isinstance(quoted, tuple) else ())]
    return {
        "nodes.csv": _table(columns, nodes),
        "edges.csv": _table(_EDGE, links),
        "moments.csv": _table(_MOMENT, moments),
        "quotes.csv": _table(_QUOTE, quotes),
    }


def _table(columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    columns = tuple(columns)
    lines = [",".join(columns)]
    lines += [",".join(_cell(row.get(column)) for column in columns) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return str(int(value))
    text = terminal(str(value))
    if text.lstrip().startswith(("=", "+", "-", "@")):
        text = f"'{text}"
    return '"{}"'.format(text.replace('"', '""')) if any(each in text for each in ',"') else text

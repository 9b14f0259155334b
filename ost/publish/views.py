"""One view per kind with the kind's own fields as columns, and the descriptions of all tables."""

from collections.abc import Iterator

from ost.publish.columns import View
from ost.publish.history_schema import HISTORY_VIEWS
from ost.publish.rows import COPIED, Row
from ost.publish.schema import TABLES
from ost.tree import evidence
from ost.tree.fields import readers
from ost.tree.forms import forms
from ost.tree.model import KINDS, Node

_PLACE = ("parent", "outcome", "depth", "children", "descendants")
_LAST = ("illustrative", "errors", "warnings", "path", "line")
_NODE = {
    column.name: column for table in TABLES if table.name == "node" for column in table.columns
}

_POSITION = "Its position in the order of the tree, which every page and the terminal show."


def views() -> tuple[View, ...]:
    """A view for every kind of node, and those of history."""
    return (*(_view(kind) for kind in KINDS.values()), *HISTORY_VIEWS)


def description_rows() -> list[Row]:
    """The description of every table, view and column."""
    made: list[Row] = []
    for table in TABLES:
        made.append((table.name, "", table.description))
        made += [(table.name, column.name, column.description) for column in table.columns]
    for view in views():
        made.append((view.name, "", view.description))
        made += [(view.name, name, text) for name, text in view.columns]
    return made


def _view(kind: type[Node]) -> View:
    """Columns of `node` first, then the kind's own fields, then the shared last columns."""
    columns = {name: f'"{name}"' for name in ("id", "title", *_shared(kind))}
    described = {name: column.description for name, column in _NODE.items()}
    if kind.placed:
        columns["position"] = 'lft as "position"'
        described["position"] = _POSITION
    for name, path, text in _fields(kind):
        if name not in columns and name not in _LAST:
            columns[name] = f"json_extract(fields, '{path}') as \"{name}\""
            described[name] = text
    columns |= {name: f'"{name}"' for name in _LAST}
    chosen = ",\n  ".join(columns.values())
    return View(
        kind.kind,
        f"Each {kind.kind} with its own fields as columns; {kind.article()} is: {kind.summary()}",
        tuple((name, described[name]) for name in columns),
        f"select\n  {chosen}\nfrom node\nwhere kind = '{kind.kind}'",
    )


def _shared(kind: type[Node]) -> Iterator[str]:
    """The columns of `node` that apply to this kind."""
    yield "status"
    if kind.day_field:
        yield "date"
    if kind.placed:
        yield from (*_PLACE, *evidence.COLUMNS)
    yield from (name for name in COPIED if name in kind.__struct_fields__)


def _fields(kind: type[Node]) -> Iterator[tuple[str, str, str]]:
    """The kind's own fields as (column, path in the JSON, description), one column per part of a
    structure.
    """
    found = forms(kind)
    for name in readers(kind):
        if name in Node.__struct_fields__ and name != "tags":
            continue
        form = found[name]
        for part in () if form.list else form.parts:
            yield f"{name}_{part}", f"$.{name}.{part}", f"{form.meaning} Its `{part}`."
        if form.list or not form.parts:
            yield name, f"$.{name}", form.meaning

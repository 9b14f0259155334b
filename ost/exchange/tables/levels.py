"""Reads tables with one column per level of the tree: outcome, opportunity, solution."""

import re
from collections.abc import Iterator

from ost.exchange.foreign.records import ForeignRecord, headline
from ost.exchange.tables.cells import RecordFields
from ost.exchange.tables.columns import Columns
from ost.exchange.tables.sheet import ForeignRow, ForeignTable
from ost.read.vocabulary import vocabulary

DEPTH = ("outcome", "opportunity", "solution", "assumption", "test")
"""The levels, if the table does not name them."""

_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+(.*)")


def levels(table: ForeignTable, holds: Columns, cells: RecordFields) -> Iterator[ForeignRecord]:
    """The nodes of each row, each below that of the level above. The lowest one gets the values of
    the other columns. A blank cell repeats the one above it.
    """
    columns = list(holds.levels())
    path: dict[int, ForeignRecord] = {}
    for row in table.rows:
        lowest: list[ForeignRecord] = []
        for level, (at, kind) in enumerate(columns):
            items = list(_items(cells.words(row.cell(at))))
            if not items:
                continue
            above = next((path[each] for each in range(level - 1, -1, -1) if each in path), None)
            lowest = [_record(table, row, each, kind, level, above) for each in items]
            path = {each: record for each, record in path.items() if each < level}
            path[level] = lowest[-1]
            yield from lowest
        if lowest and lowest[-1].kind:
            cells.fill(lowest[-1], row, holds)


def _record(
    table: ForeignTable,
    row: ForeignRow,
    written: str,
    kind: str,
    level: int,
    above: ForeignRecord | None,
) -> ForeignRecord:
    label = vocabulary().label(written)
    labelled = label is not None and label.read and not label.alone and label.kind
    title = written
    if label and labelled and (not kind or label.kind == kind):
        kind, title = label.kind, written[label.title : label.stop]
    kind = kind or DEPTH[min(level, len(DEPTH) - 1)]
    title, body = headline(title)
    record = ForeignRecord(kind=kind, title=title, body=body, path=table.path, line=row.line)
    record.said = row.text
    if kind == "part":
        record.kind, record.part = "", True
    record.parents = (f"{above.kind} {above.title}",) if above else ()
    return record


def _items(cell: str) -> Iterator[str]:
    """The items of a list in a cell, or all of the cell."""
    lines = [each for each in cell.split("\n") if each.strip()]
    found = [_ITEM.fullmatch(each) for each in lines]
    if all(found):
        yield from (each[1] for each in found if each)
    else:
        yield cell

"""Tables of a one-file tree whose columns are kinds, as parts of an outline: each row holds a node
and its descendants.
"""

from ost.read.blocks import Part
from ost.read.node_lines import RANK
from ost.read.tables import MarkdownTable, table
from ost.read.vocabulary import Vocabulary
from ost.tables import cell_words

_KIND = ("kind", "type", "level")
_TITLE = ("title", "name", "words", "description", "what", "statement", "node", "text")


def grids(parts: list[Part], words: Vocabulary) -> list[Part]:
    """Replaces each such table with nested list items."""
    result: list[Part] = []
    for part in parts:
        found = table(part.content) if part.type == "text" else None
        cells = _cells(part, found, words) if found else None
        result += cells if cells is not None else [part]
    return result


def _cells(part: Part, found: MarkdownTable, words: Vocabulary) -> list[Part] | None:
    heads = cell_words(found.heads[1])
    kinds = {number: words.kind(each) for number, each in enumerate(heads) if words.kind(each)}
    ordered = sorted(kinds, key=lambda each: (RANK.get(kinds[each], 9), each))
    names = [each.casefold() for each in heads]
    typed = next((names.index(each) for each in _KIND if each in names), None)
    titled = next((names.index(each) for each in _TITLE if each in names), None)
    if not kinds and (typed is None or titled is None):
        return None
    items: list[Part] = []
    above: dict[int, str] = {}
    first = part.first + part.content[: found.rows[0][0]].count("\n") if found.rows else part.first
    for number, (_, row) in enumerate(found.rows):
        cells = cell_words(row)
        line = first + number
        if not kinds:
            kind, title = _cell(cells, typed), _cell(cells, titled)
            if title and words.kind(kind):
                items.append(Part("item", 0, line, line + 1, line + 1, title, words.kind(kind)))
            continue
        new = False
        for depth, column in enumerate(ordered):
            title = _cell(cells, column)
            if not title:
                continue
            if new or above.get(column) != title:
                new = True
                above[column] = title
                for other in ordered[depth + 1 :]:
                    above.pop(other, None)
                items.append(Part("item", depth, line, line + 1, 0, title, kinds[column]))
    last = first + len(found.rows)
    return [_with_end(items, number, last) for number in range(len(items))]


def _with_end(items: list[Part], number: int, last: int) -> Part:
    """The part with its end: the start of the next part that is not below it."""
    part = items[number]
    if part.end:
        return part
    for other in items[number + 1 :]:
        if other.depth <= part.depth:
            return part._replace(end=other.first)
    return part._replace(end=last)


def _cell(cells: list[str], number: int | None) -> str:
    return cells[number] if number is not None and number < len(cells) else ""

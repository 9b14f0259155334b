"""Trees drawn with characters (`├── …`, `+-- …`) or indentation, as parts of an outline."""

import re

from ost.read.blocks import Part

_LINE = re.compile(r"^(?P<drawn>[\s│┃|├└┌┬┴─━+`\\'*•·>▸▶→—–-]*)(?P<words>.*?)\s*$")
_RAILS = re.compile(r"[│┃|v▼↓\s]*")
_LANGUAGE = re.compile(
    r"\s*(?:[`~]{3,}\s*)?(?:mermaid|graph|flowchart|mindmap|(?:strict\s+)?digraph|@start\w+|dot|plantuml)"
    r"(?![\w-])(?!\s*:)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"-->|==>|-\.->|<--|\w\s*->\s*\w")
_COLUMNS = re.compile(r"\]\s{2,}\[|\s{6,}\S.*\s{6,}\S")


def is_language(rows: list[str]) -> bool:
    """Whether a code block is in a diagram language such as Mermaid or DOT."""
    if any(rail in row for row in rows for rail in "│├└┃"):
        return False
    return any(_LANGUAGE.match(row) or _ARROW.search(row) for row in rows)


def parts(rows: list[str], first: int) -> list[Part]:
    """The lines of a drawing as list items, nested by indentation. Empty if branches are side by
    side.
    """
    found: list[tuple[int, int, str]] = []
    for number, row in enumerate(rows):
        line = _LINE.match(row.expandtabs(4))
        if line is None or not line["words"] or _RAILS.fullmatch(row):
            continue
        if _COLUMNS.search(line["words"]):
            return []
        # Keep tabs between the words: the caller searches the line for them.
        written = _LINE.match(row)
        words = written["words"] if written else line["words"]
        found.append((first + number, len(line["drawn"]), words))
    parts_found = []
    ends = _ends(found, first + len(rows))
    open_at: list[int] = []
    for (number, column, words), end in zip(found, ends, strict=True):
        while open_at and open_at[-1] >= column:
            open_at.pop()
        parts_found.append(Part("item", len(open_at), number, number + 1, end, words))
        open_at.append(column)
    return parts_found


def _ends(found: list[tuple[int, int, str]], last: int) -> list[int]:
    """The row where each line's part ends: the next row that is not indented further."""
    ends = [last] * len(found)
    waiting: list[int] = []
    for index, (row, column, _) in enumerate(found):
        while waiting and found[waiting[-1]][1] >= column:
            ends[waiting.pop()] = row
        waiting.append(index)
    return ends

"""Findings for people at a terminal: the place, the line, a caret, and finally the counts."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import Paint, cut, safe, width, wrapped
from ost.read.diagnostic import Severity
from ost.words import counted, listed

LineOf = Callable[[str, int], str]
"""Returns the text of a line in a file, from 1; "" if the file no longer has that line."""

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
FOREIGN = "OST005"
MANY = 20
"""With more findings than this, each rule shows only its first few, and counts follow at the end.
"""
FIRST = 5
"""How many warnings or notes a rule shows in a long list; the rest are counted."""
FEW = 3
"""How many foreign files are named one by one; the rest are counted."""


def _unlinked(path: str, shown: str) -> str:
    return shown


def render(
    found: Sequence[Finding],
    lines: LineOf,
    place: Callable[[str], str],
    paint: Paint,
    columns: int,
    link: Callable[[str, str], str] = _unlinked,
    *,
    wraps: bool = False,
) -> str:
    """Every finding with its line and a caret.

    `place` returns the path to show, and `link` turns a place into a link to its file. Excerpts are
    cut to `columns`; if `wraps`, messages break there, between words.
    """
    room = columns if wraps else None
    blocks: list[str] = []
    foreign = [each for each in found if each.code == FOREIGN]
    many = len(foreign) > FEW
    shown: Counter[str] = Counter()
    several = len(found) > MANY and len({each.code for each in found}) > 1
    for diagnostic in found:
        if many and diagnostic.code == FOREIGN:
            continue
        shown[diagnostic.code] += diagnostic.severity is not Severity.ERROR
        if several and shown[diagnostic.code] > FIRST and diagnostic.severity is not Severity.ERROR:
            continue
        where = link(
            diagnostic.path,
            f"{safe(place(diagnostic.path))}:{diagnostic.line}:{diagnostic.column}",
        )
        entry = (*_words(diagnostic, where, paint, room), *_line(diagnostic, lines, paint, columns))
        blocks.append("\n".join(entry))
    if many:
        blocks.append("\n".join(_together(foreign, place, paint, room)))
    rest = {code: number - FIRST for code, number in shown.items() if number > FIRST}
    if several and rest:
        more = ", ".join(f"{number:,} more of {code}" for code, number in sorted(rest.items()))
        blocks.append(f"{more}; `ost check --format concise` lists all")
    return "\n\n".join(blocks) + "\n\n" if blocks else ""


def summary(found: Sequence[Finding], nodes: int, files: int, paint: Paint) -> str:
    """The counts, and where to read more."""
    many = Counter(each.severity for each in found)
    read = f"{counted(nodes, 'node')} in {counted(files, 'file')}"
    lines = counts(many[Severity.ERROR], many[Severity.WARNING], many[Severity.NOTE], paint)
    if not lines:
        return f"{paint('bold green', '✓ nothing found')} {paint('dim', f'({read})')}\n"
    lines = f"{lines} {paint('dim', f'({read})')}\n"
    if len(found) > MANY:
        lines = f"{_by_rule(found, paint)}\n{lines}"
    worst = min(found, key=lambda each: list(Severity).index(each.severity))
    if worst.severity is Severity.NOTE:
        return lines
    hint = safe(f"ost rule {worst.code}")
    return f"{lines}{paint('dim', 'explain:')} {paint('bold', hint)}\n"


def _by_rule(found: Sequence[Finding], paint: Paint) -> str:
    """The rules by their findings: errors first, then the rarest. This is an order to work in, with
    the longest work last.
    """
    many = Counter((each.severity, each.code, each.name) for each in found)
    weights = list(Severity)
    rows = sorted(many.items(), key=lambda row: (weights.index(row[0][0]), row[1], row[0][1]))
    wide = max(len(f"{number:,}") for number in many.values())
    return "".join(
        f"{number:>{wide},} {paint(STYLES[severity], f'{severity.value:<7}')} "
        f"{safe(f'{code} {name}')}\n"
        for (severity, code, name), number in rows
    )


def counts(errors: int, warnings: int, notes: int, paint: Paint) -> str:
    """The count of each severity, in words; "" if there are none."""
    numbers = zip(Severity, (errors, warnings, notes), strict=True)
    parts = [
        paint(STYLES[severity], counted(number, severity.value))
        for severity, number in numbers
        if number
    ]
    return listed(parts) if parts else ""


def _words(each: Finding, place: str, paint: Paint, room: int | None) -> Iterator[str]:
    """The place and the message."""
    label = safe(f"{each.code}[{each.name}]" if each.name else each.code)
    label_text = paint(STYLES[each.severity], f"{each.severity.value} {label}")
    yield from wrapped(f"{paint('bold', place)} {label_text}", room)
    yield from _indented(safe(each.message), room)


def _indented(text: str, room: int | None) -> Iterator[str]:
    return (f"  {line}" for line in wrapped(text, None if room is None else room - 2))


def _line(each: Finding, lines: LineOf, paint: Paint, columns: int) -> Iterator[str]:
    """The line of the file, and a caret below it."""
    style = STYLES[each.severity]
    text = lines(each.path, each.line)
    if not text.strip():
        return
    number = str(each.line)
    margin = " " * len(number)
    end = each.end_column if each.end_line == each.line else len(text) + 1
    shown, before, under = excerpt(text, each.column, end, columns - len(number) - 6)
    yield f"{paint('blue', f'  {number} │')} {shown}".rstrip()
    yield f"{paint('blue', f'  {margin} │')} {' ' * before}{paint(style, '^' * under)}"


def excerpt(text: str, column: int, end: int, columns: int) -> tuple[str, int, int]:
    """A line, cut to fit around a place, with the columns before the place and those it takes."""
    start = min(max(column - 1, 0), len(text))
    end = min(max(end - 1, start + 1), max(len(text), start + 1))
    columns = max(columns, 20)
    head, marked, tail = (safe(each) for each in (text[:start], text[start:end], text[end:]))
    left = columns - width(head) - width(tail)
    marked = cut(marked.rstrip() or marked, max(columns * 2 // 3, left))
    room = columns - max(width(marked), 1)
    if width(head) > room * 2 // 3 and width(head) + width(tail) > room:
        kept = head[-max(room * 2 // 3, 1) :]
        while kept and width(kept) >= max(room * 2 // 3, 1):
            kept = kept[1:]
        head = "…" + kept
    tail = cut(tail, max(room - width(head), 0))
    return head + marked + tail, width(head), max(width(marked), 1)


def _together(
    foreign: Sequence[Finding], place: Callable[[str], str], paint: Paint, room: int | None
) -> Iterator[str]:
    first = foreign[0]
    label = safe(f"{first.severity.value} {first.code}[{first.name}]")
    folders = [
        (folder, len(list(group)))
        for folder, group in groupby(sorted(each.path.rpartition("/")[0] for each in foreign))
    ]
    folders.sort(key=lambda each: (-each[1], each[0]))
    where = ", ".join(f"{safe(place(folder or '.'))}/ {count}" for folder, count in folders[:FEW])
    more = f" and {counted(len(folders) - FEW, 'folder')} more" if len(folders) > FEW else ""
    message = f"{len(foreign)} Markdown files have no `kind` and are ignored: {where}{more}"
    yield paint(STYLES[first.severity], label)
    yield from _indented(message, room)

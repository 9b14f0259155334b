"""Reports what an import writes and what it leaves out, line by line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ost.answers.records import (
    ImportedFile,
    ImportedMaterial,
    ImportRecord,
    KnownNode,
    LeftLine,
)
from ost.cli.imports import Import, MaterialReading
from ost.cli.terminal import output
from ost.cli.workspace import display_path
from ost.exchange.foreign.drafts import Drafts
from ost.exchange.foreign.imports import UnreadLine
from ost.exchange.foreign.same_place import LikeNode
from ost.exchange.foreign.source_lines import LineGroup, grouped, places
from ost.exchange.foreign.text import plain
from ost.exchange.reports.paint import safe
from ost.tree.model import KINDS
from ost.words import counted, either, listed

MOST = 30
"""How many files, and how many lines left out, a terminal shows."""

_SOME = 3
"""How many places a line that was left out is listed with."""

_LONGEST = 70
"""Characters of a title that a line shows."""


def show(importing: Import, did: str, out: Path | None = None) -> None:
    """Shows the result for each file; `did` says what is or would be done with the drafts."""
    paint = output.paint()
    for reading in importing.readings:
        if reading.sure:
            name, why = paint("bold", safe(reading.name)), paint("dim", f"({safe(reading.signs)})")
            output.write(f"{name}: {reading.sure} {reading.format} {why}\n")
        _files(importing, reading.made, did, out)
        for note in reading.made.notes if reading.made.drafts else ():
            output.write(f"{safe(note)}\n")
        if reading.made.present:
            output.write(f"{_present(reading.made.present)}\n")
        for path, encoding in reading.material.encodings.items():
            file = safe(_path(reading, path))
            output.write(f"{file} is not UTF-8; read as {encoding}\n")
        _same(reading)
        _lines(reading, "left out", reading.made.left_out, places_at_most=_SOME)
        for path, why in reading.not_read[:MOST]:
            output.write(f"{paint('bold yellow', 'not read')} {safe(path)}: {safe(why)}\n")
        _more(reading.not_read, "not read")
        _lines(reading, "not understood", reading.made.unread)


def _same(reading: MaterialReading) -> None:
    """Nodes that have another title here, and new ones that may exist here."""
    paint = output.paint()
    for node in reading.made.retitled:
        place = safe(_place(reading, node.path, node.line))
        sentence = (
            f"{safe(_quoted(node.title))} is {safe(node.id)}, here {safe(_quoted(node.here))}"
        )
        output.write(f"{paint('bold', 'other title')} {place}: {sentence}\n")
    doubts: dict[tuple[str, int, str], list[str]] = {}
    for node in reading.made.doubts:
        may = f"{node.id} ({_quoted(node.here)})"
        doubts.setdefault((node.path, node.line, node.title), []).append(may)
    for (path, line, title), ids in doubts.items():
        place = safe(_place(reading, path, line))
        sentence = (
            f"{safe(_quoted(title))} may be {safe(either(ids))}; if so, give both the same title"
        )
        output.write(f"{paint('bold yellow', 'here already?')} {place}: {sentence}\n")


def _files(importing: Import, made: Drafts, did: str, out: Path | None) -> None:
    paint = output.paint()
    kinds = Counter(each.kind for each in made.drafts)
    if len(made.drafts) > 1:
        order = sorted(kinds, key=lambda kind: list(KINDS).index(kind) if kind in KINDS else -1)
        output.write(f"{listed([_count(kind, kinds[kind]) for kind in order])}\n")
    for draft in made.drafts[:MOST]:
        path = display_path(out) if out else importing.opened.shown(draft.source.path)
        kind = paint("dim", f"{draft.kind}: {safe(_short(plain(draft.title)))}")
        output.write(f"{paint('bold green', did)} {safe(path)}  {kind}\n")
    _more(made.drafts, did)


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"


def _count(kind: str, number: int) -> str:
    return counted(number, kind, KINDS[kind].plural if kind in KINDS else f"{kind}s")


def _present(ids: Sequence[str]) -> str:
    verb = "is" if len(ids) == 1 else "are"
    return f"{counted(len(ids), 'node')} {verb} here already: {safe(', '.join(ids[:3]))}" + (
        ", …" if len(ids) > 3 else ""
    )


def _lines(
    reading: MaterialReading,
    what: str,
    lines: Iterable[UnreadLine],
    *,
    places_at_most: int | None = None,
) -> None:
    """Lines that are in no draft; equal lines once, with their first places. If there are too many,
    lines with the same reason are grouped.
    """
    paint = output.paint()
    groups = grouped(lines)
    rest: dict[str, list[tuple[str, int]]] = {}
    for group in groups[MOST:]:
        rest.setdefault(group.why, []).extend(group.places)
    groups_shown = [
        *groups[:MOST],
        *(LineGroup("", why, tuple(found)) for why, found in rest.items()),
    ]
    for group in groups_shown:
        shown = places((_path(reading, path), line) for path, line in group.places)
        more = ", …" if places_at_most and len(shown) > places_at_most else ""
        many = f" ({len(group.places):,} times)" if len(group.places) > 1 else ""
        text = f": {safe(group.text)}" if group.text else ""
        why = f" {paint('dim', f'({safe(group.why)})')}" if group.why else ""
        label = what if what == "left out" else paint("bold yellow", what)
        where = f"{safe(', '.join(shown[:places_at_most]))}{more}{many}"
        output.write(f"{label} {where}{text}{why}\n")


def _more(found: Sequence[object], what: str) -> None:
    if len(found) > MOST:
        output.write(f"{what}: and {len(found) - MOST:,} more\n")


def _place(reading: MaterialReading, path: str, line: int) -> str:
    return next(iter(places([(_path(reading, path), line)])))


def _path(reading: MaterialReading, path: str) -> str:
    """A file's path from here; for files in a folder, the path within it."""
    inside = reading.material.folder and path
    return f"{reading.name.rstrip('/')}/{path}" if inside else path or reading.name


def _quoted(title: str) -> str:
    return repr(_short(title))


def end(importing: Import) -> None:
    """Says what to do next."""
    errors = importing.errors()
    if errors:
        output.write(f"{counted(errors, 'error')} in them: `ost check` says where\n")
    else:
        output.write("next: `ost check`\n")


def confirmed(importing: Import) -> bool:
    """Asks whether to write the files."""
    return bool(click.confirm(f"Write {counted(len(importing.files), 'file')}?", default=False))


def record(importing: Import, *, written: bool) -> ImportRecord:
    """The result for each file, for programs."""
    return ImportRecord(
        written=written,
        materials=tuple(
            ImportedMaterial(
                name=each.name,
                format=each.format or None,
                files=tuple(
                    ImportedFile(
                        path=draft.source.path,
                        kind=draft.kind,
                        title=draft.title,
                        source=draft.path,
                        line=draft.line,
                    )
                    for draft in each.made.drafts
                ),
                present=each.made.present,
                retitled=tuple(map(_known_node, each.made.retitled)),
                doubts=tuple(map(_known_node, each.made.doubts)),
                unread=_left_lines(each, each.made.unread),
                not_read=tuple(
                    LeftLine(path=path, line=0, text="", why=why) for path, why in each.not_read
                ),
                left_out=_left_lines(each, each.made.left_out),
                notes=each.made.notes,
            )
            for each in importing.readings
        ),
    )


def _left_lines(reading: MaterialReading, lines: Iterable[UnreadLine]) -> tuple[LeftLine, ...]:
    return tuple(
        LeftLine(path=each.path or reading.name, line=each.line, text=each.text, why=each.why)
        for each in lines
    )


def _known_node(node: LikeNode) -> KnownNode:
    return KnownNode(
        path=node.path, line=node.line, title=node.title, id=node.id, title_here=node.here
    )

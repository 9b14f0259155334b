"""What an import would write or wrote, and what it left out, line by line."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from ost.answers.records import ImportedFile, ImportedMaterial, ImportRecord, LeftLine
from ost.cli.imports import Import, MaterialReading
from ost.cli.terminal import output
from ost.cli.workspace import near
from ost.exchange.foreign.drafts import Drafts
from ost.exchange.reports.paint import safe
from ost.tree.model import KINDS
from ost.words import counted, listed

MOST = 30
"""Lines of files, and of what was not understood, that a terminal shows."""

_LONGEST = 70
"""Characters of a title that a line shows."""


def show(importing: Import, did: str, out: Path | None = None) -> None:
    """Shows what was made of each file; `did` says what is or would be done with the drafts."""
    paint = output.paint()
    for reading in importing.readings:
        if reading.why:
            name, why = paint("bold", safe(reading.name)), paint("dim", safe(reading.why))
            output.write(f"{name}: {reading.format}, {why}\n")
        _files(importing, reading.made, did, out)
        for note in reading.made.notes if reading.made.drafts else ():
            output.write(f"{safe(note)}\n")
        if reading.made.present:
            output.write(f"{_present(reading.made.present)}\n")
        for words in reading.made.left_out[:MOST]:
            output.write(f"left out: {safe(words)}\n")
        _more(reading.made.left_out, "left out")
        for path, why in reading.not_read[:MOST]:
            output.write(f"{paint('bold yellow', 'not read')} {safe(path)}: {safe(why)}\n")
        _more(reading.not_read, "not read")
        _unread(reading)


def _files(importing: Import, made: Drafts, did: str, out: Path | None) -> None:
    paint = output.paint()
    kinds = Counter(each.kind for each in made.drafts)
    if len(made.drafts) > 1:
        order = sorted(kinds, key=lambda kind: list(KINDS).index(kind) if kind in KINDS else -1)
        output.write(f"{listed([_count(kind, kinds[kind]) for kind in order])}\n")
    for draft in made.drafts[:MOST]:
        path = near(out) if out else importing.opened.shown(draft.source.path)
        kind = paint("dim", f"{draft.kind}: {safe(_short(draft.title))}")
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


def _unread(reading: MaterialReading) -> None:
    paint = output.paint()
    for line in reading.made.unread[:MOST]:
        place = safe(_place(line.path or reading.name, line.line))
        why = f" {paint('dim', f'({safe(line.why)})')}" if line.why else ""
        output.write(f"{paint('bold yellow', 'not understood')} {place}: {safe(line.text)}{why}\n")
    _more(reading.made.unread, "not understood")


def _more(found: Sequence[object], what: str) -> None:
    if len(found) > MOST:
        output.write(f"{what}: and {len(found) - MOST:,} more\n")


def _place(path: str, line: int) -> str:
    return f"{path}:{line}" if line else path


def end(importing: Import) -> None:
    """Says what to do next."""
    errors = importing.errors()
    if errors:
        output.write(f"{counted(errors, 'error')} in them: `ost check` says where\n")
    else:
        output.write("next: `ost check`\n")


def asked(importing: Import) -> bool:
    """Whether a person wants the files to be written."""
    return bool(click.confirm(f"Write {counted(len(importing.files), 'file')}?", default=False))


def record(importing: Import, *, written: bool) -> ImportRecord:
    """What was made of each file, for programs."""
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
                unread=tuple(
                    LeftLine(
                        path=line.path or each.name, line=line.line, text=line.text, why=line.why
                    )
                    for line in each.made.unread
                ),
                not_read=tuple(
                    LeftLine(path=path, line=0, text="", why=why) for path, why in each.not_read
                ),
                left_out=each.made.left_out,
                notes=each.made.notes,
            )
            for each in importing.readings
        ),
    )

"""Imports: reads each file as drafts, and writes all drafts or none."""

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from ost.answers import queries
from ost.cli.files import create
from ost.cli.foreign import NotRead, material
from ost.cli.workspace import CommandProject
from ost.edit.new import folder as folder_of
from ost.errors import Misuse, Trouble
from ost.exchange.foreign.drafts import DraftNode, Drafts, drafts
from ost.exchange.foreign.imports import (
    Here,
    Importer,
    Material,
    NodePlace,
    Terms,
    formats,
    guess,
)
from ost.exchange.foreign.terms import merged, terms, toml
from ost.limits import LARGEST_SETTINGS, read_limited
from ost.project.journal import FileStep, write
from ost.read.letters import fold
from ost.read.parse import parse
from ost.read.value import scalars
from ost.tree.model import KINDS
from ost.tree.participants import people, together
from ost.tree.sections import with_headings
from ost.words import listed

if TYPE_CHECKING:
    from sqlite3 import Connection

_SOME = 3
"""How many reasons a message lists when nothing is imported."""

_UNKNOWN = "no format fits"
_SURE = {1: "perhaps", 2: "probably", 3: "certainly"}


_NODES = "select id, kind, title, parent, path, line, participant, fields from node order by id"


class MaterialReading(NamedTuple):
    """The result for one FILE: its format, how surely and by which signs it was guessed, and the
    drafts. `material` is empty if no format fits.
    """

    name: str
    format: str
    sure: str
    signs: str
    made: Drafts
    not_read: tuple[NotRead, ...] = ()
    material: Material = Material("", {})


class Import:
    """A project, and what is imported into it."""

    def __init__(self, folder: Path, *, into: str = "", mapping: Path | None = None) -> None:
        """`into` is a folder for all new files, `mapping` a file of terms."""
        self.opened = CommandProject(folder)
        self.terms = _terms(mapping) if mapping else Terms()
        self.opened.refresh()
        self._into = self.opened.inner(into) if into else None
        with self.opened.project.connect() as connection:
            self.here = self._here(connection)
            self._own = {
                os.path.realpath(self.opened.content / path)
                for (path,) in connection.execute("select distinct path from node")
            }
        self.readings: list[MaterialReading] = []

    def guess(self, files: Iterable[Path]) -> None:
        """Reads each file in the format that it seems to be in. A folder in no known format is read
        file by file.
        """
        for file in files:
            found = material(file, self.opened.root, self._own)
            if self._guessed(str(file), found.material, found.not_read):
                continue
            left = list(found.not_read)
            for path, text in found.material.files.items():
                encoded = found.material.encodings.get(path)
                encodings = {path: encoded} if encoded else {}
                single = Material(PurePosixPath(path).name, {path: text}, encodings=encodings)
                if not (found.material.folder and self._guessed(path, single, ())):
                    left.append(NotRead(path, _UNKNOWN))
            if left or not found.material.files:
                made = Drafts(drafts=())
                self.readings.append(MaterialReading(str(file), "", "", "", made, tuple(left)))
        if not any(each.format for each in self.readings):
            self._refuse("no format fits; name one")

    def _guessed(self, name: str, found: Material, not_read: tuple[NotRead, ...]) -> bool:
        """Reads a material in the format that it seems to be in; returns whether there is one."""
        chosen = guess(found, self.terms) if found.files else None
        if chosen is None:
            return False
        importer, sure = chosen
        self._read(name, importer, _SURE[sure], found, not_read)
        return True

    def read(self, name: str, files: Iterable[Path], tool: str = "") -> None:
        """Reads files by one format. `tool` stands for the names of the files."""
        importer = Importer(name)
        for file in files:
            found = material(file, self.opened.root, self._own)
            named = replace(found.material, name=f"{tool}{found.material.suffix}")
            self._fit(str(file), importer, found.material)
            self._read(str(file), importer, "", named if tool else found.material, found.not_read)
        if not any(each.made.drafts or each.made.present for each in self.readings):
            known = f" ({importer.signs})" * bool(importer.signs)
            self._refuse(f"this does not look like {name}{known}")

    def _fit(self, file: str, importer: Importer, found: Material) -> None:
        """Raises Misuse if a material is certainly in another format."""
        if not found.files or importer.recognise(found):
            return
        chosen = guess(found)
        if chosen is not None and chosen[1] == max(_SURE):
            other = chosen[0].name
            why = f"this is {other}, not {importer.name}"
            raise Misuse(f"{file}: {why}; write `ost import {other}`")

    def _read(
        self,
        name: str,
        importer: Importer,
        sure: str,
        found: Material,
        not_read: tuple[NotRead, ...],
    ) -> None:
        made = drafts(importer.read(found, self.terms, self.here), self.here)
        self.here = _with(self.here, made)
        self.readings.append(
            MaterialReading(name, importer.name, sure, importer.signs, made, not_read, found)
        )

    def _refuse(self, why: str) -> None:
        """Raises Misuse with what is wrong with the files; without that, with `why` and the
        formats.
        """
        names = listed([each.name for each in self.readings])
        left = [each for reading in self.readings for each in reading.not_read]
        reasons = [f"{path}: {reason}" for path, reason in left if reason != _UNKNOWN]
        reasons += [
            f"{line.path}:{line.line}: {line.why}"
            for each in self.readings
            for line in each.made.unread
            if line.why
        ]
        more = [f"and {len(reasons) - _SOME:,} more"] if len(reasons) > _SOME else []
        shown = "; ".join((*reasons[:_SOME], *more))
        if any(each.format for each in self.readings) or len(reasons) < len(left):
            known = f"formats are {', '.join(sorted(formats()))}"
            raise Misuse("; ".join(filter(None, (f"{names}: {why}", shown, known))))
        raise Misuse(f"{names}: nothing to import{': ' * bool(shown)}{shown}")

    @property
    def files(self) -> tuple[DraftNode, ...]:
        """The files to write."""
        return tuple(draft for each in self.readings for draft in each.made.drafts)

    def suggestion(self) -> str:
        """A mapping file to edit: how the words of the files are read."""
        found = Terms()
        for reading in self.readings:
            suggest = Importer(reading.format).suggest if reading.format else None
            found = merged(found, suggest(reading.material) if suggest else Terms())
        if found == Terms():
            names = listed(sorted({each.format for each in self.readings if each.format}))
            raise Misuse(f"{names} has no mapping to suggest; only tables have one")
        return toml(merged(found, self.terms))

    def write(self, out: Path | None = None) -> None:
        """Writes all files or none. `out`, if given, is the path of the only file."""
        found = self.files
        if out is not None:
            if len(found) != 1:
                raise Misuse(f"--output names one file, and there are {len(found)}; use --into")
            create(out, found[0].source.text, self.opened.root)
            return
        fence = self.opened.project.fence
        steps = [
            FileStep(
                fence.inner(each.source.path), None, each.source.text.encode("utf-8", "replace")
            )
            for each in found
        ]
        write(self.opened.project, steps)

    def errors(self) -> int:
        """How many errors the check finds in the written files."""
        self.opened.refresh()
        connection = self.opened.project.connect()
        rows = connection.execute("select path from diagnostic where severity = 'error'")
        paths = {each.source.path for each in self.files}
        return sum(path in paths for (path,) in rows)

    def _here(self, connection: "Connection") -> Here:
        ids: dict[str, str] = {}
        titles: dict[tuple[str, str], str] = {}
        taken: list[str] = []
        places: dict[str, NodePlace] = {}
        for row in connection.execute(_NODES):
            node_id, kind, title, parent, path, line, participant, fields = row
            former = queries.former_ids(fields)
            places[node_id] = NodePlace(
                kind, title or "", parent or "", path, line, former=bool(former)
            )
            ids[fold(node_id)] = node_id
            titles.setdefault((kind, fold(title or "")), node_id)
            taken += people(participant)
            for alias in former:
                ids.setdefault(fold(alias), node_id)
        files = connection.execute("select path from file where path like '%.md'")
        return Here(
            ids=ids,
            titles=titles,
            places=places,
            participants=tuple(dict.fromkeys(taken)),
            folders={kind: self._folder(connection, kind) for kind in (*KINDS, "tree")},
            files=frozenset(fold(path.removesuffix(".md")) for (path,) in files),
            sections=with_headings(self.opened.settings.sections),
        )

    def _folder(self, connection: "Connection", kind: str) -> str:
        if self._into is not None:
            return self._into
        return "" if kind == "tree" else folder_of(kind, queries.files(connection, kind))


def _terms(file: Path) -> Terms:
    try:
        return terms(read_limited(file, LARGEST_SETTINGS).decode("utf-8-sig"), str(file))
    except UnicodeDecodeError:
        raise Misuse(f"{file!s} is not UTF-8 text") from None
    except OSError as error:
        raise Trouble(f"{file!s} cannot be read: {error.strerror}") from None


def _with(here: Here, made: Drafts) -> Here:
    """The nodes here and those of the drafts, which the next file may repeat or link to."""
    ids = dict(here.ids)
    titles = dict(here.titles)
    taken = list(here.participants)
    for draft in made.drafts:
        for entry in parse(draft.source.text).entries:
            node_id = entry.id or Path(draft.source.path).stem
            ids[fold(node_id)] = node_id
            kind = entry.kind.text if entry.kind else draft.kind
            titles.setdefault((kind, fold(entry.title.text if entry.title else "")), node_id)
            names = entry.field("participant")
            taken += people(together(each.text for each in scalars(names.value))) if names else ()
            aliases = entry.field("aliases")
            for alias in scalars(aliases.value) if aliases else ():
                ids.setdefault(fold(alias.text), node_id)
    return replace(here, ids=ids, titles=titles, participants=tuple(dict.fromkeys(taken)))

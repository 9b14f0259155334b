"""Renames ids, files and headings; every mention in every file follows."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.uris import to_fs_path

from ost.edit.content_folder import ContentFolder
from ost.edit.move import relocate, rename
from ost.edit.rewrite import Rewrite
from ost.errors import Misuse
from ost.lsp import cursor
from ost.lsp.projects import File, OpenProject, OpenProjects, covers
from ost.read.diagnostic import Edit
from ost.read.document import Section
from ost.read.place import Place, Span
from ost.tree.model import NodeId

DocumentChanges = list[
    types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile
]


def prepared(file: File, position: types.Position) -> types.PrepareRenamePlaceholder | None:
    """The name to rename at a place: the id where a node is mentioned, its title where it is
    written, else a heading below it.
    """
    if heading := _heading(file, position):
        return types.PrepareRenamePlaceholder(
            file.positions.range(_words(file, heading)), heading.title
        )
    found = cursor.named(file, position)
    if found is None:
        return None
    words = file.live.tree.by_id[found.id].title if found.own else found.id
    return types.PrepareRenamePlaceholder(file.positions.range(found.at), words)


def renamed(file: File, position: types.Position, new: str) -> types.WorkspaceEdit | None:
    """The edits that give a node a new id or title, or a section a new heading."""
    if heading := _heading(file, position):
        return workspace_edit(file.folder, Rewrite(edits=tuple(_of_heading(file, heading, new))))
    found = cursor.named(file, position)
    if found is None:
        return None
    if found.own:
        return workspace_edit(file.folder, Rewrite(edits=tuple(_of_title(file, found, new))))
    try:
        return workspace_edit(file.folder, rename(content(file.folder), found.id, new))
    except Misuse as error:
        raise JsonRpcInvalidParams(str(error)) from None


def moved(folders: OpenProjects, files: Iterable[types.FileRename]) -> types.WorkspaceEdit | None:
    """The edits that must precede a renaming of files; None if no link has to follow."""
    renames = tuple(files)
    changes: DocumentChanges = []
    for folder in folders:
        paths = {old: new for file in renames for old, new in _paths(folder, file)}
        if not paths:
            continue
        try:
            rewrite = relocate(content(folder), paths)
        except Misuse as error:
            raise JsonRpcInvalidParams(str(error)) from None
        changes += _edits(folder, rewrite.edits)
    return types.WorkspaceEdit(document_changes=changes) if changes else None


def content(folder: OpenProject) -> ContentFolder:
    """The content folder for refactorings: every text as the editor holds it."""
    return folder.live.content(folder.live.text, lambda path: (folder.content / path).exists())


def workspace_edit(folder: OpenProject, rewrite: Rewrite) -> types.WorkspaceEdit:
    """A rewrite for an editor: texts first, then names."""
    changes = _edits(folder, rewrite.edits)
    for path, text in rewrite.created.items():
        uri = folder.uri(path)
        changes.append(types.CreateFile(uri=uri))
        start = types.Position(0, 0)
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri, None)
        insert = types.TextEdit(types.Range(start, start), text)
        changes.append(types.TextDocumentEdit(identifier, [insert]))
    changes += [
        types.RenameFile(old_uri=folder.uri(old), new_uri=folder.uri(new))
        for old, new in rewrite.moved.items()
    ]
    changes += [types.DeleteFile(uri=folder.uri(path)) for path in rewrite.removed]
    return types.WorkspaceEdit(document_changes=changes)


def _edits(folder: OpenProject, edits: Iterable[Edit]) -> DocumentChanges:
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.span.path, []).append(edit)
    changes: DocumentChanges = []
    for path, found in by_path.items():
        positions = folder.positions(path)
        identifier = types.OptionalVersionedTextDocumentIdentifier(
            folder.uri(path), folder.versions.get(path)
        )
        texts = [types.TextEdit(positions.range(each.span.place), each.text) for each in found]
        changes.append(types.TextDocumentEdit(identifier, texts))
    return changes


def _paths(folder: OpenProject, file: types.FileRename) -> Iterator[tuple[str, str]]:
    """The old and new path of each file in a project that a rename of a file or folder moves."""
    whole = [Path(to_fs_path(uri) or "/") for uri in (file.old_uri, file.new_uri)]
    if not all(path.is_relative_to(folder.content) for path in whole):
        return
    old, new = (path.relative_to(folder.content).as_posix() for path in whole)
    for path in folder.live.compiled.texts:
        if path == old or path.startswith(f"{old}/"):
            yield path, f"{new}{path.removeprefix(old)}"


def _heading(file: File, position: types.Position) -> Section | None:
    """The section whose heading is at a place; never a node's title."""
    line, column = file.positions.point(position)
    entry = file.entry(line)
    for section in entry.sections if entry else ():
        title = entry.title if entry else None
        own = title is not None and title.at.line == section.at.line
        if section.title and not own and covers(section.at, line, column):
            return section
    return None


def _words(file: File, section: Section) -> Place:
    """The place of a heading's words in its line."""
    line = section.at.line
    text = file.positions.lines.line(line)
    start = text.find(section.title)
    if start < 0:
        return section.at
    return Place(line, start, line, start + len(section.title))


def _of_title(file: File, found: cursor.Named, new: str) -> Iterator[Edit]:
    """The edits for a node's new title, also where links use the old one as words."""
    old = file.live.tree.by_id[found.id].title
    yield Edit(Span(file.path, found.at), new.strip())
    for edge in file.live.tree.incoming.get(found.id, ()):
        link = edge.link
        if link.words.strip() != old.strip() or link.at.line != link.at.end_line:
            continue
        path = file.live.files[edge.source]
        at = file.folder.positions(path).lines.cut(link.at).rfind(link.words)
        if at >= 0:
            column = link.at.column + at
            place = Place(link.at.line, column, link.at.line, column + len(link.words))
            yield Edit(Span(path, place), new.strip())


def _of_heading(file: File, section: Section, new: str) -> Iterator[Edit]:
    """The edits for a heading's new words and the links to it."""
    yield Edit(Span(file.path, _words(file, section)), new.strip())
    entry = file.entry(section.at.line)
    node_id = NodeId(file.id(entry)) if entry else NodeId("")
    tree = file.live.tree
    for edge in (*tree.incoming.get(node_id, ()), *tree.outgoing.get(node_id, ())):
        link = edge.link
        if edge.target != node_id or link.heading.casefold() != section.title.casefold():
            continue
        path = file.live.files[edge.source]
        lines = file.folder.positions(path).lines
        written = lines.cut(link.at)
        at = written.find(link.heading, written.find("#"))
        if at >= 0 and link.at.line == link.at.end_line:
            column = link.at.column + at
            place = Place(link.at.line, column, link.at.line, column + len(link.heading))
            yield Edit(Span(path, place), new.strip())

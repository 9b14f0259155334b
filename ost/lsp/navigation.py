"""Navigation: definition, references, symbols, links, folding."""

from collections.abc import Iterator, Mapping

from lsprotocol import types

from ost.lsp import cursor
from ost.lsp.fuzzy import NodeSearch
from ost.lsp.projects import File, OpenProject, OpenProjects
from ost.read.place import START
from ost.recording import at_second
from ost.tree.model import BoxShape, Interview, NodeId, kind_named

SYMBOLS = 200
"""The most nodes that a search in the workspace returns."""

_SYMBOLS: Mapping[BoxShape, types.SymbolKind] = {
    "card": types.SymbolKind.Event,
    "round": types.SymbolKind.Class,
    "block": types.SymbolKind.Method,
    "dashed": types.SymbolKind.Property,
    "pill": types.SymbolKind.Field,
    "note": types.SymbolKind.Constant,
}
"""What editors have that is nearest to a kind's box."""


def definition(file: File, position: types.Position) -> types.Location | None:
    """The place where the named node is written, or the transcript that a field names."""
    found = cursor.named(file, position)
    if found is not None:
        return location(file.folder, found.id, found.heading)
    return _transcript(file, position)


def references(
    file: File, position: types.Position, *, declared: bool
) -> list[types.Location] | None:
    """Every place that names a node, by file; with the node itself, if `declared`."""
    found = cursor.named(file, position)
    if found is None:
        return None
    places = [location(file.folder, found.id)] if declared else []
    tree, folder = file.live.tree, file.folder
    for edge in tree.incoming.get(found.id, ()):
        path = file.live.files[edge.source]
        at = folder.positions(path).range(edge.link.target_at)
        places.append(types.Location(folder.uri(path), at))
    return [each for each in places if each is not None]


def location(folder: OpenProject, node_id: NodeId, heading: str = "") -> types.Location | None:
    """The place where a node is written, or its heading if it has that one."""
    path = folder.live.files.get(node_id)
    node = folder.live.tree.get(node_id)
    if path is None or node is None:
        return None
    at = node.at
    for section in node.entry.sections:
        if heading and section.title.casefold() == heading.casefold():
            at = section.at
    return types.Location(folder.uri(path), folder.positions(path).range(at))


def symbols(file: File) -> list[types.DocumentSymbol]:
    """The nodes of a file, with their sections."""
    found: list[types.DocumentSymbol] = []
    last = len(file.positions.lines.starts)
    ends = [each.at.line for each in file.entries[1:]]
    for entry, end in zip(file.entries, [*ends, last], strict=True):
        kind = entry.kind.text if entry.kind else ""
        title = entry.title.text if entry.title else file.id(entry)
        at = file.positions.range(entry.at)
        within = types.Range(at.start, file.positions.position(max(end - 1, entry.at.line), 10_000))
        below = [
            types.DocumentSymbol(
                name=section.title,
                kind=types.SymbolKind.String,
                range=file.positions.range(section.at),
                selection_range=file.positions.range(section.at),
            )
            for section in entry.sections
            if section.title.strip() and section.at.line > entry.at.line
        ]
        found.append(
            types.DocumentSymbol(
                name=title.strip() or file.id(entry),
                detail=kind,
                kind=_symbol(kind),
                range=within,
                selection_range=at,
                children=below,
            )
        )
    return found


def workspace_symbols(folders: OpenProjects, query: str) -> Iterator[types.WorkspaceSymbol]:
    """The nodes of all projects whose title or id matches a query."""
    for folder in folders:
        for node_id in NodeSearch(folder.live).found(query, SYMBOLS):
            facts = folder.live.compiled.facts[node_id]
            node = folder.live.tree.by_id[node_id]
            where = location(folder, node_id)
            if where is not None:
                yield types.WorkspaceSymbol(
                    location=where,
                    name=node.title,
                    kind=_symbol(facts.kind),
                    container_name=f"{facts.kind} {node_id}",
                )


def _symbol(kind: str) -> types.SymbolKind:
    """How an editor shows a node; one without a place in the tree is a file."""
    known = kind_named(kind)
    return _SYMBOLS[known.shape] if known.placed else types.SymbolKind.File


def links(file: File) -> Iterator[types.DocumentLink]:
    """The timestamps of a file whose recording has an address."""
    for entry in file.entries:
        node = file.live.tree.get(file.id(entry))
        recording = node.recording if isinstance(node, Interview) else None
        for stamp in entry.stamps():
            address = at_second(recording, stamp.second)
            if address:
                yield types.DocumentLink(
                    range=file.positions.range(stamp.at),
                    target=address,
                    tooltip="Play the recording from here",
                )


def folding(file: File) -> Iterator[types.FoldingRange]:
    """The ranges to fold: front matter and the section of each heading."""
    lines = file.positions.lines
    last = len(lines.starts) - 1
    while last and not lines.line(last).strip():
        last -= 1
    for entry in file.entries:
        if not entry.id and entry.body_line > 1:
            yield types.FoldingRange(0, entry.body_line - 1, kind=types.FoldingRangeKind.Region)
        starts = [
            (each.at.line, each.level) for each in entry.sections if each.at.line >= entry.at.line
        ]
        for number, (line, level) in enumerate(starts):
            after = (start for start, depth in starts[number + 1 :] if depth <= level)
            end = min(next(after, last + 1) - 1, last)
            if level and end > line:
                yield types.FoldingRange(line, end)


def _transcript(file: File, position: types.Position) -> types.Location | None:
    """A transcript of the project that a field names."""
    line, _ = file.positions.point(position)
    entry = file.entry(line)
    field = cursor.field(entry, line) if entry and line < entry.body_line else None
    written = getattr(field.value, "text", "") if field and field.name == "transcript" else ""
    below = file.path.rpartition("/")[0]
    for path in (f"{below}/{written}".lstrip("/"), written):
        if written and path in file.live.compiled.texts:
            return types.Location(file.folder.uri(path), file.positions.range(START))
    return None

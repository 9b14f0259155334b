"""Builds the tree from documents. Nothing in a file makes it raise.

`node_of`, `edges_of` and `moments` (of `ost.tree.moments`) each look only at one node and at names,
so that a small change can be built without the rest of the project; `build` applies all three to
everything.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec.structs import replace

from ost.expression import expression
from ost.read.diagnostic import Diagnostic, Fix, Severity
from ost.read.document import Document, Entry, Link, is_title
from ost.read.fixes import redirect
from ost.read.letters import alphanumeric, composed, fold
from ost.read.place import Place, Span
from ost.read.transcript import Transcript
from ost.tree import fields
from ost.tree.index import grouped
from ost.tree.model import Moment, Node, NodeId, Reference, References, Unknown, kind_of
from ost.tree.moments import ResolveLink, evidence_lost, moments
from ost.tree.names import KnownNames, Names, resolve
from ost.tree.sections import SECTIONS
from ost.tree.tree import Child, Clock, Edge, Tree
from ost.tree.values import UNKNOWN_FIELD, FieldReport, references
from ost.words import any_of, suggestion

K = TypeVar("K", bound=str)
V = TypeVar("V")

DANGLING = "OST010"
AMBIGUOUS = "OST011"
DUPLICATE = "OST012"
_ADDRESS = expression(r"!?\[[^\[\]]*\]\(<?(?P<path>[^()<>]+)>?\)")
"""A Markdown link, `[words](file.md)`."""
UNLINKABLE = "OST019"

_SEVERITY = {UNKNOWN_FIELD: Severity.WARNING}
_UNLINKABLE = frozenset("|#[]^")


def build(
    documents: Iterable[Document],
    *,
    as_of: date,
    synonyms: Mapping[str, tuple[str, ...]] = SECTIONS,
    transcripts: Mapping[str, Transcript] = MappingProxyType({}),
) -> Tree:
    """The tree of a whole project, in whatever order its documents come.

    `transcripts` are the project's, by path.
    """
    inside = sorted(documents, key=lambda each: each.path)
    diagnostics = [each for document in inside for each in document.diagnostics]
    entries, doubles = _by_id(inside)
    diagnostics += doubles
    names = KnownNames(
        entries,
        {node_id: aliases(entry) for node_id, (_, entry) in entries.items()},
        {each.path: own_id(each) for each in inside},
        {node_id: title_of(node_id, entry) for node_id, (_, entry) in entries.items()},
    )
    by_id: dict[NodeId, Node] = {}
    edges: list[Edge] = []
    moments_in: dict[NodeId, tuple[Moment, ...]] = {}
    for node_id in sorted(entries):
        path, entry = entries[node_id]
        node, remarks = node_of(node_id, path, entry, names)
        by_id[node_id] = node
        diagnostics += remarks
        own, remarks = edges_of(node, names, synonyms)
        diagnostics += remarks
        edges += own
        found = moments(node, resolver(own), synonyms)
        if found:
            moments_in[node_id] = found
    diagnostics.sort(key=lambda each: each.order)
    made = _assembled(by_id, edges, moments_in, tuple(diagnostics), as_of)
    return replace(made, transcripts=transcripts, synonyms=synonyms)


def own_id(document: Document) -> str:
    """The id of a document's own node, or "" if it has none named after the file."""
    return document.stem if any(not entry.id for entry in document.reading.entries) else ""


def aliases(entry: Entry) -> tuple[str, ...]:
    """Former ids, as written."""
    field = entry.field("aliases")
    return tuple(each.id for each in references(field.value)) if field else ()


def node_of(
    node_id: NodeId, path: str, entry: Entry, names: Names
) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The node of an entry. References lead to nodes where they can."""
    remarks: list[Diagnostic] = []

    def report(code: str, at: Place, message: str, fix: Fix | None = None) -> None:
        severity = _SEVERITY.get(code, Severity.ERROR)
        remarks.append(
            Diagnostic(
                path=path,
                at=at,
                code=code,
                message=message,
                severity=severity,
                node=node_id,
                fix=fix,
            )
        )

    if _UNLINKABLE & set(node_id) or node_id != node_id.strip():
        report(UNLINKABLE, entry.at, f"no link can lead to {node_id!r}")
    kind = kind_of(entry)
    values: dict[str, Any] = {} if kind is Unknown else fields.read(entry, kind, report)
    named = fields.referring(kind)
    for name, value in values.items():
        if name in named or (name == fields.ORDER and isinstance(value, tuple)):
            values[name] = tuple(_lead(each, path, names, report) for each in value)
    parents = tuple(_lead(each, path, names, report) for each in fields.parents(entry, report))
    if entry.parent:
        nested = Reference(NodeId(entry.parent), entry.at, names.known(entry.parent))
        parents = (nested, *parents)
    node = kind(
        id=node_id,
        path=path,
        at=entry.at,
        title=title_of(node_id, entry),
        entry=entry,
        parents=_distinct(parents),
        **values,
    )
    return node, tuple(remarks)


def edges_of(
    node: Node, names: Names, synonyms: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Edge, ...], tuple[Diagnostic, ...]]:
    """A node's links that lead to nodes: parents first, then other fields, then the text's.

    A link that leads nowhere is an error if evidence is lost by it; otherwise someone may still
    write that node.
    """
    edges: list[Edge] = []
    remarks: list[Diagnostic] = []
    relations = ("parent", *fields.referring(type(node)))
    for relation in relations:
        for reference in node.parents if relation == "parent" else getattr(node, relation):
            if reference.found:
                link = Link(reference.id, "field", relation, "", "", reference.at, reference.at)
                edges.append(Edge(node.id, reference.id, link))
    lost: list[tuple[Link, tuple[str, ...]]] = []
    for link in node.entry.links:
        if link.form == "field" and link.relation in (*relations, "aliases", "allow", fields.ORDER):
            continue
        found = resolve(link.target, link.form, node.path, names)
        if found.id is not None:
            edges.append(Edge(node.id, found.id, link))
        elif found.missing or found.several:
            lost.append((link, found.several))
    if lost:
        needed = evidence_lost(node, {edge.link.at for edge in edges}, synonyms)
        for link, several in lost:
            remark = _astray(link.target, link.target_at, several, node.path, node.id, names)
            grave = bool(several) or link.at in needed
            remarks.append(remark if grave else replace(remark, severity=Severity.NOTE))
    return tuple(edges), tuple(remarks)


def resolver(edges: Iterable[Edge]) -> ResolveLink:
    """Resolves the links in a node's text as its edges do."""
    targets = {(each.link.target, each.link.form): each.target for each in edges}
    return lambda link: targets.get((link.target, link.form))


def _assembled(
    by_id: Mapping[NodeId, Node],
    edges: Collection[Edge],
    moments_in: Mapping[NodeId, tuple[Moment, ...]],
    diagnostics: tuple[Diagnostic, ...],
    as_of: date,
) -> Tree:
    """The tree of nodes, edges and moments, indexed both ways."""
    ordered = {node_id: by_id[node_id] for node_id in sorted(by_id)}
    decided = grouped(
        (edge.target, (edge.link.relation, edge.source))
        for edge in edges
        if by_id[edge.source].decides
    )
    return Tree(
        by_id=MappingProxyType(ordered),
        kinds=_by_key((node.kind, node.id) for node in ordered.values()),
        clock=Clock(as_of),
        diagnostics=diagnostics,
        children_of=_by_key(
            (reference.id, Child(node.id, node.kind, node.own_status()))
            for node in ordered.values()
            for reference in node.parents
            if reference.found
        ),
        outgoing=_by_key((edge.source, edge) for edge in edges),
        incoming=_by_key((edge.target, edge) for edge in edges),
        heard_in=MappingProxyType(dict(moments_in)),
        about=_by_key((moment.node, moment) for found in moments_in.values() for moment in found),
        decided=MappingProxyType(
            {node_id: tuple(sorted(set(decided[node_id]))) for node_id in sorted(decided)}
        ),
    )


def _by_key(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    """The values of each key, in the order of the keys."""
    return MappingProxyType(dict(sorted(grouped(pairs).items())))


def _by_id(
    documents: list[Document],
) -> tuple[dict[NodeId, tuple[str, Entry]], list[Diagnostic]]:
    """Each entry by its id; if several share an id, the first by path and place counts."""
    entries: dict[NodeId, tuple[str, Entry]] = {}
    doubles: list[Diagnostic] = []
    for document in documents:
        for entry in document.reading.entries:
            node_id = NodeId(entry.id or document.stem)
            if node_id not in entries:
                entries[node_id] = (document.path, entry)
                continue
            doubles.append(double(node_id, document.path, entry, *entries[node_id]))
    return entries, doubles


def double(node_id: NodeId, path: str, entry: Entry, first_path: str, first: Entry) -> Diagnostic:
    """The diagnostic of an entry whose id an earlier one has."""
    cure = "give this one an id of its own, as `^id` behind its words" if entry.id else "rename it"
    message = f"the id {node_id!r} is taken by {first_path}, line {first.at.line + 1}; {cure}"
    if path != first_path and composed(path) == composed(first_path):
        message = (
            f"two files have the name {composed(path)!r}, one with decomposed accents;"
            " this one is not read: rename it or delete it"
        )
    return Diagnostic(
        path=path,
        at=entry.at,
        code=DUPLICATE,
        message=message,
        related=((Span(first_path, first.at), "the first"),),
    )


def _lead(each: Reference, path: str, names: Names, report: FieldReport) -> Reference:
    form = "markdown" if each.id.endswith((".md", ".markdown")) else "field"
    found = resolve(each.id, form, path, names)
    if found.id is not None:
        return replace(each, id=found.id, found=True)
    if linked := _ADDRESS.fullmatch(each.id):
        meant = resolve(linked["path"], "markdown", path, names).id
        if meant is not None:
            message = f"this field takes an id, not a Markdown link; write {meant!r}"
            report(DANGLING, each.at, message, redirect(each.at, each.id, meant))
            return each
    remark = _astray(each.id, each.at, found.several, path, NodeId(""), names)
    if not found.several and not found.missing:
        remark = replace(remark, message=f"{each.id!r} is a file without a node")
    report(remark.code, each.at, remark.message, remark.fix)
    return each


def _astray(
    target: str, at: Place, several: tuple[str, ...], path: str, node_id: NodeId, names: Names
) -> Diagnostic:
    if several:
        code, message, fix = AMBIGUOUS, f"{target!r} could be {any_of(several)}", None
    else:
        titled = names.titled(fold(target))
        near = titled or names.near(target)
        meant = suggestion(near)
        if titled:
            meant = f": that is the title of {titled!r}, and a link names the id"
        code, message = DANGLING, f"no node {target!r}{meant}"
        certain = near if titled or alphanumeric(near) == alphanumeric(target) else ""
        fix = redirect(at, target, certain) if certain else None
    return Diagnostic(path=path, at=at, code=code, message=message, node=node_id, fix=fix)


def title_of(node_id: str, entry: Entry) -> str:
    """A node's title: its heading, its field, or its id."""
    if entry.title is not None and entry.title.text.strip():
        return entry.title.text
    field = entry.field("title")
    if field is not None and getattr(field.value, "text", "").strip():
        return str(getattr(field.value, "text", ""))
    return node_id if entry.id == "" and is_title(node_id) else node_id.replace("-", " ")


def _distinct(parents: References) -> References:
    """Parents that exist come first; a parent named twice counts once."""
    seen: set[str] = set()
    kept = []
    for parent in parents:
        if parent.id not in seen:
            seen.add(parent.id)
            kept.append(parent)
    return tuple(kept)

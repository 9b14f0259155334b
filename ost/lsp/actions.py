"""Code actions at a place: fixes, a node for a link that leads nowhere, a waiver, a criterion,
another parent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from lsprotocol import types

from ost.edit import new
from ost.edit.content_folder import ContentFolder
from ost.edit.front_matter import Fields
from ost.edit.rewrite import Rewrite
from ost.errors import Misuse
from ost.lsp import refactorings
from ost.lsp.diagnostics import diagnostic
from ost.lsp.prefix import in_front_matter
from ost.lsp.projects import File
from ost.lsp.rename import workspace_edit
from ost.project.templates import template
from ost.read.diagnostic import Diagnostic, Edit
from ost.read.document import Entry
from ost.tree.build import DANGLING
from ost.tree.model import KINDS, Node, NodeId, Opportunity, Outcome, Solution, Test

_QUICK = types.CodeActionKind.QuickFix
_REFACTOR = types.CodeActionKind.RefactorRewrite


def actions(file: File, within: types.Range) -> Iterator[types.CodeAction]:
    """All code actions in some lines. Some get their edit only when they are chosen."""
    first, last = within.start.line, within.end.line
    remarks = [
        each
        for each in file.live.diagnostics((file.path,))[file.path]
        if each.at.line <= last and first <= each.at.end_line
    ]
    for remark in remarks:
        if remark.fix is not None:
            yield _action(file, remark.fix.title, remark.fix.edits, _QUICK, remark)
        if remark.code == DANGLING:
            yield from _created(file, remark)
    for remark in remarks:
        yield from _waived(file, remark)
    entry = file.entry(file.positions.point(within.start)[0])
    node = file.live.tree.get(file.id(entry)) if entry else None
    if entry is not None and node is not None and node.path == file.path:
        yield from _criterion(file, entry, node)
        if _at_node(file, entry, first):
            yield from refactorings.moves(file, node)
        yield from refactorings.splits_of_moments(file, node, first, last)
        yield from refactorings.splits_of_items(file, entry, node, first, last)


def _action(
    file: File,
    title: str,
    edits: Iterable[Edit],
    kind: types.CodeActionKind,
    cures: Diagnostic | None = None,
) -> types.CodeAction:
    return _rewritten(file, title, Rewrite(edits=tuple(edits)), kind, cures)


def _rewritten(
    file: File,
    title: str,
    rewrite: Rewrite,
    kind: types.CodeActionKind,
    cures: Diagnostic | None = None,
) -> types.CodeAction:
    return types.CodeAction(
        title=title[:1].upper() + title[1:],
        kind=kind,
        diagnostics=[diagnostic(cures, file.folder, file.positions)] if cures else None,
        edit=workspace_edit(file.folder, rewrite),
    )


def _created(file: File, remark: Diagnostic) -> Iterator[types.CodeAction]:
    """Creates the missing node of a link, under the parent that the link implies."""
    written = file.positions.lines.cut(remark.at).strip("![]\"' ")
    written = written.partition("|")[0].partition("#")[0].strip()
    node_id = new.name(written)
    if not node_id or written != node_id or file.live.names.called(node_id):
        return
    kind, parents = _missing_node(file, remark)
    known = KINDS[kind]
    title = node_id.replace("-", " ").capitalize()
    paths = [
        file.live.files[NodeId(each)]
        for each, facts in file.live.compiled.facts.items()
        if facts.kind == kind
    ]
    draft = new.draft(
        kind,
        title,
        template(f"new/{kind}.md", known.template),
        id=node_id,
        folder=new.folder(kind, paths),
        parents=parents,
        today=file.live.project.today,
    )
    where = f" under {parents[0]}" if parents else ""
    rewrite = Rewrite(created={draft.path: draft.text})
    yield _rewritten(file, f"create the {kind} {node_id}{where}", rewrite, _QUICK, remark)


def _missing_node(file: File, diagnostic: Diagnostic) -> tuple[str, tuple[str, ...]]:
    """The kind of a link's missing node, and its parents."""
    line = diagnostic.at.line
    entry = file.entry(line)
    kind = entry.kind.text if entry and entry.kind else ""
    tree = file.live.tree
    node = tree.get(file.id(entry)) if entry else None
    if entry is not None and in_front_matter(file.positions.lines, line):
        fields = [each for each in entry.fields if each.key_at.line <= line]
        name = max(fields, key=lambda each: each.key_at.line).name if fields else ""
        if name == "parent" and kind in KINDS and KINDS[kind].under:
            above = KINDS[KINDS[kind].under[-1]]
            return above.kind, _likely(file, above)
        if name in {"chose", "over"} and node is not None:
            about = [each.id for each in tree.parents(node) if each.kind in Solution.under]
            return Solution.kind, tuple(about[:1])
        if name in KINDS:
            return name, ()
    if node is not None and node.placed:
        below = next((each for each in KINDS.values() if each.placed and kind in each.under), None)
        if below is not None:
            return below.kind, (node.id,)
    return Opportunity.kind, _beside(file, entry, line)


def _beside(file: File, entry: Entry | None, line: int) -> tuple[str, ...]:
    """The parent of most opportunities that the same interview mentions."""
    tree = file.live.tree
    node = tree.get(file.id(entry)) if entry else None
    counted: Counter[str] = Counter()
    for moment in tree.heard_in.get(node.id, ()) if node else ():
        above = tree.parent(tree.by_id[moment.node])
        if above is not None and above.kind in Opportunity.under:
            counted[above.id] += 1
    if counted:
        return (min(counted, key=lambda each: (-counted[each], each)),)
    return _likely(file, Opportunity)


def _likely(file: File, kind: type[Node]) -> tuple[str, ...]:
    """The only outcome, if there is exactly one and the kind may be under outcomes."""
    outcomes = file.live.tree.kinds.get(Outcome.kind, ())
    return tuple(outcomes) if len(outcomes) == 1 and Outcome.kind in kind.under else ()


def _waived(file: File, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    """Adds a waiver of the rule to the node; a person writes the reason."""
    rule = next((each for each in file.live.rules if each.code == diagnostic.code), None)
    path = file.live.files.get(NodeId(diagnostic.node))
    if rule is None or not rule.kinds or path != file.path:
        return
    folder = _alone(file)
    entry = next(each for each in file.entries if file.id(each) == diagnostic.node)
    try:
        edits = Fields(folder, file.path, entry).add(
            "allow", [f"{{rule: {rule.name()}, because: }}"]
        )
    except Misuse:
        return
    yield _action(file, f"waive {rule.name()} for {diagnostic.node}", edits, _QUICK, diagnostic)


def _criterion(file: File, entry: Entry, node: Node) -> Iterator[types.CodeAction]:
    """Adds a criterion to a test without one."""
    if not isinstance(node, Test) or entry.field("criterion") is not None:
        return
    try:
        edits = Fields(_alone(file), file.path, entry).set(
            "criterion", "{measure: , at_least: , of: }"
        )
    except Misuse:
        return
    yield _action(file, "add the criterion", edits, _REFACTOR)


def _alone(file: File) -> ContentFolder:
    """The file, ready for edits of its fields."""
    live = file.live
    return ContentFolder([live.document(file.path)], live.text, as_of=live.project.today)


def _at_node(file: File, entry: Entry, line: int) -> bool:
    """Whether a line is in a node's front matter or title."""
    return line <= entry.at.line if not entry.id else line == entry.at.line

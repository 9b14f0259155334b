"""Refactorings that change other files, too: another parent, and opportunities split off. Each is
only made when chosen, because that reads and proves the whole project.
"""

from collections.abc import Iterator

from lsprotocol import types
from msgspec import Struct, convert, to_builtins

from ost.edit.list_items import item_words, split_items
from ost.edit.move import change_parent
from ost.edit.rewrite import Rewrite
from ost.edit.split import SplitPart, named_moments, split, title_for
from ost.lsp.projects import File
from ost.lsp.rename import content, workspace_edit
from ost.read.document import Entry
from ost.read.place import Place
from ost.tree.model import Node, Opportunity
from ost.words import counted

PARENTS = 5
"""How many new parents are offered for a node."""


class Offer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An offered refactoring, as an editor keeps it until it is chosen: `node` moves under
    `parent`, or its `moments` or the list `items` at some lines go to new opportunities.
    """

    uri: str
    node: str
    parent: str = ""
    title: str = ""
    moments: tuple[str, ...] = ()
    items: tuple[int, ...] = ()

    def rewrite(self, file: File) -> Rewrite:
        """The edits. Raises Misuse if they cannot be made for certain."""
        folder = content(file.folder)
        if self.parent:
            return change_parent(folder, self.node, self.parent)
        if self.items:
            return split_items(folder, self.node, self.items)
        part = SplitPart(title=self.title, takes=self.moments)
        return split(folder, self.node, [part], keep=True)


def moves(file: File, node: Node) -> Iterator[types.CodeAction]:
    """Other parents for a node: its grandparent and its siblings."""
    tree = file.live.tree
    if file.live.document(node.path).reading.entries[0].id:
        return
    parent = tree.parent(node)
    above = tree.parent(parent) if parent else None
    siblings = tree.children(parent, Node) if parent else ()
    near = [*([above] if above else []), *siblings]
    fitting = [each for each in near if each.id != node.id and each.kind in node.under]
    for other in fitting[:PARENTS]:
        yield _action(
            f"Move under {other.title}",
            types.CodeActionKind.RefactorMove,
            Offer(uri=file.uri, node=node.id, parent=other.id),
        )


def splits_of_moments(
    file: File, source: Node, first: int, last: int
) -> Iterator[types.CodeAction]:
    """Splits the moments in some lines off their opportunity, as long as others remain there."""
    tree = file.live.tree
    own = tree.heard_in.get(source.id, ())
    for node_id in dict.fromkeys(each.node for each in own if _meets(each.at, first, last)):
        node, moments = tree.by_id[node_id], named_moments(tree, node_id)
        taken = {
            name: each
            for name, each in moments.items()
            if each.source == source.id and _meets(each.at, first, last)
        }
        title = next(filter(None, map(title_for, taken.values())), "")
        if not isinstance(node, Opportunity) or len(taken) == len(moments) or not title:
            continue
        yield _action(
            f"Split “{title}” off {node.title}",
            types.CodeActionKind.RefactorExtract,
            Offer(uri=file.uri, node=node_id, title=title, moments=tuple(taken)),
        )


def splits_of_items(
    file: File, entry: Entry, node: Node, first: int, last: int
) -> Iterator[types.CodeAction]:
    """Splits items of an opportunity's lists off as opportunities below it."""
    if not isinstance(node, Opportunity):
        return
    chosen = [
        each.at.line
        for section in entry.sections
        for each in section.items
        if _meets(each.at, first, last) and item_words(file.positions.lines, each)
    ]
    if chosen:
        yield _action(
            f"Split {counted(len(chosen), 'opportunity', 'opportunities')} off {node.title}",
            types.CodeActionKind.RefactorExtract,
            Offer(uri=file.uri, node=node.id, items=tuple(chosen)),
        )


def made(file: File, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit. Raises Misuse if that cannot be made for certain."""
    rewrite = convert(action.data, Offer).rewrite(file)
    action.edit = workspace_edit(file.folder, rewrite)
    return action


def _action(title: str, kind: types.CodeActionKind, offer: Offer) -> types.CodeAction:
    return types.CodeAction(title=title, kind=kind, data=to_builtins(offer))


def _meets(at: Place, first: int, last: int) -> bool:
    return at.line <= last and first <= at.end_line

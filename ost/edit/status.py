"""Changes a node's status in its file: retires a node, or makes it the target."""

from collections.abc import Sequence
from datetime import date

from ost.edit import new
from ost.edit.content_folder import ContentFolder
from ost.edit.front_matter import Fields
from ost.edit.move import free, only
from ost.edit.proof import Meant, prove
from ost.edit.rewrite import Rewrite
from ost.edit.targets import scalar
from ost.errors import Misuse
from ost.read.document import Entry
from ost.tree.fields import readers
from ost.tree.model import KINDS, Decision, Node, NodeId, Opportunity, kind_of
from ost.words import listed

STATUS, BECAUSE = "status", "because"


def retired_status(folder: ContentFolder, node_id: str) -> str:
    """The status of a retired node of its kind; a usage error if the kind has none."""
    kind = kind_of(only(folder, node_id)[1])
    if not _retirable(kind):
        can = listed([each.plural for each in KINDS.values() if _retirable(each)])
        raise Misuse(f"{kind.article()} cannot be retired; only {can} can")
    return next(status.name for status in kind.statuses if status.stage == "aside")


def retire(folder: ContentFolder, node_id: str, because: str) -> Rewrite:
    """Retires a node: sets its status, and `because` with the reason."""
    path, entry = only(folder, node_id)
    status = retired_status(folder, node_id)
    node = folder.tree.by_id[NodeId(node_id)]
    if node.own_status() == status:
        raise Misuse(f"{node_id!r} is already {status}: {path}")
    if entry.field(BECAUSE) is not None and getattr(node, BECAUSE, None):
        raise Misuse(f"{node_id!r} already has a reason in {path}; edit it and its status by hand")
    reason = new.line(because)
    if not reason:
        raise Misuse("a reason needs at least one word: --because WORDS")
    fields = Fields(folder, path, entry)
    behind = "parent" if entry.field("parent") else "kind"
    edits = fields.put({STATUS: status, BECAUSE: _value(entry, reason)}, behind)
    return _prove_status(
        folder, Rewrite(edits=tuple(edits)), node_id, {STATUS: status, BECAUSE: reason}
    )


def _retirable(kind: type[Node]) -> bool:
    aside = any(status.stage == "aside" for status in kind.statuses)
    return aside and {STATUS, BECAUSE} <= set(readers(kind))


def siblings(folder: ContentFolder, node_id: str) -> tuple[str, ...]:
    """The opportunities to compare a target with: those under the same primary parent."""
    node = folder.tree.by_id[NodeId(node_id)]
    parent = folder.tree.parent(node)
    below = folder.tree.children(parent, Opportunity) if parent else ()
    return tuple(each.id for each in below if each.id != node_id and each.status != "parked")


def target(
    folder: ContentFolder,
    node_id: str,
    because: str,
    *,
    over: Sequence[str],
    draft: new.Draft,
) -> Rewrite:
    """Makes an opportunity the target; `draft` is the decision, with the opportunities it was
    chosen over.
    """
    path, entry = only(folder, node_id)
    fitting(folder, node_id)
    for sibling in over:
        _, other = only(folder, sibling)
        if kind_of(other) is not Opportunity or sibling == node_id:
            raise Misuse(f"{sibling!r} is not another opportunity to compare {node_id!r} with")
    free(folder, draft.id)
    if not new.line(because):
        raise Misuse("a reason needs at least one word: --because WORDS")
    fields = Fields(folder, path, entry)
    edits = fields.set(STATUS, "target", behind="parent" if entry.field("parent") else "kind")
    rewrite = Rewrite(edits=tuple(edits), created={draft.path: draft.text})
    made = _prove_status(folder, rewrite, node_id, {STATUS: "target"}, more=(draft.id,))
    decision = decision_of(folder, made, draft.id)
    chose, set_aside = ({each.id for each in refs} for refs in (decision.chose, decision.over))
    if chose != {node_id} or set_aside != set(over):
        raise Misuse(f"{draft.path}: the decision cannot be written; write it by hand")
    return made


def fitting(folder: ContentFolder, node_id: str) -> None:
    """Raises a usage error unless the node can become a target."""
    path, entry = only(folder, node_id)
    kind = kind_of(entry)
    if kind is not Opportunity:
        raise Misuse(f"{node_id!r} is {kind.article()}; only an opportunity can be a target")
    if folder.tree.by_id[NodeId(node_id)].own_status() == "target":
        raise Misuse(f"{node_id!r} is already a target: {path}")


def decision(
    folder: ContentFolder,
    node_id: str,
    because: str,
    *,
    over: Sequence[str],
    title: str,
    today: date,
    door: str = "",
    revisit: str = "",
) -> new.Draft:
    """The decision that makes an opportunity the target."""
    node = folder.tree.by_id[NodeId(node_id)]
    parent = folder.tree.parent(node)
    decisions = [each.path for each in folder.tree.nodes(Decision)]
    values = {
        "on": today.isoformat(),
        "chose": f"[{scalar(node_id)}]",
        "over": f"[{', '.join(map(scalar, over))}]",
        "door": door,
        BECAUSE: new.line(because),
        "revisit": revisit,
    }
    name = new.name(title)
    taken = {*folder.entries, ""}
    if name in taken:
        name = new.name(f"{today.isoformat()} {title}")
    return new.draft(
        "decision",
        title,
        "",
        id=name,
        folder=new.folder("decision", decisions),
        parents=(parent.id,) if parent else (),
        values={name: value for name, value in values.items() if value},
        today=today,
    )


def decision_of(folder: ContentFolder, rewrite: Rewrite, node_id: str) -> Decision:
    """A decision that a rewrite makes."""
    from ost.edit.rewrite import after

    found = after(folder, rewrite).tree.by_id[NodeId(node_id)]
    if not isinstance(found, Decision):
        raise Misuse(f"{node_id!r} would not be a decision")
    return found


def _value(entry: Entry, words: str) -> str:
    """Words as a YAML value, also within braces."""
    kind = entry.field("kind")
    return scalar(words) if entry.id or (kind and kind.key_at.column) else new.scalar(words)


def _prove_status(
    folder: ContentFolder,
    rewrite: Rewrite,
    node_id: str,
    fields: dict[str, str],
    more: Sequence[str] = (),
) -> Rewrite:
    """The rewrite, proved to set these fields of the node and to change nothing else."""

    def expected(meant: Meant) -> None:
        for concerned in (node_id, *more):
            meant.pop(concerned, None)

    made = prove(folder, rewrite, expected=expected)
    node = made.tree.by_id[NodeId(node_id)]
    for name, value in fields.items():
        if getattr(node, name, None) != value:
            raise Misuse(f"{node.path}: {name!r} cannot be set here; write it by hand")
    return rewrite

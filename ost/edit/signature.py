"""Signs drafts: adds one field to the front matter and changes nothing else."""

from collections.abc import Iterable
from datetime import date

from ost.edit.content_folder import ContentFolder
from ost.edit.front_matter import Fields
from ost.edit.move import only
from ost.edit.rewrite import Rewrite, after, clean, placeless_value
from ost.edit.targets import scalar
from ost.errors import Misuse
from ost.read.diagnostic import Edit
from ost.read.document import Entry
from ost.read.value import Mapping
from ost.tree.model import Node, NodeId

GENERATED, VERIFIED = "generated", "verified"


def signed(folder: ContentFolder, ids: Iterable[str], by: str, on: date) -> Rewrite:
    """Adds a signature to each draft. Raises Misuse if one is not a draft, if `by` drafted it, or
    if its front matter cannot be signed in place.
    """
    signature = f"{{by: {scalar(by)}, at: {on.isoformat()}}}"
    wanted = tuple(dict.fromkeys(ids))
    edits: list[Edit] = []
    for node_id in wanted:
        path, entry = only(folder, node_id)
        _waits(folder.tree.by_id[NodeId(node_id)], by, on)
        written = entry.field(VERIFIED)
        fields = Fields(folder, path, entry)
        if written is not None and isinstance(written.value, Mapping):
            raise Misuse(f"{path}: {VERIFIED!r} is not a list; add {signature} by hand")
        if written is None:
            edits += fields.put({VERIFIED: f"[{signature}]"}, GENERATED)
        else:
            edits += fields.add(VERIFIED, [signature])
    rewrite = Rewrite(edits=tuple(edits))
    clean(folder, rewrite)
    made = after(folder, rewrite)
    for node_id in wanted:
        path, entry = only(folder, node_id)
        node = made.tree.by_id.get(NodeId(node_id))
        if node is None or node.draft or _content(node.entry) != _content(entry):
            raise Misuse(f"{path} cannot be signed in place; add {signature} by hand")
    return rewrite


def _waits(node: Node, by: str, today: date) -> None:
    """Raises Misuse unless a node is a draft that this person may sign today."""
    made = node.generated
    if node.entry.field(GENERATED) is None:
        raise Misuse(f"{node.id!r} is not a draft: a person wrote it")
    if not node.draft:
        raise Misuse(f"{node.id!r} is already signed")
    if made and by == (made.by or "").strip():
        raise Misuse(f"{by!r} drafted it; someone else must sign it: --by NAME")
    if made and made.at and made.at > today:
        raise Misuse(f"{node.id!r} was drafted on {made.at}, after today; correct that day first")


def _content(entry: Entry) -> object:
    fields = [
        (each.name, placeless_value(each.value)) for each in entry.fields if each.name != VERIFIED
    ]
    return fields, entry.body, entry.title.text if entry.title else ""

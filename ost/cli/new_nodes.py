"""Writes new nodes into a project and says where in the tree they are."""

from pathlib import Path
from typing import TYPE_CHECKING

from ost.answers import queries
from ost.answers.queries import find_id
from ost.cli.files import create, rewrite
from ost.cli.questions import parents
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, display_path
from ost.edit import new
from ost.edit.presets import presets
from ost.edit.stubs import link_item, of_links, of_moment
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.project.content import contents
from ost.project.templates import template
from ost.read.place import Place
from ost.tree.model import KINDS, Interview, Node, NodeId
from ost.words import listed

if TYPE_CHECKING:
    from sqlite3 import Connection


class NewNodes:
    """New nodes of one kind in a project."""

    def __init__(self, opened: CommandProject, kind: str, values: dict[str, str]) -> None:
        """`values` are fields that were given."""
        self.opened, self.kind, self.values = opened, KINDS[kind], values
        self.connection = opened.project.connect()

    def add(self, title: str, id: str | None, under: tuple[str, ...]) -> str:
        """Writes a node's file and says where it is; returns its path."""
        parent_ids = parents(self.connection, self.kind, under, title)
        return self._write(title, self._free(id or title), parent_ids)

    def create_mentioned_nodes(self, source: str, under: tuple[str, ...]) -> list[str]:
        """Writes the nodes that a text mentions and links them there; returns their paths."""
        written, _, number = source.partition("#")
        found = contents(self.opened.project)
        tree = found.tree()
        node = tree.by_id[NodeId(_source(self.connection, written, self.opened))]
        if number and not (number.isdecimal() and len(number) < 6):
            raise Misuse(f"--from {source}: write the item's number after #")
        stubs = [of_moment(node, int(number), tree)] if number else list(of_links(node, tree))
        if not stubs:
            output.write(f"every link in {safe(str(node.id))} leads to a node\n")
        ids = [each.id or self._free(each.title) for each in stubs]
        for node_id in ids:
            self._check(node_id)
        above_each = [parents(self.connection, self.kind, under, each.title) for each in stubs]
        made = []
        for stub, node_id, above in zip(stubs, ids, above_each, strict=True):
            made.append(self._write(stub.title, node_id, above))
            if stub.link_at is not None:
                self._link(node, node_id, stub.link_at)
        return made

    def _free(self, written: str) -> str:
        """An id made from the words, refused if it is taken."""
        node_id = new.name(written)
        if not node_id:
            raise Misuse(f"no id can be made from {written!r}; set one with --id")
        self._check(node_id)
        return node_id

    def _check(self, node_id: str) -> None:
        taken = queries.similar_ids(self.connection, node_id)[0]
        if taken:
            path = self.opened.shown(queries.path(self.connection, taken))
            raise Misuse(f"{taken!r} already exists: {path}")

    def _write(self, title: str, node_id: str, parent_ids: tuple[str, ...]) -> str:
        kind, opened = self.kind, self.opened
        preset = self._presets(title)
        draft = new.draft(
            kind.kind,
            title,
            template(f"new/{kind.kind}.md", kind.template, opened.root),
            id=node_id,
            folder=new.folder(kind.kind, queries.files(self.connection, kind.kind)),
            parents=parent_ids,
            values={**preset, **self.values},
            today=opened.today,
        )
        if self.values and (wrong := new.unfit(draft)):
            raise Misuse(f"--set {wrong}")
        create(opened.content / draft.path, draft.text, opened.root)
        shown = opened.link(draft.path, safe(display_path(opened.content / draft.path)))
        titles = queries.titles(self.connection)
        below = listed([safe(repr(titles[each])) for each in parent_ids])
        output.write(f"wrote {shown}{f' under {below}' if below else ''}\n")
        if preset:
            values = ", ".join(f"{name} {value}" for name, value in preset.items())
            output.write(f"  from the title and earlier interviews: {safe(values)}\n")
        return draft.path

    def _presets(self, title: str) -> dict[str, str]:
        if self.kind is not Interview:
            return {}
        tree = contents(self.opened.project).tree()
        found = presets(title, tree.nodes(Interview))
        return {name: value for name, value in found.items() if name not in self.values}

    def _link(self, node: Node, node_id: str, at: Place) -> None:
        """Links a new node where an item mentions it; no other byte changes."""
        fence = self.opened.project.fence
        path = fence.inner(node.path)
        text = fence.read(path).decode("utf-8", "surrogateescape")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        linked = link_item(text.removeprefix(mark), node.path, at, node_id)
        data = (mark + linked).encode("utf-8", "surrogateescape")
        rewrite(self.opened.content / node.path, data, self.opened.root)
        output.write(f"  linked in {safe(self.opened.shown(node.path))}:{at.line + 1}\n")


def _source(connection: "Connection", written: str, opened: CommandProject) -> str:
    """A node by its id, or by the path of its file as typed."""
    path = Path(written)
    if path.suffix and path.exists():
        return find_id(connection, path.stem)
    return find_id(connection, written)

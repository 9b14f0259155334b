"""`ost new`: add a node."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ost.answers import queries
from ost.answers.queries import named
from ost.cli.files import create, rewrite
from ost.cli.ids import complete
from ost.cli.parameters import folder_option, set_option
from ost.cli.questions import ask, fields, parents
from ost.cli.terminal import output
from ost.cli.workspace import Opened, near
from ost.edit import new
from ost.edit.presets import presets
from ost.edit.stubs import link_item, of_links, of_moment
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.project.content import contents
from ost.project.kinds import load_kinds
from ost.project.templates import template
from ost.read.kinds import unknown
from ost.read.place import Place
from ost.tree.model import KINDS, Interview, Node, NodeId

if TYPE_CHECKING:
    from sqlite3 import Connection

    from click.shell_completion import CompletionItem


class KindType(click.ParamType[str]):
    """A kind's name, those of other packages too."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind that is meant."""
        load_kinds()
        written = str(value).strip().casefold()
        if written not in KINDS:
            self.fail(unknown(written), param, ctx)
        return written

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """The kinds to choose from."""
        load_kinds()
        return f"Choose from: {', '.join(KINDS)}"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """The kinds that begin so."""
        from click.shell_completion import CompletionItem

        load_kinds()
        return [CompletionItem(kind) for kind in KINDS if kind.startswith(incomplete)]


@click.command("new")
@click.argument("kind", type=KindType(), metavar="KIND")
@click.argument("title", required=False, default="")
@click.option(
    "--parent",
    "-p",
    "under",
    multiple=True,
    metavar="ID",
    shell_complete=complete,
    help="The node above it; the first one is its primary place.",
)
@set_option("participant=P07")
@click.option("--id", help="The id.  [default: the title's words]")
@click.option(
    "--from",
    "source",
    metavar="NODE[#3]",
    default="",
    shell_complete=complete,
    help="Make the node of its third item under Opportunities; without #, of each link to nothing.",
)
@click.option("--edit", is_flag=True, help="Open the new file in $EDITOR.")
@folder_option
def command(
    kind: str,
    title: str,
    under: tuple[str, ...],
    given: tuple[str, ...],
    id: str | None,
    source: str,
    edit: bool,
    folder: Path,
) -> None:
    """Add a node.

    KIND is a kind of node, such as outcome, opportunity or interview; `ost new` alone lists them.
    The id comes from the title. At a terminal, it asks for what is missing: choose the parent by
    number, id, or words of its title. An interview takes its participant and day from the title,
    and segment and interviewers from last time.
    It never overwrites a file.

    \b
    ost new outcome "More teams talk to a customer every week"
    ost new opportunity "I don't know who to talk to" --parent more-teams-talk
    ost new interview "P07: film night with two teenagers" --edit
    ost new opportunity --from p07-film-night#3
    ost new opportunity --from p07-film-night --parent more-teams-talk
    """
    opened = Opened(folder)
    opened.refresh()
    adding = Adding(opened, kind, fields(KINDS[kind], given))
    if source:
        if title or id:
            raise Misuse("--from takes title and id from the text; leave them out")
        made = adding.wanted(source, under)
    else:
        title = title.strip() or ask("Title", f"a new {kind} needs a title: ost new {kind} TITLE")
        made = [adding.add(title, id, under)]
    for path in made if edit else ():
        click.edit(filename=str(opened.content / path))


class Adding:
    """New nodes of one kind in a project."""

    def __init__(self, opened: Opened, kind: str, values: dict[str, str]) -> None:
        """`values` are fields that were given."""
        self.opened, self.kind, self.values = opened, KINDS[kind], values
        self.connection = opened.project.connect()

    def add(self, title: str, id: str | None, under: tuple[str, ...]) -> str:
        """Writes a node's file, and says where it hangs; its path."""
        hangs = parents(self.connection, self.kind, under, title)
        return self._write(title, self._free(id or title), hangs)

    def wanted(self, source: str, under: tuple[str, ...]) -> list[str]:
        """Writes the nodes that a text speaks of, and links them there; their paths."""
        written, _, number = source.partition("#")
        found = contents(self.opened.project)
        tree = found.tree()
        node = tree.by_id[NodeId(_source(self.connection, written, self.opened))]
        if number and not (number.isdecimal() and len(number) < 6):
            raise Misuse(f"--from {source}: write the number of an item behind #")
        if number:
            wanted = [of_moment(node, int(number), tree, found.sections)]
        else:
            wanted = list(of_links(node, tree))
        if not wanted:
            output.write(f"every link of {safe(str(node.id))} leads to a node\n")
        ids = [each.id or self._free(each.title) for each in wanted]
        for node_id in ids:
            self._check(node_id)
        hangs = [parents(self.connection, self.kind, under, each.title) for each in wanted]
        made = []
        for stub, node_id, above in zip(wanted, ids, hangs, strict=True):
            made.append(self._write(stub.title, node_id, above))
            if stub.link_at is not None:
                self._link(node, node_id, stub.link_at)
        return made

    def _free(self, written: str) -> str:
        """The id that words give."""
        node_id = new.name(written)
        if not node_id:
            raise Misuse(f"no id can be made from {written!r}; set one with --id")
        self._check(node_id)
        return node_id

    def _check(self, node_id: str) -> None:
        taken = queries.near(self.connection, node_id)[0]
        if taken:
            path = self.opened.shown(queries.path(self.connection, taken))
            raise Misuse(f"{taken!r} already exists: {path}")

    def _write(self, title: str, node_id: str, hangs: tuple[str, ...]) -> str:
        kind, opened = self.kind, self.opened
        preset = self._presets(title)
        draft = new.draft(
            kind.kind,
            title,
            template(f"new/{kind.kind}.md", kind.template, opened.root),
            id=node_id,
            folder=new.folder(kind.kind, queries.files(self.connection, kind.kind)),
            parents=hangs,
            values={**preset, **self.values},
            today=opened.today,
        )
        if self.values and (wrong := new.unfit(draft)):
            raise Misuse(f"--set {wrong}")
        create(opened.content / draft.path, draft.text, opened.root)
        shown = opened.link(draft.path, safe(near(opened.content / draft.path)))
        titles = queries.titles(self.connection)
        below = " and ".join(safe(f"{titles[each]!r}") for each in hangs)
        output.write(f"wrote {shown}{f' under {below}' if below else ''}\n")
        if preset:
            said = ", ".join(f"{name} {value}" for name, value in preset.items())
            output.write(f"  from the title and earlier interviews: {safe(said)}\n")
        return draft.path

    def _presets(self, title: str) -> dict[str, str]:
        if self.kind is not Interview:
            return {}
        tree = contents(self.opened.project).tree()
        found = presets(title, tree.nodes(Interview))
        return {name: value for name, value in found.items() if name not in self.values}

    def _link(self, node: Node, node_id: str, at: Place) -> None:
        """Links a new node where an item speaks of it; no other byte changes."""
        fence = self.opened.project.fence
        path = fence.inner(node.path)
        text = fence.read(path).decode("utf-8", "surrogateescape")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        linked = link_item(text.removeprefix(mark), node.path, at, node_id)
        data = (mark + linked).encode("utf-8", "surrogateescape")
        rewrite(self.opened.content / node.path, data, self.opened.root)
        output.write(f"  linked in {safe(self.opened.shown(node.path))}:{at.line + 1}\n")


def _source(connection: "Connection", written: str, opened: Opened) -> str:
    """A node by its id, or by the path of its file as typed here."""
    path = Path(written)
    if path.suffix and path.exists():
        return named(connection, path.stem)
    return named(connection, written)

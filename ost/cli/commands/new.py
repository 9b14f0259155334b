"""`ost new`: add a node."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ost.cli import queries
from ost.cli.files import create
from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.questions import ask, fields, parents
from ost.cli.terminal import output
from ost.cli.workspace import Opened, near
from ost.edit import new
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.project.kinds import load_kinds
from ost.project.templates import template
from ost.read.kinds import unknown
from ost.tree.model import KINDS

if TYPE_CHECKING:
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
@click.option(
    "--set",
    "-s",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Set a field, such as participant=P07.",
)
@click.option("--id", help="The id.  [default: the title's words]")
@folder_option
def command(
    kind: str,
    title: str,
    under: tuple[str, ...],
    given: tuple[str, ...],
    id: str | None,
    folder: Path,
) -> None:
    """Add a node.

    KIND is outcome, opportunity, solution, assumption, test, decision, interview, signal or guide.
    The id comes from the title. At a terminal, it asks for what is missing.
    It never overwrites a file.

    \b
    ost new outcome "More teams talk to a customer every week"
    ost new opportunity "I don't know who to talk to" --parent more-teams-talk
    ost new interview "P07: film night with two teenagers" --set participant=P07
    """
    opened = Opened(folder)
    opened.refresh()
    connection = opened.project.connect()
    known = KINDS[kind]
    values = fields(known, given)
    title = title.strip() or ask("Title", f"a new {kind} needs a title: ost new {kind} TITLE")
    hangs = parents(connection, known, under)
    node_id = new.name(id or title)
    if not node_id:
        raise Misuse(f"no id can be made from {id or title!r}; set one with --id")
    taken = queries.near(connection, node_id)[0]
    if taken:
        raise Misuse(f"{taken!r} already exists: {opened.shown(queries.path(connection, taken))}")
    draft = new.draft(
        kind,
        title,
        template(f"new/{kind}.md", known.template),
        id=node_id,
        folder=new.folder(kind, queries.files(connection, kind)),
        parents=hangs,
        values=values,
        today=opened.today,
    )
    create(opened.content / draft.path, draft.text, opened.root)
    shown = safe(near(opened.content / draft.path))
    output.write(f"wrote {opened.link(draft.path, shown)}\n")

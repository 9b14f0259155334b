"""`ost new`: add a node."""

from pathlib import Path

import click

from ost.cli import output, queries
from ost.cli.asking import ask, fields, parents
from ost.cli.naming import complete
from ost.cli.opening import Opened, near
from ost.cli.parameters import folder_option
from ost.cli.writing import create, template
from ost.edit import new
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.tree.model import KINDS


@click.command("new")
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
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
    values = fields(KINDS[kind], given)
    title = title.strip() or ask("Title", f"a new {kind} needs a title: ost new {kind} TITLE")
    hangs = parents(connection, kind, KINDS[kind].under, under)
    node_id = new.name(id or title)
    if not node_id:
        raise Misuse(f"no id can be made from {id or title!r}; set one with --id")
    taken = queries.near(connection, node_id)[0]
    if taken:
        raise Misuse(f"{taken!r} already exists: {opened.shown(queries.path(connection, taken))}")
    draft = new.draft(
        kind,
        title,
        template(f"new/{kind}.md"),
        id=node_id,
        folder=new.folder(kind, queries.files(connection, kind)),
        parents=hangs,
        values=values,
        today=opened.today,
    )
    create(opened.content / draft.path, draft.text, opened.root)
    output.write(f"wrote {safe(near(opened.content / draft.path))}\n")

"""`ost new`: add a node."""

from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.new_nodes import NewNodes
from ost.cli.parameters import KindParameter, folder_option, set_option
from ost.cli.questions import ask, fields
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.tree.model import KINDS


@click.command("new")
@click.argument("kind", type=KindParameter(), metavar="KIND")
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
    help="Make a node from this item under Opportunities; without #, from each dangling link.",
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
    opened = CommandProject(folder)
    opened.refresh()
    nodes = NewNodes(opened, kind, fields(KINDS[kind], given))
    if source:
        if title or id:
            raise Misuse("--from takes the title and id from the text; leave them out")
        made = nodes.create_mentioned_nodes(source, under)
    else:
        title = title.strip() or ask("Title", f"a new {kind} needs a title: ost new {kind} TITLE")
        made = [nodes.add(title, id, under)]
    for path in made if edit else ():
        click.edit(filename=str(opened.content / path))

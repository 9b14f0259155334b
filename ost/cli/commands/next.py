"""`ost next`: what to do next in discovery."""

from datetime import date
from pathlib import Path

import click
from msgspec.structs import replace

from ost.answers.queries import find_id
from ost.cli.ids import complete
from ost.cli.parameters import as_of_option, at_option, folder_option, format_choice
from ost.cli.projects import open_project
from ost.cli.selectors import select_nodes, select_option
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.exchange.agenda.agenda import Agenda, agenda, interview, targets
from ost.exchange.agenda.feed import feed
from ost.exchange.agenda.recruitment import TOOLS, filled
from ost.exchange.agenda.text import markdown, text
from ost.exchange.reports import json
from ost.project.content import contents
from ost.project.templates import template
from ost.tree.model import NodeId
from ost.tree.tree import Tree


@click.command("next")
@folder_option
@select_option
@at_option
@as_of_option
@format_choice(
    "json", "markdown", "ics", help="For people, for programs, for a chat, or as a calendar."
)
@click.option(
    "--recruit",
    "tool",
    type=click.Choice(TOOLS),
    help="Print text to paste into a recruiting tool.",
)
@click.option(
    "--about",
    default="",
    metavar="ID",
    shell_complete=complete,
    help="Recruit for this node.  [default: that of the first interview listed]",
)
def command(
    folder: Path,
    select: str | None,
    at: str | None,
    as_of: date | None,
    form: str,
    tool: str | None,
    about: str,
) -> None:
    """Say whom to interview about what, what to test first, and what waits for you.

    It looks for targets with thin or old evidence, segments without an interview, the riskiest
    untested assumption, opportunities that are not in the tree, waivers that end, and drafts. Each
    line says why. The opening question of an interview comes from your guide and from the
    opportunity's `moment`.

    \b
    ost next
    ost next --format markdown
    ost next --select target+
    ost next --format ics > discovery.ics
    ost next --recruit intercom
    """
    opened = open_project(folder, at, as_of)
    opened.refresh()
    found = contents(opened.project)
    tree = found.tree()
    what_next = agenda(tree)
    if select is not None:
        chosen = select_nodes(opened, select)
        what_next = replace(
            what_next, tasks=tuple(each for each in what_next.tasks if each.node in chosen)
        )
    if tool or about:
        node = find_id(opened.project.connect(), about) if about else ""
        output.write(_recruit(tool, node, what_next, tree, opened), raw=True)
        return
    if form == "json":
        output.write(json.render(what_next))
    elif form == "markdown":
        output.write(markdown(what_next), raw=True)
    elif form == "ics":
        output.write(feed(what_next), raw=True)
    else:
        output.write_lines(text(what_next, output.paint()))


def _recruit(
    tool: str | None, node_id: str, made: Agenda, tree: Tree, opened: CommandProject
) -> str:
    """A tool's template with the words for one interview."""
    if tool is None:
        raise Misuse(f"--about needs a tool: --recruit {'|'.join(TOOLS)}")
    tasks = [task for task in made.tasks if task.opening is not None]
    if node_id or not tasks:
        aims = [tree.by_id[NodeId(node_id)]] if node_id else list(targets(tree))
        if not aims:
            raise Misuse("no target to recruit for; choose a node with --about ID")
        tasks = [interview(aims[0], (), tree)]
    task = tasks[0]
    opening = task.opening
    if opening is None:
        return ""
    if not opening.moment:
        output.complain(f"{task.node!r} has no `moment`; say there when it happens")
    text, unknown = filled(template(f"recruit/{tool}.txt", root=opened.root), opening)
    if unknown:
        output.complain(f"the template has unknown placeholders: {', '.join(unknown)}")
    return text

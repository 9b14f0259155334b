"""`ost compare`: an opportunity's solutions side by side."""

from pathlib import Path

import click
from msgspec.structs import replace

from ost.answers.rivals import compare_solutions
from ost.cli.ids import complete, open_with_id
from ost.cli.parameters import at_option, folder_option, format_option
from ost.cli.selectors import select_nodes, select_option
from ost.cli.terminal import output
from ost.cli.terminal.kinds import kinds
from ost.cli.terminal.screen import Screen
from ost.cli.terminal.solutions import draw_solutions
from ost.errors import Misuse
from ost.exchange.reports import json

_TARGETS = "select id from node where kind = 'opportunity' and status = 'target' order by lft, id"


@click.command("compare")
@click.argument("opportunity", required=False, default="", shell_complete=complete)
@folder_option
@select_option
@at_option
@format_option
def command(opportunity: str, folder: Path, select: str | None, at: str | None, form: str) -> None:
    """Compare an opportunity's solutions side by side; the default is the target.

    Shows each solution's status, how it differs, its evidence, its assumptions by kind of risk
    with their tests, the decisions about it, and its bet.

    \b
    ost compare
    ost compare cant-agree-what-to-watch
    ost compare cant-agree-what-to-watch --select status:candidate
    ost compare cant-agree-what-to-watch --format json
    """
    opened, opportunity = open_with_id(opportunity, folder, at)
    opened.refresh()
    connection = opened.project.connect()
    if not opportunity:
        targets = [str(row[0]) for row in connection.execute(_TARGETS)]
        if len(targets) != 1:
            many = f"there are {len(targets)} targets ({', '.join(targets)})"
            raise Misuse(f"{many if targets else 'no target'}; choose: ost compare OPPORTUNITY")
        opportunity = targets[0]
    found = compare_solutions(connection, opportunity, titles=form != "json")
    if select is not None:
        chosen = select_nodes(opened, select)
        solutions = tuple(each for each in found.solutions if each.id in chosen)
        found = replace(found, solutions=solutions)
    if form == "json":
        output.write(json.render(found))
    elif not found.solutions and select is not None:
        output.complain(f"no solution of {found.id!r} is selected")
    elif not found.solutions:
        output.complain(
            f"{found.id!r} has no solutions yet: `ost new solution --parent {found.id}`"
        )
    else:
        screen = Screen(kinds(connection), output.paint())
        output.write(draw_solutions(found, screen, output.columns()))

"""`ost mcp`: the server for assistants."""

from pathlib import Path

import click

from ost.cli.parameters import folder_option
from ost.cli.servers import Servers
from ost.cli.workspace import today
from ost.errors import Misuse


@click.command("mcp")
@folder_option
@click.option(
    "--propose",
    is_flag=True,
    help="Let the assistant propose changes too, each on a branch of its own.",
)
@click.pass_obj
def command(servers: Servers, folder: Path, propose: bool) -> None:
    """Run the server for AI assistants (Model Context Protocol).

    Assistants start this and talk to it over standard input and output. Its tools only read: tree,
    node, evidence, context, compare, check, why, diff, search. Nothing leaves the machine. `ost
    help assistants` says how to set one up.

    \b
    ost mcp
    ost mcp --folder discovery --propose
    """
    try:
        answer = servers.mcp()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"anyio", "mcp", "mcp_types"}:
            raise
        raise Misuse("the server for assistants needs another package: pip install mcp") from None
    answer(folder, today, propose=propose)

"""`ost lsp`: the language server for editors."""

import click

from ost.cli.servers import Servers
from ost.errors import Misuse


@click.command("lsp")
@click.pass_obj
def command(servers: Servers) -> None:
    """Run the language server: diagnostics as you type, completion by title, and more.

    Editors start this and talk to it over standard input and output. `ost help editors` says how to
    set up VS Code, Neovim, Helix, Zed and Emacs.

    \b
    ost lsp
    """
    try:
        answer = servers.lsp()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise Misuse("the language server needs another package: pip install pygls") from None
    answer()

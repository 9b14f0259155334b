"""`ost lsp`: answer an editor."""

import click

from ost.cli.servers import Servers
from ost.errors import Misuse


@click.command("lsp")
@click.pass_obj
def command(servers: Servers) -> None:
    """Answer an editor: diagnostics as you type, completion by title, and more.

    Editors start this; it speaks the Language Server Protocol on standard input and output.
    `ost help editors` says how to set up VS Code, Neovim, Helix, Zed and Emacs.

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

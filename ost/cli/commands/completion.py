"""`ost completion`: print the completion script of a shell."""

import click
from click.shell_completion import get_completion_class

from ost.cli.terminal import output


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="SHELL")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that lets your shell complete commands, options and ids.

    SHELL is bash, zsh or fish.

    \b
    ost completion bash >> ~/.bashrc
    ost completion zsh  >> ~/.zshrc
    ost completion fish > ~/.config/fish/completions/ost.fish
    """
    script = get_completion_class(shell)
    if script is not None:
        output.write(script(ctx.find_root().command, {}, "ost", "_OST_COMPLETE").source())

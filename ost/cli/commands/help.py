"""`ost help`: the documentation in the terminal."""

import shutil
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from ost.cli import topics
from ost.cli.terminal import output
from ost.cli.terminal.manual import rendered
from ost.errors import Misuse
from ost.words import LOOSELY, nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Topics that start like this."""
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(name, help=topics.title(path))
        for name, path in topics.topics().items()
        if name.startswith(incomplete.casefold())
    ]


@click.command("help")
@click.argument("topic", required=False, default="", shell_complete=complete)
@click.pass_context
def command(ctx: click.Context, topic: str) -> None:
    """Read the documentation; without TOPIC, list the topics.

    TOPIC is a page, a command, or a rule's name or code.

    \b
    ost help
    ost help import
    ost help single-solution
    """
    _shown(_list() if not topic else _page(ctx, topic))


def _page(ctx: click.Context, written: str) -> str:
    wanted = PurePosixPath(written.strip()).name.removesuffix(".md").casefold().replace("_", "-")
    commands = ctx.parent.command if ctx.parent else None
    known = commands.list_commands(ctx) if isinstance(commands, click.Group) else []
    if wanted in topics.topics():
        page = rendered(topics.text(wanted), output.paint(), output.columns(), _topic)
        return f"{page}\noptions: `ost {wanted} --help`\n" if wanted in known else page
    if wanted in known and isinstance(commands, click.Group):
        found = commands.get_command(ctx, wanted)
        if found is not None:
            return found.get_help(click.Context(found, ctx.parent, wanted)) + "\n"
    return _rule(wanted, known, written)


def _rule(wanted: str, commands: list[str], written: str) -> str:
    """A rule's page; if there is no rule of that name, a suggestion."""
    from ost.project.rules import available_rules

    rules = {each.name(): each for each in available_rules()}
    for name, rule in rules.items():
        if wanted in {name, rule.code.casefold()}:
            from ost.cli.terminal.markdown import styled
            from ost.judge.page import markdown, page

            return styled(markdown(page(rule)), output.paint())
    near = nearest(wanted, [*topics.topics(), *commands, *rules], LOOSELY)
    meant = f"did you mean `ost help {near}`?" if near else "`ost help` lists the topics"
    raise Misuse(f"no help on {written!r}; {meant}")


def _list() -> str:
    """The topics by heading, each with its title."""
    paint = output.paint()
    wide = max(map(len, topics.topics()), default=0)
    shown = list[str]()
    for heading, found in topics.listed():
        shown += ["", paint("bold", heading)] if shown else [paint("bold", heading)]
        shown += [f"  {paint('cyan', name.ljust(wide))}  {title}" for name, title in found]
    return "\n".join(
        [*shown, "", "read one: `ost help TOPIC`; a command: `ost COMMAND --help`", ""]
    )


def _topic(file: str) -> str:
    """The topic that a link in a page leads to, by its file; "" for none."""
    path = PurePosixPath(file)
    if path.stem == "rules" or path.suffix != ".md":  # `ost rule` shows one
        return ""
    named = ((name, page) for name, page in topics.topics().items() if page.stem == path.stem)
    folder = path.parent.name
    for name, page in named:
        if folder in {"", page.parent.name}:
            return name
    return ""


def _shown(text: str) -> None:
    """Prints the text, page by page if the terminal is not high enough."""
    high = shutil.get_terminal_size().lines
    if output.asking() and text.count("\n") >= high and sys.stdout.encoding:
        output.paged(text)
    else:
        output.write(text)

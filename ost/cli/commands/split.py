"""`ost split`: split an opportunity into new ones."""

from collections.abc import Mapping
from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.cli.terminal import output
from ost.edit.move import resolve
from ost.edit.split import SplitPart, named_moments, split
from ost.exchange.reports.paint import safe
from ost.tree.model import Moment


@click.command("split")
@click.argument("node", metavar="OPPORTUNITY", shell_complete=complete)
@click.option(
    "--into",
    nargs=2,
    multiple=True,
    metavar="TITLE MOMENTS",
    help="A new opportunity and what it takes over: p07,p08#2,a-child.",
)
@click.option("--keep", is_flag=True, help="Leave moments that no part takes where they are.")
@click.option("--beside", is_flag=True, help="Put the new ones beside it, not below it.")
@dry_run_option
@folder_option
def command(
    node: str,
    into: tuple[tuple[str, str], ...],
    keep: bool,
    beside: bool,
    dry_run: bool,
    folder: Path,
) -> None:
    """Split an opportunity into new ones.

    Each new opportunity takes over the moments you name: an interview's id, with #2 for its second
    moment. It may also take children. The old opportunity stays, above the new ones. At a terminal,
    it asks where each moment goes.

    \b
    ost split cant-agree --into "Vetoes end it" p07,p09#1 --into "No one wants to choose" p11
    ost split cant-agree --into "Vetoes end it" p07 --keep
    """
    work = Refactoring(folder)
    found = resolve(work.content, node)
    parts = [
        SplitPart(title=title, takes=tuple(filter(None, map(str.strip, takes.split(",")))))
        for title, takes in into
    ]
    if output.asking() and not keep:
        parts = _complete(named_moments(work.content.tree, found), parts)
    rewrite = split(work.content, found, parts, keep=keep, beside=beside)
    names = ", ".join(each.id for each in parts)
    work.end(rewrite, f"split {found} into {names}", dry_run=dry_run)


def _complete(moments: Mapping[str, Moment], parts: list[SplitPart]) -> list[SplitPart]:
    """The parts, completed by asking: titles, and the part that takes each open moment."""
    if not parts:
        while title := click.prompt("Into (enter to end)", default="", show_default=False).strip():
            parts.append(SplitPart(title=title, takes=()))
    taken = {name for part in parts for name in part.takes}
    left = [each for each in moments if each not in taken and each.partition("#")[0] not in taken]
    for number, part in enumerate(parts, 1):
        output.write(f"  {number}  {safe(part.title)}\n")
    for name in left if parts else ():
        moment = moments[name]
        words = moment.quotes[0].text if moment.quotes else moment.words
        output.write(f"{safe(name)}  {safe(words)}\n")
        choice = click.prompt("Goes to", type=click.IntRange(1, len(parts)))
        chosen = parts[choice - 1]
        parts[choice - 1] = SplitPart(title=chosen.title, takes=(*chosen.takes, name))
    return parts

"""`ost target`: choose an opportunity over its siblings and record the decision."""

from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.questions import ask
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.cli.terminal import output
from ost.edit import status
from ost.edit.move import resolve
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.tree.model import NodeId


@click.command("target")
@click.argument("node", metavar="ID", shell_complete=complete)
@click.option("--because", metavar="WORDS", default="", help="The reason, in a few words.")
@click.option(
    "--over",
    multiple=True,
    metavar="ID",
    shell_complete=complete,
    help="The opportunity it was compared with.  [default: its siblings]",
)
@click.option(
    "--door", type=click.Choice(["one-way", "two-way"]), help="Whether the decision can be undone."
)
@click.option("--revisit", metavar="WORDS", default="", help="The day or the sign to revisit it.")
@click.option("--title", metavar="WORDS", default="", help="The decision's title.")
@dry_run_option
@folder_option
def command(
    node: str,
    because: str,
    over: tuple[str, ...],
    door: str | None,
    revisit: str,
    title: str,
    dry_run: bool,
    folder: Path,
) -> None:
    """Make an opportunity the target and record the decision.

    The decision names the siblings it was chosen over. At a terminal, it lists them and asks for
    the reason.

    \b
    ost target cannot-agree --because "it ends the evening, and everyone mentioned it"
    ost target cannot-agree --over out-of-episodes --because "mentioned most often" --door two-way
    """
    work = Refactoring(folder)
    content = work.content
    found = resolve(content, node)
    status.fitting(content, found)
    others = tuple(resolve(content, each) for each in over) or status.siblings(content, found)
    if not others:
        raise Misuse(f"{found!r} has no siblings to compare it with; name some with --over")
    tree = content.tree
    if output.asking() and not because:
        for other in others:
            output.write(f"  over {safe(other)}  {safe(tree.by_id[NodeId(other)].title)}\n")
    words = because or ask("Because", f"a reason is needed: ost target {found} --because WORDS")
    draft = status.decision(
        content,
        found,
        words,
        over=others,
        title=title or f"Target: {tree.by_id[NodeId(found)].title}",
        today=work.opened.today,
        door=door or "",
        revisit=revisit,
    )
    rewrite = status.target(content, found, words, over=others, draft=draft)
    message = f"{found} is the target, decided in {draft.path}"
    work.end(rewrite, message, dry_run=dry_run)
    if not dry_run:
        for other in others:
            if tree.by_id[NodeId(other)].own_status() == "target":
                output.complain(f"ost: {safe(other)} is still a target, too")

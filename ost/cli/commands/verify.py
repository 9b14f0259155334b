"""`ost verify`: sign machine-made drafts."""

from contextlib import closing
from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.cli.terminal import output
from ost.edit.move import resolve
from ost.edit.signature import signed
from ost.errors import Misuse, OstError
from ost.exchange.reports.paint import safe
from ost.history.git import user
from ost.tree.model import NodeId
from ost.tree.node import DRAFT


@click.command("verify")
@click.argument("nodes", nargs=-1, metavar="[ID]...", shell_complete=complete)
@click.option("--by", default="", metavar="NAME", help="Who signs.  [default: git's user.name]")
@dry_run_option
@folder_option
def command(nodes: tuple[str, ...], by: str, dry_run: bool, folder: Path) -> None:
    """Sign drafts that you have checked, so that they count.

    A draft is a node with `generated` in its front matter. Without ID, it lists the unsigned
    drafts. It adds only the signature, to all named drafts or to none.

    \b
    ost verify
    ost verify p07-film-night
    ost verify p07-film-night p08-two-on-a-sofa --by "Ada King"
    """
    work = Refactoring(folder)
    if not nodes:
        _list(work)
        return
    name = " ".join(by.split()) or _name(folder)
    ids = [resolve(work.content, each) for each in nodes]
    rewrite = signed(work.content, ids, name, work.opened.today)
    work.end(rewrite, f"{name} signed {', '.join(dict.fromkeys(ids))}", dry_run=dry_run)


_DRAFTS = "select id from node where status = ? order by id"


def _list(work: Refactoring) -> None:
    with closing(work.opened.project.connect()) as state:
        ids = [NodeId(row[0]) for row in state.execute(_DRAFTS, (DRAFT.name,))]
    tree = work.content.tree
    # Another package's kind may have a status of that name.
    drafts = [tree.by_id[each] for each in ids if tree.by_id[each].draft]
    for node in drafts:
        where = work.opened.link(node.path, safe(work.opened.shown(node.path)))
        output.write(f"{safe(str(node.id))}  {output.paint()('dim', where)}\n")
    if not drafts:
        output.write("no unsigned drafts\n")


def _name(folder: Path) -> str:
    """The name in git's settings."""
    try:
        name = user(folder)
    except OstError:
        name = ""
    if not name:
        raise Misuse("git has no user.name; say who signs: --by NAME")
    return name

"""`ost verify`: sign drafts that a machine made."""

from pathlib import Path

import click

from ost.cli.files import rewrite
from ost.cli.ids import complete, named
from ost.cli.parameters import folder_option
from ost.cli.terminal import output
from ost.cli.workspace import Opened
from ost.edit.signature import signed
from ost.errors import Misuse, OstError, Trouble
from ost.exchange.reports.paint import safe
from ost.history.git import user
from ost.project.content import contents
from ost.tree.model import Node, NodeId
from ost.tree.tree import Tree

BOM = "\ufeff"


@click.command("verify")
@click.argument("nodes", nargs=-1, metavar="[ID]...", shell_complete=complete)
@click.option("--by", default="", metavar="NAME", help="Who signs.  [default: git's user.name]")
@folder_option
def command(nodes: tuple[str, ...], by: str, folder: Path) -> None:
    """Sign drafts that you have checked, so that they count.

    A draft is a node with `generated` in its front matter. Without ID, it lists those that wait.
    Only the line with the signature is added.

    \b
    ost verify
    ost verify p07-film-night
    ost verify p07-film-night p08-two-on-a-sofa --by "Ada King"
    """
    opened = Opened(folder)
    opened.refresh()
    tree = contents(opened.project).tree()
    if not nodes:
        _list(tree, opened)
        return
    connection = opened.project.connect()
    chosen = [tree.by_id[NodeId(named(connection, each))] for each in dict.fromkeys(nodes)]
    name = " ".join(by.split()) or _name(folder)
    texts: dict[str, str] = {}
    for node in chosen:
        before = texts.get(node.path) or _text(opened, node.path)
        texts[node.path] = _signed(node, before, name, opened)
    for path, text in texts.items():
        rewrite(opened.content / path, text.encode("utf-8"), opened.root)
    for node in chosen:
        output.write(f"{safe(name)} signed {safe(str(node.id))}: it counts now\n")


def _list(tree: Tree, opened: Opened) -> None:
    drafts = [node for node in tree.nodes(Node) if node.draft]
    for node in drafts:
        where = opened.link(node.path, safe(opened.shown(node.path)))
        output.write(f"{safe(str(node.id))}  {output.paint()('dim', where)}\n")
    if not drafts:
        output.write("no draft waits\n")


def _signed(node: Node, before: str, name: str, opened: Opened) -> str:
    made = node.generated
    if node.entry.field("generated") is None:
        raise Misuse(f"{node.id!r} is not a draft: a person wrote it")
    if not node.draft:
        raise Misuse(f"{node.id!r} is signed already")
    if made and name == (made.by or "").strip():
        raise Misuse(f"{name!r} drafted it; someone else must sign it: --by NAME")
    if made and made.at and made.at > opened.today:
        raise Misuse(f"{node.id!r} was drafted on {made.at}, after today; correct that day first")
    mark = BOM if before.startswith(BOM) else ""
    text = signed(before.removeprefix(BOM), node.path, str(node.id), name, opened.today)
    return mark + text


def _text(opened: Opened, path: str) -> str:
    fence = opened.project.fence
    try:
        return fence.read(fence.inner(path)).decode("utf-8")
    except UnicodeDecodeError:
        raise Misuse(f"{opened.shown(path)} is not UTF-8; fix this first") from None
    except OSError as error:
        raise Trouble(f"{opened.shown(path)} cannot be read: {error.strerror}") from None


def _name(folder: Path) -> str:
    """The name in git's settings."""
    try:
        name = user(folder)
    except OstError:
        name = ""
    if not name:
        raise Misuse("git knows no user.name; say who signs: --by NAME")
    return name

"""`ost mv`: rename or move a node, or move a file."""

from pathlib import Path

import click

from ost.cli.ids import complete
from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.edit import move
from ost.errors import Misuse
from ost.read.suffixes import MARKDOWN


@click.command("mv")
@click.argument("what", metavar="ID|FILE", shell_complete=complete)
@click.argument("to", metavar="[NEW-ID|FOLDER/|FILE]", required=False)
@click.option("--under", metavar="ID", shell_complete=complete, help="The new parent.")
@dry_run_option
@folder_option
def command(what: str, to: str | None, under: str | None, dry_run: bool, folder: Path) -> None:
    """Rename or move a node, or move a file.

    Everything that refers to it follows: fields, links, paths. An old id becomes an alias.
    Only the characters that must change are changed, in all files or in none.

    \b
    ost mv slow-search cannot-find-it-again
    ost mv slow-search --under more-teams-stay
    ost mv content/slow-search.md content/search/
    ost mv slow-search cannot-find-it-again --dry-run
    """
    if (to is None) == (under is None):
        raise Misuse("say where to: a new id, a folder, or --under ID")
    work = Refactoring(folder)
    content = work.content
    if under is not None:
        node, parent = move.resolve(content, what), move.resolve(content, under)
        rewrite = move.change_parent(content, node, parent)
        work.end(rewrite, f"moved {node} under {parent}", dry_run=dry_run)
        return
    to = to or ""
    into = to.endswith("/") or Path(to).is_dir()
    if into or Path(what).is_file() or ("/" in to and to.casefold().endswith(MARKDOWN)):
        old = _file(work, what)
        new = _joined(work.opened.inner(to), old) if into else work.opened.inner(to)
        rewrite = move.relocate(content, {old: new})
        work.end(rewrite, f"moved {old} to {new}", dry_run=dry_run)
        return
    to = to.removesuffix(".md")
    node = move.resolve(content, what)
    rewrite = move.rename(content, node, to)
    work.end(rewrite, f"renamed {node} to {to}", dry_run=dry_run)


def _file(work: Refactoring, typed: str) -> str:
    """The content's path of a typed file, or of the file that a node is written in."""
    if Path(typed).is_file():
        return work.opened.inner(typed)
    node = move.resolve(work.content, typed)
    path, entry = move.only(work.content, node)
    if entry.id:
        raise Misuse(f"{node!r} shares {path} with other nodes; move or `ost explode` the file")
    return path


def _joined(folder: str, path: str) -> str:
    name = path.rpartition("/")[2]
    if name.casefold() == "index.md" and "/" in path:
        name = f"{path.split('/')[-2]}.md"
    return f"{folder}/{name}" if folder else name

"""`ost fmt`: format the nodes' files."""

from pathlib import Path

import click

from ost.cli.parameters import folder_option
from ost.cli.rewrites import Refactoring, dry_run_option
from ost.cli.terminal import output
from ost.edit.format import formatted
from ost.errors import Misuse
from ost.exchange.reports.paint import safe


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[FILE|FOLDER]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@dry_run_option
@folder_option
def command(paths: tuple[str, ...], check: bool, dry_run: bool, folder: Path) -> int:
    """Format the nodes' files without changing what they say.

    Strips trailing spaces from front matter, quotes `[[id]]` there, spells names as the ids are
    spelt, and ends each file with one newline. It never touches order, comments or text.

    \b
    ost fmt
    ost fmt content/interviews --dry-run
    ost fmt --check
    """
    work = Refactoring(folder, whole=True)
    content = work.content
    asked = [work.opened.inner(each) for each in paths] or [""]
    found = [
        path
        for path in content.documents
        if any(not each or path == each or path.startswith(f"{each}/") for each in asked)
    ]
    if not found and paths:
        raise Misuse(f"no file to format in {', '.join(paths)}")
    made = formatted(content, found)
    for reason in made.skipped:
        output.complain(f"ost fmt: skipped {safe(reason)}")
    if check and not dry_run:
        for path in made.touched:
            output.write(f"{safe(work.opened.shown(path))} would change\n")
        return int(not made.empty)
    work.end(made, "formatted", dry_run=dry_run)
    return int(check and not made.empty)

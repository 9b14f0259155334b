"""`ost merge-driver`: merge tree files in git."""

from pathlib import Path

import click

from ost.cli.terminal import output
from ost.edit.conflicts import Merged, resolve
from ost.history.process import run
from ost.limits import LARGEST_FILE
from ost.read.diagnostic import Severity
from ost.read.parse import parse
from ost.read.place import normalize_newlines


@click.command("merge-driver")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("size", type=click.IntRange(1, 100), default=7)
@click.argument("path", default="")
@click.pass_context
def command(ctx: click.Context, base: Path, ours: Path, theirs: Path, size: int, path: str) -> None:
    """Merge a file when git asks: both sides appended to a list, added moments, or changed
    different keys. Anything uncertain is left with git's markers, and `ost check` points at them.

    `ost init` sets it up. By hand:

    \b
    echo '*.md merge=ost' >> .gitattributes
    git config merge.ost.name 'opportunity solution tree'
    git config merge.ost.driver 'ost merge-driver %O %A %B %L %P'
    """
    merged = _merged(base, ours, theirs, size)
    if merged is None:
        output.complain(f"{path or ours}: git cannot merge this file; it keeps our side")
        ctx.exit(1)
        return
    ours.write_bytes(merged.text.encode("utf-8", "surrogateescape"))
    ctx.exit(1 if merged.left else 0)


def _merged(base: Path, ours: Path, theirs: Path, size: int) -> Merged | None:
    """Git's merge, minus conflicts that are none in a tree; None if git cannot merge it."""
    if any(each.stat().st_size > LARGEST_FILE for each in (base, ours, theirs)):
        return None
    files = [str(each.resolve()) for each in (ours, base, theirs)]
    names = ("-L", "ours", "-L", "base", "-L", "theirs")
    ended = run(Path(), "merge-file", "-p", "--diff3", f"--marker-size={size}", *names, *files)
    if ended.returncode < 0 or ended.returncode > 127:
        return None
    text = ended.stdout.decode("utf-8", "surrogateescape")
    if ended.returncode == 0:
        return Merged(text, 0)
    merged = resolve(text, size)
    if merged.left == 0 and _is_broken(merged.text, ours, theirs):
        plain = run(Path(), "merge-file", "-p", f"--marker-size={size}", *names, *files)
        return Merged(plain.stdout.decode("utf-8", "surrogateescape"), 1)
    return merged


def _is_broken(text: str, *sides: Path) -> bool:
    """Whether reading finds an error in the merged text that neither side has."""
    known = {code for side in sides for code in _errors(_text(side))}
    return bool(_errors(text) - known)


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "surrogateescape")


def _errors(text: str) -> set[str]:
    plain = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    found = parse(normalize_newlines(plain)).diagnostics
    return {each.code for each in found if each.severity is Severity.ERROR}

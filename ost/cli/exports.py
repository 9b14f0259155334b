"""`ost export FORMAT`: the built-in formats."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from ost.cli import pictures
from ost.cli.files import create, rewrite
from ost.cli.parameters import as_of_option, at_option, folder_option
from ost.cli.projects import open_project
from ost.cli.selectors import select_option, selection
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, display_path
from ost.errors import Misuse
from ost.exchange.forest import Forest, LogEntry, NodeText, forest
from ost.exchange.formats import Format
from ost.exchange.reports.paint import safe
from ost.notation import notation
from ost.words import counted

_TEXTS = "select id, body, notation from node"


def command(name: str, format_: Format) -> click.Command:
    """The command of one format."""

    @click.command(name, help=f"{format_.help}\n\n\b\n{_examples(name, format_)}")
    @click.argument("out", required=format_.folder, default=None if format_.folder else "-")
    @folder_option
    @select_option
    @as_of_option
    @at_option
    @click.option("--overwrite", is_flag=True, help="Replace files that differ.")
    def run(
        out: str,
        folder: Path,
        select: str | None,
        as_of: date | None,
        at: str | None,
        overwrite: bool,
    ) -> None:
        if format_.folder and out == "-":
            raise Misuse(f"{name} is a folder of files: ost export {name} FOLDER")
        opened = open_project(folder, at, as_of)
        opened.refresh()
        made = format_.export(material(opened, select or "", logged=name == "okf"))
        if out == "-":
            output.write(str(made), raw=True)
        else:
            files = {"": made} if isinstance(made, str) else made
            if not isinstance(made, str):
                _outside(opened, Path(out), made)
            _written(Path(out), files, opened.root, overwrite=overwrite)

    return run


def picture(form: str) -> click.Command:
    """The command for a picture that a browser draws."""
    svg = Format("svg")
    example = f"ost export {form} target.{form} --select target+"

    @click.command(form, help=f"{pictures.FORMS[form]}\n\n\b\n{example}")
    @click.argument("out", type=click.Path(path_type=Path))
    @folder_option
    @select_option
    @as_of_option
    @at_option
    @click.option("--overwrite", is_flag=True, help="Replace an existing picture.")
    def run(
        out: Path,
        folder: Path,
        select: str | None,
        as_of: date | None,
        at: str | None,
        overwrite: bool,
    ) -> None:
        if out.exists() and not overwrite:
            raise Misuse(
                f"{display_path(out)} already exists; choose another name or add --overwrite"
            )
        opened = open_project(folder, at, as_of)
        opened.refresh()
        drawn = pictures.drawn(str(svg.export(material(opened, select or "", logged=False))), form)
        out.parent.mkdir(parents=True, exist_ok=True)
        rewrite(out, drawn, opened.root)
        output.write(f"{output.paint()('bold green', 'wrote')} {safe(display_path(out))}\n")

    return run


def _examples(name: str, format_: Format) -> str:
    out = "FOLDER" if format_.folder else "FILE"
    lines = [f"ost export {name} {out}", f"ost export {name} {out} --select target+"]
    return "\n".join(lines)


def material(opened: CommandProject, selector: str, *, logged: bool) -> Forest:
    """The selected part of an up-to-date project; an empty selector selects everything."""
    from ost.project.content import contents

    ids = selection(opened, selector)
    texts = {
        node_id: NodeText(body or "", notation(marks))
        for node_id, body, marks in opened.project.connect().execute(_TEXTS)
    }
    log = _log(opened, frozenset(ids)) if logged else ()
    return forest(contents(opened.project).tree(), ids, texts, log)


def _log(opened: CommandProject, ids: frozenset[str]) -> tuple[LogEntry, ...]:
    """What each day's commits changed in the nodes, newest first."""
    from ost.cli.commits import changes_by_day

    return tuple(LogEntry(day, sentences) for day, sentences in changes_by_day(opened, ids))


def _outside(opened: CommandProject, out: Path, files: Mapping[str, str]) -> None:
    """Refuses to write Markdown where the project would read it as nodes."""
    content, target = opened.content.resolve(), out.resolve()
    if not target.is_relative_to(content) or not any(each.endswith(".md") for each in files):
        return
    if not any(each.startswith(".") for each in target.relative_to(content).parts):
        raise Misuse(
            f"{display_path(out)} is inside the content folder, where its files would be read as"
            " nodes; name a folder outside"
        )


def _written(out: Path, files: Mapping[str, str], root: Path, *, overwrite: bool) -> None:
    """Writes the files that differ; refuses to replace a file unless `overwrite` is set."""
    paths = {(out / name if name else out): text for name, text in files.items()}
    there = {path: _text(path) for path in paths}
    differing = [path for path, text in paths.items() if there[path] not in {None, text}]
    if differing and not overwrite:
        more = f" and {len(differing) - 1:,} more" if len(differing) > 1 else ""
        raise Misuse(
            f"{display_path(differing[0])}{more} already there and different;"
            " choose another name or add --overwrite"
        )
    for path, text in paths.items():
        if there[path] is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            create(path, text, root)
        elif there[path] != text:
            rewrite(path, text.encode("utf-8", "surrogateescape"), root)
    written = sum(there[path] != text for path, text in paths.items())
    did = output.paint()("bold green", "wrote") if written else "unchanged:"
    output.write(f"{did} {safe(display_path(out))}\n")
    if "" not in files:
        output.write(f"{counted(len(files), 'file')}, {written:,} of them written\n")


def _text(path: Path) -> str | None:
    """A file's text; None if there is no file."""
    if not path.exists() and not path.is_symlink():
        return None
    if path.is_dir():
        raise Misuse(f"{display_path(path)} is a folder; name a file")
    return path.read_bytes().decode("utf-8", "surrogateescape")

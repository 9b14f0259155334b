"""`ost init`: start a tree."""

from collections.abc import Iterator
from pathlib import Path
from string import Template

import click

from ost.cli import origin
from ost.cli.files import create
from ost.cli.terminal import output
from ost.cli.workspace import display_path
from ost.errors import Misuse, OstError
from ost.exchange.reports.paint import safe
from ost.project.templates import TEMPLATES, template

DRIVER = (
    "if command -v ost >/dev/null; then ost merge-driver %O %A %B %L %P; "
    "else git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; fi"
)
"""Without `ost`, git merges as usual; a missing driver would take our side for both."""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--title", help="The tree's title.  [default: the folder's name]")
@click.option("--agents", is_flag=True, help="Write AGENTS.md, the guide for coding agents.")
@click.option("--cms", is_flag=True, help="Write admin/, an editor in the browser.")
def command(
    folder: Path,
    title: str | None,
    agents: bool,
    cms: bool,
) -> None:
    """Start a tree: settings, a first outcome, a guide, CI, editor settings.

    It keeps files that exist and lists them. It refuses a folder that has an ost.toml, except with
    --agents or --cms: these add just their files to a tree that exists.

    \b
    ost init              here
    ost init my-tree      in a new folder
    ost init --agents     and AGENTS.md, for coding agents
    ost init --cms        and admin/, to write without git (Sveltia CMS, Decap CMS)
    """
    there = (folder / "ost.toml").exists()
    if there and not (agents or cms):
        raise Misuse(f"{display_path(folder / 'ost.toml')} already exists; name a new folder")
    if not there:
        _start(folder, title)
    for path, text in _extras(folder, agents=agents, cms=cms):
        if path.exists():
            output.write(f"kept {safe(display_path(path))}\n")
        else:
            create(path, text, folder)
            output.write(f"wrote {safe(display_path(path))}\n")
    if not there:
        here = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
        output.write(f"\nnext: {output.paint()('bold', safe(f'{here}ost serve'))}\n")


def _extras(folder: Path, *, agents: bool, cms: bool) -> Iterator[tuple[Path, str]]:
    """The files that are written only on request."""
    if agents:
        yield folder / "AGENTS.md", template("AGENTS.md")
    if cms:
        from ost.cli.cms import page, settings

        yield folder / "admin" / "config.yml", settings(folder)
        yield folder / "admin" / "index.html", page(folder)


def _start(folder: Path, title: str | None) -> None:
    """Writes a new tree. What exists is kept."""
    named = title or folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    started = any((folder / "content").glob("*"))
    kept = []
    for name, text in _files(named):
        path = folder / name
        if path.exists() or (started and name.startswith("content/")):
            kept.append(path)
            continue
        create(path, text, folder)
        output.write(f"wrote {safe(display_path(path))}\n")
    for path in kept:
        output.write(f"kept {safe(display_path(path))}\n" if path.exists() else "")
    if _merges(folder):
        output.write("set up git to merge tree files (merge.ost.driver)\n")


def _merges(folder: Path) -> bool:
    """Sets up the merge driver in this clone's settings; says whether it did."""
    from ost.history.git import Repository
    from ost.history.process import run

    try:
        Repository(folder)
    except OstError:
        return False
    settings = {
        "merge.ost.name": "opportunity solution tree",
        "merge.ost.driver": DRIVER,
    }
    known = run(folder, "config", "--local", "--get", "merge.ost.driver").stdout
    return not known and all(
        run(folder, "config", "--local", name, value).returncode == 0
        for name, value in settings.items()
    )


def _files(title: str) -> list[tuple[str, str]]:
    """Every file to write, by its path; settings last, because they make it a tree."""
    top = TEMPLATES / "init"
    found = sorted(path for path in top.rglob("*") if path.is_file())
    names = [path.relative_to(top).as_posix() for path in found]
    plain = title.replace("\\", "").replace('"', "'")
    values = {"title": " ".join(plain.split()), "install": origin.command()}
    files = [
        (
            "/".join(
                part.replace("dot-", ".", 1) if part.startswith("dot-") else part
                for part in name.split("/")
            ),
            Template(template(f"init/{name}")).safe_substitute(values),
        )
        for name in names
        if name != "ost.toml"
    ]
    page = "---\nkind: interview\ndate:\nparticipant:\n---\n# \n\n" + template("new/interview.md")
    settings = Template(template("init/ost.toml")).safe_substitute(values)
    return [*files, ("templates/interview.md", page), ("ost.toml", settings)]

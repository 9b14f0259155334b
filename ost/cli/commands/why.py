"""`ost why`: from what is built to people's words."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import click
from msgspec.structs import replace

from ost.cli import chains, queries
from ost.cli.parameters import at_option, folder_option, format_choice
from ost.cli.projects import opened_at
from ost.cli.terminal import output
from ost.cli.workspace import Opened
from ost.errors import Misuse, OstError, Trouble
from ost.exchange.reports import json
from ost.exchange.why import markdown, text
from ost.exchange.why.chain import Chain, weakest
from ost.history.git import Commit, Repository
from ost.read.inline import wikilinks
from ost.words import suggestion

MOST = 200
"""So many commits of a file are asked for their trailers."""

HOW = (
    "add a line to a commit message: `Solution: [[its-id]]`, or a link to its page; "
    "tickets are named in the node's `links:`"
)


@click.command("why")
@click.argument("thing", required=False, default="")
@click.option("--range", "range_", metavar="A..B", help="The commits of a pull request.")
@click.option(
    "--tree",
    "tree",
    type=click.Path(path_type=Path),
    help="Where the tree is: a checkout's folder, or a published file.",
)
@folder_option
@at_option
@format_choice("json", "markdown", help="For people, for programs, or for a comment.")
def command(
    thing: str,
    range_: str | None,
    tree: Path | None,
    folder: Path,
    at: str | None,
    form: str,
) -> None:
    """Say why we are building this: from a node, a commit, a source file or a ticket to what people
    said.

    THING is a node's id, a ticket that a node names in `links:`, a source file (by its commits), a
    commit, or a range of commits such as main..HEAD. Commits name what they are for at their end:
    `Solution: [[id]]`, or a link to its page. The tree may be elsewhere: --tree.

    \b
    ost why veto-by-phone
    ost why src/player.py
    ost why PROJ-112
    ost why --range main..HEAD --tree ../discovery --format markdown
    """
    if bool(thing) == bool(range_):
        raise Misuse("name one thing: a node, a commit, a file, a ticket, or --range A..B")
    made = chains_for(_place(tree or folder, at), folder, thing, range_)
    if form == "json":
        output.write(json.render(made), raw=True)
    elif form == "markdown":
        output.write(markdown.render(made), raw=True)
    elif made:
        output.write("\n".join(text.render(each, output.paint()) for each in made))
    else:
        output.write(f"no commit of {thing or range_} names a node of the tree; {HOW}\n")


class TreeSource(NamedTuple):
    """Where the tree is: its tables, and the project if it is a checkout."""

    connection: sqlite3.Connection
    opened: Opened | None


def chains_for(
    place: TreeSource, folder: Path, thing: str, range_: str | None = None
) -> list[Chain]:
    """The chain of each node that a thing, or a range of commits, is for."""
    found = list(_found(place, folder, thing, range_))
    return [_suspected(chains.chain_of(place.connection, *each), place) for each in found]


def _place(path: Path, at: str | None) -> TreeSource:
    """A checkout's folder, a published file, or the folder that `ost build` fills."""
    if at is not None:
        if path.is_file():
            raise Misuse(f"--at reads a revision, and {str(path)!r} is a published file")
        return _checkout(opened_at(path, at))
    if path.is_dir() and (path / "current.json").is_file() and not (path / "ost.toml").exists():
        return TreeSource(_published(path / _current(path)), None)
    if path.is_file():
        return TreeSource(_published(path), None)
    if not path.is_dir():
        raise Misuse(f"there is no folder or file {str(path)!r}")
    return _checkout(Opened(path))


def _checkout(opened: Opened) -> TreeSource:
    opened.refresh()
    return TreeSource(opened.project.connect(), opened)


def _current(folder: Path) -> str:
    import json as plain

    with suppress(OSError, ValueError):
        said = plain.loads((folder / "current.json").read_bytes())
        if isinstance(said, dict) and isinstance(said.get("file"), str):
            return Path(said["file"]).name
    raise Trouble(f"{folder / 'current.json'}: this names no published file")


def _published(file: Path) -> sqlite3.Connection:
    from ost.publish.queries import connect

    try:
        connection = connect(file)
        connection.execute("select id, parent, fields from node limit 1").fetchone()
    except sqlite3.Error:
        raise Trouble(f"{file}: this is not a file that `ost build` published") from None
    return connection


def _found(
    place: TreeSource, folder: Path, thing: str, range_: str | None
) -> Iterator[tuple[str, str]]:
    """The nodes that are meant, and how each was found."""
    node, near = queries.near(place.connection, thing) if thing else ("", "")
    if range_ is None and not node and ".." in thing.strip("./") and not Path(thing).exists():
        range_ = thing
    if range_ is not None:
        begin, dots, end = range_.replace("...", "..").partition("..")
        if not dots:
            raise Misuse(f"--range {range_}: not a range; write one such as main..HEAD")
        yield from _named_by(place, _range(Repository(folder), begin or "HEAD", end or "HEAD"))
        return
    if node:
        yield node, ""
        return
    if tickets := chains.nodes_of_ticket(place.connection, thing):
        yield from ((each, f"{thing} is a link of {each}") for each in tickets)
        return
    try:
        commits = list(_commits(Repository(folder), folder, thing))
    except OstError:
        raise Misuse(f"{thing!r} is not a node, ticket, file or commit{suggestion(near)}") from None
    yield from _named_by(place, commits)


def _range(repository: Repository, begin: str, end: str) -> Iterable[Commit]:
    first, last = repository.commit(begin), repository.commit(end)
    return repository.commits(last.id, f"^{first.id}")


def _commits(repository: Repository, folder: Path, thing: str) -> Iterable[Commit]:
    """The commits of a file, or the one that is named."""
    file = Path(thing) if Path(thing).exists() else folder / thing
    if file.exists():
        inside = file.resolve()
        top = repository.top.resolve()
        if not inside.is_relative_to(top):
            raise Misuse(f"{thing}: this file is outside of {top}")
        path = inside.relative_to(top).as_posix()
        return repository.commits("HEAD", most=MOST, path=path)
    return [repository.commit(thing)]


def _named_by(place: TreeSource, commits: Iterable[Commit]) -> Iterator[tuple[str, str]]:
    """The nodes that commits name, each once, newest first."""
    seen: set[str] = set()
    known = set(queries.ids(place.connection))
    for commit in commits:
        for word in trailers(commit.body):
            node = next((each for each in candidates(word) if each in known), "")
            if not node:
                node = next(
                    (
                        found
                        for each in candidates(word)[:1]
                        if (found := queries.near(place.connection, each)[0])
                    ),
                    "",
                )
            if node and node not in seen:
                seen.add(node)
                yield node, f"named by {commit.id[:8]} {commit.subject}"


_TRAILER = re.compile(
    r"^(?:solution|opportunity|outcome|assumption|test|decision|why)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)


def trailers(body: str) -> list[str]:
    """What a commit's message says it is for."""
    return [
        word.strip()
        for said in _TRAILER.findall(body)
        for word in re.findall(r"\[\[[^\]]*\]\]|[^\s,]+", said)
    ]


def candidates(word: str) -> list[str]:
    """The ids that a trailer may mean: `[[id|words]]`, a bare id, or an address that holds one."""
    links = wikilinks(word)
    inside = links[0].target if links else word.strip(" ,[]").split("#", 1)[0].strip()
    if "://" not in inside:
        return [inside] if inside else []
    parts = [unquote(each) for each in urlsplit(inside).path.split("/") if each]
    return [each.removesuffix(".html").removesuffix(".json") for each in reversed(parts)]


def _suspected(chain: Chain, place: TreeSource) -> Chain:
    """The chain, with what has changed since its decisions; where there is no history as it is."""
    if place.opened is None or not chain.decisions:
        return chain
    from ost.project.revision import Revision
    from ost.project.sides import committed, working
    from ost.project.suspects import suspects_since

    with suppress(OstError):
        known = {each.id: queries.known(place.connection, each.id) for each in chain.decisions}
        project = place.opened.project
        side = committed(project, None) if isinstance(project, Revision) else working(project)
        reasons = suspects_since(project, known, side.records)
        decisions = tuple(
            replace(each, suspect=reasons.get(each.id, ())) for each in chain.decisions
        )
        chain = replace(chain, decisions=decisions)
        return replace(chain, weakest=weakest(chain))
    return chain

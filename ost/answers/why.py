"""Why something is being built: the nodes that a node, ticket, file, commit or range of commits is
for, and their chains to what people said.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from ost.answers import chains, queries
from ost.errors import Misuse, OstError
from ost.exchange.why.chain import Chain, weakest
from ost.history.git import Commit, Repository
from ost.project import Project
from ost.read.inline import wikilinks
from ost.words import suggestion

Complain = Callable[[str], object]
"""Takes what a person should know besides the answer."""

MOST = 200
"""So many commits of a file are asked for their trailers."""


class TreeSource(NamedTuple):
    """Where the tree is: its tables, and the project if it is a checkout."""

    connection: sqlite3.Connection
    project: Project | None


def chains_for(
    place: TreeSource,
    folder: Path,
    thing: str,
    range_: str | None = None,
    *,
    titles: bool = False,
    complain: Complain = str,
) -> list[Chain]:
    """The chain of each node that a thing, or a range of commits, is for. `complain` gets
    the links in commits that lead nowhere.
    """
    made = (
        chains.chain_of(place.connection, *each, titles=titles)
        for each in _found(place, folder, thing, range_, complain)
    )
    return [_suspected(chain, place) for chain in made]


def _found(
    place: TreeSource, folder: Path, thing: str, range_: str | None, complain: Complain
) -> Iterator[tuple[str, str]]:
    """The nodes that are meant, and how each was found."""
    node, near = queries.near(place.connection, thing) if thing else ("", "")
    if range_ is None and not node and ".." in thing.strip("./") and not Path(thing).exists():
        range_ = thing
    if range_ is not None:
        begin, dots, end = range_.replace("...", "..").partition("..")
        if not dots:
            raise Misuse(f"--range {range_}: not a range; write one such as main..HEAD")
        commits = list(_range(Repository(folder), begin or "HEAD", end or "HEAD"))
        yield from _named_by(place, commits, complain)
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
    yield from _named_by(place, commits, complain)


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


def _named_by(
    place: TreeSource, commits: Iterable[Commit], complain: Complain
) -> Iterator[tuple[str, str]]:
    """The nodes that commits name, each once, newest first."""
    seen: set[str] = set()
    known = set(queries.ids(place.connection))
    for commit in commits:
        for word in trailers(commit.body):
            meant = candidates(word)
            node = next((each for each in meant if each in known), "")
            likely = ""
            if not node and meant:
                node, likely = queries.near(place.connection, meant[0])
            if node and node not in seen:
                seen.add(node)
                yield node, f"named by {commit.id[:8]} {commit.subject}"
            elif not node and word.startswith("[["):
                said = f"{commit.id[:8]} names {meant[0] if meant else word!r}"
                complain(f"{said}, which is not a node of the tree{suggestion(likely)}")


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
    """The chain, with what has changed since its decisions; unchanged without history."""
    if place.project is None or not chain.decisions:
        return chain
    from ost.project.revision import Revision
    from ost.project.sides import committed, working
    from ost.project.suspects import suspects_since

    with suppress(OstError):
        known = {each.id: queries.known(place.connection, each.id) for each in chain.decisions}
        project = place.project
        side = committed(project, None) if isinstance(project, Revision) else working(project)
        reasons = suspects_since(project, known, side.records)
        decisions = tuple(
            replace(each, suspect=reasons.get(each.id, ())) for each in chain.decisions
        )
        chain = replace(chain, decisions=decisions)
        return replace(chain, weakest=weakest(chain))
    return chain

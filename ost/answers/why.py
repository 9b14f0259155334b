"""Why something is being built: the nodes behind a ticket, file, commit or range of commits, and
their chains to what people said.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ost.answers import chains, queries
from ost.answers.trailers import candidates, is_link, trailers
from ost.errors import Misuse, OstError
from ost.exchange.why.chain import Chain, weakest
from ost.history.git import Commit, Repository
from ost.project import Project
from ost.words import suggestion

Complain = Callable[[str], object]
"""Takes a warning for the user."""

MOST = 200
"""How many commits of a file are read for their trailers."""


class TreeSource(NamedTuple):
    """The tree's tables, and the project if it is a checkout."""

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
    """The chain of each node behind a thing or a range of commits. `complain` gets the links in
    commits that lead nowhere.
    """
    made = (
        chains.chain_of(place.connection, *each, titles=titles)
        for each in _found(place, folder, thing, range_, complain)
    )
    return [_suspected(chain, place) for chain in made]


def _found(
    place: TreeSource, folder: Path, thing: str, range_: str | None, complain: Complain
) -> Iterator[tuple[str, str]]:
    """The nodes behind the thing, and how each was found."""
    node, near = queries.similar_ids(place.connection, thing) if thing else ("", "")
    if range_ is None and not node and ".." in thing.strip("./") and not Path(thing).exists():
        range_ = thing
    if range_ is not None:
        begin, dots, end = range_.replace("...", "..").partition("..")
        if not dots:
            raise Misuse(f"--range {range_}: not a range; write it as main..HEAD")
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
        repository = Repository(folder)
        commits = list(_commits(repository, folder, thing))
    except OstError:
        if Path(thing).exists():
            raise
        raise Misuse(f"{thing!r} is not a node, ticket, file or commit{suggestion(near)}") from None
    if edge := next(filter(repository.is_edge, commits), None):
        complain(repository.edge(edge))
    yield from _named_by(place, commits, complain)


def _range(repository: Repository, begin: str, end: str) -> Iterable[Commit]:
    first, last = repository.commit(begin), repository.commit(end)
    return repository.commits(last.id, f"^{first.id}")


def _commits(repository: Repository, folder: Path, thing: str) -> Iterable[Commit]:
    """The commits of a file, or the named one; for a merge, also those it brought."""
    file = Path(thing) if Path(thing).exists() else folder / thing
    if file.exists():
        path = _inside(repository, file)
        return repository.commits("HEAD", most=MOST, path=path, follow=file.is_file())
    try:
        commit = repository.commit(thing)
    except OstError:
        if gone := list(repository.commits("HEAD", most=MOST, path=_inside(repository, file))):
            return gone
        raise
    if len(commit.parents) > 1:
        return repository.commits(commit.id, f"^{commit.parents[0]}")
    return [commit]


def _inside(repository: Repository, file: Path) -> str:
    """A file's path in the repository."""
    inside, top = file.resolve(), repository.top.resolve()
    if not inside.is_relative_to(top):
        raise Misuse(f"{file} is outside {top}")
    return inside.relative_to(top).as_posix()


def _named_by(
    place: TreeSource, commits: Iterable[Commit], complain: Complain
) -> Iterator[tuple[str, str]]:
    """The nodes that commits name, each once, newest first."""
    seen: set[str] = set()
    known = set(queries.ids(place.connection))
    for commit in commits:
        for word in trailers(commit.subject, commit.body):
            found, likely = _node_ids(place.connection, word, known)
            for node in found:
                if node not in seen:
                    seen.add(node)
                    yield node, f"named by {commit.id[:8]} {commit.subject}"
            if not found and (likely or is_link(word)):
                reason = f"{commit.id[:8]} names {word.strip('[]')!r}"
                complain(f"{reason}, which is not a node of the tree{suggestion(likely)}")


def _node_ids(
    connection: sqlite3.Connection, word: str, known: AbstractSet[str]
) -> tuple[list[str], str]:
    """The nodes that a word of a trailer names, or the one that was probably meant."""
    meant = candidates(word)
    if found := next((each for each in meant if each in known), ""):
        return [found], ""
    near = [queries.similar_ids(connection, each) for each in meant]
    if certain := next((node for node, _ in near if node), ""):
        return [certain], ""
    if not is_link(word):
        words = word.split()
        every = words if set(words) <= known else []
        return every, "" if every or len(words) > 1 else near[0][1]
    tickets = chains.nodes_of_ticket(connection, word) if "://" in word else []
    return tickets, "" if tickets or not near else near[0][1]


def _suspected(chain: Chain, place: TreeSource) -> Chain:
    """The chain with the changes since its decisions; unchanged without history."""
    if place.project is None or not chain.decisions:
        return chain
    from ost.project.revision import Revision
    from ost.project.sides import committed, working
    from ost.project.suspects import suspects_since

    with suppress(OstError):
        known = {each.id: queries.node_file(place.connection, each.id) for each in chain.decisions}
        project = place.project
        side = committed(project, None) if isinstance(project, Revision) else working(project)
        reasons = suspects_since(project, known, side.records)
        decisions = tuple(
            replace(each, suspect=reasons.get(each.id, ())) for each in chain.decisions
        )
        chain = replace(chain, decisions=decisions)
        return replace(chain, weakest=weakest(chain))
    return chain

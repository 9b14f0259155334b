"""Which decisions have become suspect since they were last edited."""

from collections.abc import Iterable

from ost.cli import queries
from ost.cli.comparing import held_in, inside
from ost.cli.opening import Opened
from ost.history.change import Verb
from ost.history.diff import compare
from ost.history.git import Repository
from ost.history.record import Records
from ost.project.past import last_changed, pasts
from ost.project.sides import records_of, working


def suspects_since(opened: Opened, decisions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What has changed below decisions since the commit that last changed each."""
    repository = Repository(opened.path if opened.path.is_dir() else opened.path.parent)
    connection = opened.project.connect()
    known = {each: queries.known(connection, each) for each in decisions}
    newest = repository.commit("HEAD")
    history = pasts(repository, inside(repository, opened.content), known, newest.id)
    since: dict[str, list[str]] = {}
    commits = {}
    for node, written in history.items():
        commit = last_changed(written)
        if commit is not None:
            commits[commit.id] = commit
            since.setdefault(commit.id, []).append(node)
    after = working(opened.project).records
    found: dict[str, tuple[str, ...]] = {}
    for name, nodes in since.items():
        held = held_in(repository, commits[name], opened.today)
        before = records_of(held) if held is not None else Records({})
        for each in compare(before, after):
            if each.change is Verb.SUSPECT and each.node in nodes:
                found[each.node] = tuple(str(one) for one in _listed(each.after))
    return found


def _listed(what: object) -> Iterable[object]:
    return what if isinstance(what, list | tuple) else ()

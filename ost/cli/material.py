"""What a newcomer's folder contains, and which command to run next."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ost.read.likeness import NOTES, TREE, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

_FOREIGN = "select path, message from diagnostic where code = 'OST005' order by path"
_MOST = 3


def seen(connection: "Connection", shown: "Callable[[str], str]") -> Iterator[str]:
    """A line for each kind of material that is not read yet."""
    files, nodes = connection.execute(
        "select (select count(*) from file), (select count(*) from node)"
    ).fetchone()
    if not files:
        yield "no Markdown here yet; start a tree with `ost init`"
        return
    rows = [(row[0], row[1]) for row in connection.execute(_FOREIGN)]
    trees = [shown(path) for path, message in rows if message.endswith(TREE)]
    notes = [shown(path) for path, message in rows if message.endswith(NOTES)]
    types = Counter(
        message.partition(TYPE)[2].strip("'\"") for _, message in rows if TYPE in message
    )
    if trees:
        yield f"{_listed(trees, 'a tree in one file')}: `ost import tree {_quoted(trees[0])}`"
    if notes:
        yield f"{_listed(notes, 'interview notes')}: `ost import podcast {_quoted(notes[0])}`"
    if types:
        common = ", ".join(f"{word} {count:,}" for word, count in types.most_common(_MOST))
        total = sum(types.values())
        say = "file says" if total == 1 else "files say"
        yield (
            f"{total:,} {say} `type:` with other words ({common}); map them to kinds in ost.toml,"
            ' such as `[kinds]` `solution = ["feature"]`'
        )
    if not nodes and not (trees or notes or types):
        yield "there are no nodes here yet; start with `ost new outcome` or `ost init`"


def _listed(paths: list[str], what: str) -> str:
    first = ", ".join(paths[:_MOST])
    more = f" and {len(paths) - _MOST:,} more" if len(paths) > _MOST else ""
    looks = "looks" if len(paths) == 1 else "look"
    return f"{first}{more} {looks} like {what}"


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)

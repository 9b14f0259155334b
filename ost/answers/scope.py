"""Which nodes and files of a comparison a user's words mean: ids, former ids and paths."""

from collections.abc import Sequence
from pathlib import Path

from ost.errors import Misuse
from ost.history.diff import matched_ids
from ost.history.git import Repository
from ost.history.record import Records
from ost.history.sentences import Both


def select_scope(
    words: Sequence[str], both: Both, content: str, folder: Path
) -> tuple[set[str], set[str]] | None:
    """The nodes and files that the words mean, or None without words."""
    if not words:
        return None
    nodes: set[str] = set()
    paths: set[str] = set()
    everything = [each[node] for each in both for node in each]
    for word in words:
        if meant := _ids_of(word, both):
            nodes |= _below(meant, both)
            continue
        path = _in_content(word, content, folder)
        files = {each.path for each in everything if _lies_in(each.path, path)}
        if not files and _is_revision(folder, word):
            raise Misuse(f"{word!r} is a second revision; write both as one word, as in A..{word}")
        if not files:
            raise Misuse(f"{word!r} is not a revision, node or path on either side")
        paths |= files
    return nodes, paths


def _in_content(word: str, content: str, folder: Path) -> str:
    """A typed path, from the content folder; "" for all of it."""
    repository = Repository(folder if folder.is_dir() else folder.parent)
    top = repository.top.resolve() / content
    whole = Path(word).resolve()
    if top.is_relative_to(whole):
        return ""
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else word


def _lies_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def _is_revision(folder: Path, word: str) -> bool:
    try:
        Repository(folder if folder.is_dir() else folder.parent).commit(word)
    except Misuse:
        return False
    return True


def _ids_of(word: str, both: Both) -> set[str]:
    """The nodes on either side that have or had that id, each under all its ids."""
    named = {
        name
        for records in both
        for name in records
        if word == name or (_mentions(records, name, word) and word in records[name].aliases)
    }
    became = matched_ids(*both) if named else {}
    return named | {end for pair in became.items() if not named.isdisjoint(pair) for end in pair}


def _mentions(records: Records, name: str, word: str) -> bool:
    # Search the bytes first: most nodes need not be decoded.
    return word.encode("utf-8", "replace") in records.encoded[name]


def _below(nodes: set[str], both: Both) -> set[str]:
    """Nodes and everything below them, on either side."""
    children: dict[str, set[str]] = {}
    for records in both:
        for name in records:
            for parent in records[name].parents:
                children.setdefault(parent, set()).add(name)
    found, queue = set(nodes), sorted(nodes)
    for name in queue:
        for child in sorted(children.get(name, ())):
            if child not in found:
                found.add(child)
                queue.append(child)
    return found

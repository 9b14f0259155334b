"""What tests of importers share: materials from text, what is read, and what it becomes."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from ost.exchange.foreign.drafts import Drafts, drafts
from ost.exchange.foreign.imports import ForeignTree, Here, Importer, Material, Terms
from ost.judge.catalog import all_rules, configure
from ost.judge.check import check
from ost.read.diagnostic import Severity
from ost.read.document import Document
from ost.read.letters import fold
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.tree import Tree
from tests.conftest import files

DAY = date(2026, 11, 26)


def material(text: str) -> Material:
    """The files of a txtar text: a folder of them, or a single one."""
    found = files(text)
    only = next(iter(found))
    single = len(found) == 1 and "/" not in only
    return Material(only if single else "space", found, folder=not single)


def imported(name: str, text: str | Material, terms: Terms | None = None) -> ForeignTree:
    """What a format reads in a material."""
    found = material(text) if isinstance(text, str) else text
    return Importer(name).read(found, terms or Terms(), Here())


def shape(found: ForeignTree) -> list[str]:
    """A line for each node: its kind and title, what it hangs under, and its fields."""
    titles = {each.key: each.title for each in found.nodes}
    return [
        f"{node.kind} {node.title}"
        + "".join(f" < {titles.get(key, key)}" for key in node.under)
        + "".join(f" | {name}: {_shown(value)}" for name, value in node.fields.items())
        for node in found.nodes
    ]


def _shown(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def unread(found: ForeignTree | Drafts) -> list[str]:
    """Where the lines stand that are in no draft, and what they say."""
    return [f"{each.path}:{each.line}: {each.text}" for each in found.unread]


def here(tree: Tree) -> Here:
    """What a project has that holds this tree."""
    ids = {fold(node_id): str(node_id) for node_id in tree.by_id}
    for node_id, node in tree.by_id.items():
        ids |= {fold(each): str(node_id) for each in node.aliases}
    titles = {(node.kind, fold(node.title)): str(each) for each, node in tree.by_id.items()}
    return Here(ids=ids, titles=titles)


def grown(made: Drafts) -> Tree:
    """The tree of drafts alone."""
    return build(
        (Document(each.source.path, parse(each.source.text)) for each in made.drafts), as_of=DAY
    )


def errors(tree: Tree) -> list[str]:
    """The errors in a tree, as codes and ids of files."""
    found = check(tree, configure(all_rules(), {}))
    return sorted(
        f"{each.code} {PurePosixPath(each.path).stem}"
        for each in found
        if each.severity is Severity.ERROR
    )


def outline(tree: Tree, kinds: Iterable[str] = ()) -> set[tuple[str, str, frozenset[str]]]:
    """The kind and title of each node, and the titles of what it hangs under."""
    return {
        (
            node.kind,
            node.title,
            frozenset(tree.by_id[each.id].title for each in node.parents if each.found),
        )
        for node in tree.by_id.values()
        if not kinds or node.kind in kinds
    }


def again(name: str, text: str | Material) -> Drafts:
    """What a second import makes where the first was written."""
    found = imported(name, text)
    first = drafts(found, Here())
    return drafts(found, here(grown(first)))

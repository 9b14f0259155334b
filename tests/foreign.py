"""Tools for tests of importers: source files, the nodes that a format reads, and the drafts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePosixPath

from ost.exchange.foreign.drafts import Drafts, drafts
from ost.exchange.foreign.imports import (
    ForeignTree,
    Here,
    Importer,
    Material,
    NodePlace,
    Terms,
    guess,
)
from ost.judge.catalog import all_rules, configure
from ost.judge.check import check
from ost.read.diagnostic import Severity
from ost.read.document import Document
from ost.read.letters import fold
from ost.read.parse import parse
from ost.read.value import scalars
from ost.tree.build import build
from ost.tree.node import Node
from ost.tree.tree import Tree
from tests.conftest import files

DAY = date(2026, 11, 26)

ImportCase = tuple[Mapping[str, str], str, str, str]
"""Texts, their format, the tree that they mean, and the lines that are not understood."""

DESERVED = {"OST101", "OST301", "OST302"}
"""A need without an outcome, one solution, a test without a criterion: the cases have no more."""


def folder_of(texts: Mapping[str, str]) -> Material:
    """Texts as a material: a file, or a folder of several."""
    name = next(iter(texts)) if len(texts) == 1 else "export"
    return Material(name, texts, folder=len(texts) > 1)


def material(text: str) -> Material:
    """The files of a txtar text: a folder of them, or a single one."""
    found = files(text)
    only = next(iter(found))
    single = len(found) == 1 and "/" not in only
    return Material(only if single else "space", found, folder=not single)


def imported(name: str, text: str | Material, terms: Terms | None = None) -> ForeignTree:
    """The nodes that a format reads in a file."""
    found = material(text) if isinstance(text, str) else text
    return Importer(name).read(found, terms or Terms(), Here())


def shape(found: ForeignTree) -> list[str]:
    """A line for each node: its kind and title, its parent, and its fields."""
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
    """The lines that are in no draft, with their places."""
    return [f"{each.path}:{each.line}: {each.text}" for each in found.unread]


def left_out(found: ForeignTree | Drafts) -> tuple[str, ...]:
    """The left-out lines, each with the reason if there is one, and how many times."""
    said = Counter(
        f"{each.text} ({each.why})" if each.why else each.text for each in found.left_out
    )
    return tuple(text if many == 1 else f"{text}, {many} times" for text, many in said.items())


def guessed(
    texts: Mapping[str, str], form: str, terms: Terms | None = None, here: Here | None = None
) -> Drafts:
    """The drafts of a material, which looks most like a format and is read as that."""
    given, known = folder_of(texts), here or Here()
    found = guess(given, terms)
    assert found is not None
    assert found[0].name == form
    return drafts(found[0].read(given, terms or Terms(), known), known)


def reasons(made: Drafts) -> str:
    """The lines that were not understood, and why."""
    return "".join(f"{each.line}: {each.why}\n" for each in made.unread)


def here(tree: Tree) -> Here:
    """What a project with this tree already has."""
    nodes = list(tree.by_id.values())
    people = (getattr(node, "participant", None) for node in nodes)
    return Here(
        ids={fold(name): str(node.id) for node in nodes for name in (node.id, *node.aliases)},
        titles={(node.kind, fold(node.title)): str(node.id) for node in nodes},
        places={str(node.id): place(node, tree) for node in nodes},
        participants=tuple(each for each in people if each is not None),
    )


def place(node: Node, tree: Tree) -> NodePlace:
    """The place of a node in a tree."""
    above = tree.parent(node)
    return NodePlace(
        node.kind,
        node.title,
        str(above.id) if above else "",
        node.path,
        node.at.line + 1,
        former=bool(node.aliases),
    )


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
    """The kind and title of each node, and the titles of its parents."""
    return {
        (
            node.kind,
            node.title,
            frozenset(tree.by_id[each.id].title for each in node.parents if each.found),
        )
        for node in tree.by_id.values()
        if not kinds or node.kind in kinds
    }


def codes(made: Drafts) -> set[str]:
    """The codes of errors in drafts: of reading, building and judging them."""
    tree = grown(made)
    found = [*tree.diagnostics, *check(tree, tuple(rule() for rule in all_rules()))]
    return {each.code for each in found if each.severity is Severity.ERROR}


def listed(made: Drafts) -> str:
    """A line for each draft: its node, with the node's parents and status."""
    tree = grown(made)

    def line(node: Node) -> str:
        titles = (tree.by_id[each.id].title for each in node.parents if each.id in tree.by_id)
        above = f" < {' & '.join(titles)}" if node.parents else ""
        field = node.entry.field("status") or node.entry.field("verdict")
        status = "".join(f" [{each.text}]" for each in scalars(field.value)) if field else ""
        return f"{node.kind} {node.title}{above}{status}"

    by_path = {node.path: node for node in tree.by_id.values()}
    return "".join(f"{line(by_path[each.source.path])}\n" for each in made.drafts)


def assert_expected_tree(case: ImportCase) -> None:
    """Imports a case: it becomes the expected tree, with only the expected errors."""
    texts, form, expected, left = case
    made = guessed(texts, form)
    assert listed(made) == expected
    assert reasons(made) == left
    assert codes(made) <= DESERVED


def assert_found_again(case: ImportCase) -> None:
    """A second import of a case finds everything here."""
    texts, form, _, _ = case
    first = guessed(texts, form)
    second = guessed(texts, form, here=here(grown(first)))
    assert second.drafts == ()
    assert len(second.present) == len(first.drafts)


def again(name: str, text: str | Material) -> Drafts:
    """The result of a second import into the folder of the first."""
    found = imported(name, text)
    first = drafts(found, Here())
    return drafts(found, here(grown(first)))

"""Materials of other tools as trees of ours: what tests of importers share."""

from collections.abc import Mapping
from datetime import date

from ost.exchange.foreign.drafts import Drafts, drafts
from ost.exchange.foreign.imports import Here, Material, Terms, guess
from ost.judge.catalog import all_rules
from ost.judge.check import check
from ost.read.diagnostic import Severity
from ost.read.document import Document
from ost.read.letters import fold
from ost.read.parse import parse
from ost.read.value import scalars
from ost.tree.build import build
from ost.tree.node import Node
from ost.tree.tree import Tree

DAY = date(2026, 11, 1)


def material(files: Mapping[str, str]) -> Material:
    """Texts as a material: a file, or a folder of several."""
    name = next(iter(files)) if len(files) == 1 else "export"
    return Material(name, files, folder=len(files) > 1)


def imported(
    files: Mapping[str, str], form: str, terms: Terms | None = None, here: Here | None = None
) -> Drafts:
    """The drafts of a material, which looks most like a format and is read as that."""
    given, known = material(files), here or Here()
    guessed = guess(given)
    assert guessed is not None
    assert guessed[0].name == form
    return drafts(guessed[0].read(given, terms or Terms(), known), known)


def built(made: Drafts) -> Tree:
    """The tree of the drafts alone."""
    documents = (Document(each.source.path, parse(each.source.text)) for each in made.drafts)
    return build(documents, as_of=DAY)


def outline(made: Drafts) -> str:
    """The nodes, each with its parents and its status."""
    tree = built(made)

    def said(node: Node) -> str:
        titles = (tree.by_id[each.id].title for each in node.parents if each.id in tree.by_id)
        above = f" < {' & '.join(titles)}" if node.parents else ""
        field = node.entry.field("status") or node.entry.field("verdict")
        status = "".join(f" [{each.text}]" for each in scalars(field.value)) if field else ""
        return f"{node.kind} {node.title}{above}{status}"

    by_path = {node.path: node for node in tree.by_id.values()}
    return "".join(f"{said(by_path[each.source.path])}\n" for each in made.drafts)


def unread(made: Drafts) -> str:
    """The lines that were not understood."""
    return "".join(f"{each.line}: {each.why}\n" for each in made.unread)


def errors(made: Drafts) -> set[str]:
    """The codes of errors in the drafts: of reading, building and judging them."""
    tree = built(made)
    found = [*tree.diagnostics, *check(tree, tuple(rule() for rule in all_rules()))]
    return {each.code for each in found if each.severity is Severity.ERROR}


def after(made: Drafts) -> Here:
    """What is here when the drafts have been written."""
    tree = built(made)
    nodes = list(tree.by_id.values())
    return Here(
        ids={fold(name): str(node.id) for node in nodes for name in (node.id, *node.aliases)},
        titles={(node.kind, fold(node.title)): str(node.id) for node in nodes},
        participants=tuple(
            each for node in nodes if (each := getattr(node, "participant", None)) is not None
        ),
    )

"""`--select`: the nodes that a command is about."""

from pathlib import Path

import click

from ost.answers.comparison import Sides
from ost.cli.projects import open_project
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.exchange.reports.paint import width
from ost.history.diff import matched_ids
from ost.selection.grammar import Selector, SelectorError, parse

select_option = click.option(
    "--select",
    metavar="SELECTOR",
    help="Only these nodes, as in `target+ -kind:test`; see `ost help selectors`.",
)


def parse_selector(written: str) -> Selector:
    """The selector; a usage error points at the part that is wrong."""
    try:
        return parse(written)
    except SelectorError as error:
        raise selector_error(error) from None


def select_nodes(opened: CommandProject, written: str) -> frozenset[str]:
    """The ids that a selector chooses in an up-to-date project."""
    return frozenset(selection(opened, written))


def select_on_either_side(folder: Path, sides: Sides, written: str) -> frozenset[str]:
    """The ids that a selector chooses on either side of a comparison, in terms of the newer side.
    Each name must exist on one side.
    """
    found, failed = list[frozenset[str]](), list[Misuse]()
    for side in filter(lambda each: each.records, (sides.after, sides.before)):
        opened = open_project(folder, side.revision)
        opened.refresh()
        try:
            found.append(select_nodes(opened, written))
        except Misuse as error:
            failed.append(error)
    if failed and not found:
        raise failed[0]
    became = matched_ids(sides.before.records, sides.after.records)
    return frozenset(became.get(each, each) for each in frozenset().union(*found))


def selection(opened: CommandProject, written: str) -> tuple[str, ...]:
    """The ids that a selector chooses in an up-to-date project, in reading order."""
    from ost.selection.evaluation import select
    from ost.selection.tables import FileNodes

    def changed(revision: str) -> frozenset[str]:
        from ost.project.changed_nodes import changed_nodes

        return changed_nodes(opened.project, opened.path, revision)

    try:
        return select(parse(written), FileNodes(opened.project.connect(), changed))
    except SelectorError as error:
        raise selector_error(error) from None


def selector_error(error: SelectorError) -> Misuse:
    """The usage error for a selector that means nothing."""
    message, *further = error.lines(width)
    misuse = Misuse(message)
    misuse.further = tuple(further)
    return misuse

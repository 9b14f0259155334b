"""The pages: for each the address, how its values are read, and how they are shown."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from datasette_ost.comparing import compare as show_compare
from datasette_ost.door import Arguments, tilde_decode
from datasette_ost.interview import interview as show_interview
from datasette_ost.links import Links
from datasette_ost.overlooking import bets as show_bets
from datasette_ost.overlooking import changes as show_changes
from datasette_ost.overlooking import evidence as show_evidence
from datasette_ost.overlooking import outcome as show_outcome
from datasette_ost.overlooking import practice as show_practice
from datasette_ost.overlooking import siblings as show_siblings
from datasette_ost.overviews import (
    BetsPage,
    ChangesPage,
    ComparePage,
    EvidencePage,
    OutcomePage,
    PracticePage,
    SiblingsPage,
)
from datasette_ost.picture import panel as show_panel
from datasette_ost.picture import tree as show_tree
from datasette_ost.picture import trees as show_trees
from datasette_ost.portrait import check as show_check
from datasette_ost.portrait import node as show_node
from datasette_ost.portrait import search as show_search
from datasette_ost.queries import (
    changes,
    check,
    compare,
    evidence,
    nodes,
    outcome,
    panel,
    practice,
    search,
    siblings,
    trees,
)
from datasette_ost.shapes import (
    CheckPage,
    InterviewPage,
    NodePage,
    PanelPage,
    SearchPage,
    Sought,
    TreePage,
    TreesPage,
)

Shown = dict[str, object]


class Asked(Struct, frozen=True):
    """What somebody asked for: the id in the address, and the arguments."""

    id: str
    args: Arguments

    def text(self, name: str) -> str:
        """An argument's value, "" when not given."""
        return str(self.args.get(name) or "")[:400]

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds; None when not given, or no number."""
        given = self.text(name)
        if not given.isascii() or not given.isdigit():
            return None
        return max(least, min(most, int(given[:9])))


class Page(Struct, frozen=True):
    """One page. `read` gives None when there is no such node."""

    name: str
    pattern: str
    read: Callable[[sqlite3.Connection, Asked], Struct | None]
    show: Callable[[Any, Links], Shown]

    @property
    def template(self) -> str:
        """The page's template."""
        return f"ost/{self.name}.html"


def asked(url_vars: Mapping[str, str], args: Arguments) -> Asked:
    """What a request asks for."""
    return Asked(tilde_decode(url_vars.get("id") or ""), args)


def _trees(connection: sqlite3.Connection, _: Asked) -> TreesPage:
    return trees.trees(connection)


def _tree(connection: sqlite3.Connection, wanted: Asked) -> TreePage | None:
    levels = wanted.number("levels", 1, 60)
    looked_for = Sought(**{each: wanted.text(each) for each in Sought.__struct_fields__})
    at = wanted.text("at")
    return trees.tree(connection, wanted.id, levels=levels, at=at, looked_for=looked_for)


def _panel(connection: sqlite3.Connection, wanted: Asked) -> PanelPage | None:
    return panel.panel(connection, wanted.id)


def _node(connection: sqlite3.Connection, wanted: Asked) -> NodePage | None:
    limits = nodes.MOST if wanted.text("moments") == "all" else nodes.FEW
    return nodes.one(connection, wanted.id, limits)


def _interview(connection: sqlite3.Connection, wanted: Asked) -> InterviewPage | None:
    return nodes.interview(connection, wanted.id)


def _search(connection: sqlite3.Connection, wanted: Asked) -> SearchPage:
    return search.search(connection, wanted.text("q").strip(), wanted.text("kind"))


def _check(connection: sqlite3.Connection, wanted: Asked) -> CheckPage | None:
    return check.check(connection, wanted.text("rule"))


def _compare(connection: sqlite3.Connection, wanted: Asked) -> ComparePage | None:
    return compare.compare(connection, wanted.id)


def _siblings(connection: sqlite3.Connection, wanted: Asked) -> SiblingsPage | None:
    return siblings.siblings(connection, wanted.id)


def _evidence(connection: sqlite3.Connection, wanted: Asked) -> EvidencePage:
    if participant := wanted.text("participant"):
        return evidence.thread(connection, participant)
    first = wanted.number("from", 0, 1_000_000) or 0
    return evidence.evidence(connection, first, wanted.text("segment"))


def _practice(connection: sqlite3.Connection, _: Asked) -> PracticePage:
    return practice.practice(connection)


def _bets(connection: sqlite3.Connection, _: Asked) -> BetsPage:
    return practice.bets(connection)


def _changes(connection: sqlite3.Connection, _: Asked) -> ChangesPage:
    return changes.changes(connection)


def _outcome(connection: sqlite3.Connection, wanted: Asked) -> OutcomePage | None:
    return outcome.outcome(connection, wanted.id)


ID = r"(?P<id>[^/.]+)"

PAGES = (
    Page("trees", "", _trees, show_trees),
    Page("tree", f"/tree/{ID}", _tree, show_tree),
    Page("panel", f"/panel/{ID}", _panel, show_panel),
    Page("node", f"/node/{ID}", _node, show_node),
    Page("interview", f"/interview/{ID}", _interview, show_interview),
    Page("compare", f"/compare/{ID}", _compare, show_compare),
    Page("siblings", f"/siblings/{ID}", _siblings, show_siblings),
    Page("outcome", f"/outcome/{ID}", _outcome, show_outcome),
    Page("evidence", "/evidence", _evidence, show_evidence),
    Page("practice", "/practice", _practice, show_practice),
    Page("bets", "/bets", _bets, show_bets),
    Page("changes", "/changes", _changes, show_changes),
    Page("search", "/search", _search, show_search),
    Page("check", "/check", _check, show_check),
)


BY_NAME = {each.name: each for each in PAGES}


def plain(found: Struct) -> bytes:
    """A page's values as JSON."""
    return msgspec.json.encode(found)

"""Questions that `ost new` asks, only at a terminal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from ost.answers import queries
from ost.answers.queries import find_id
from ost.cli.terminal import output
from ost.edit.choice import Candidate, choose, matches
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.read.name_match import did_you_mean
from ost.tree.fields import names
from ost.tree.model import Node
from ost.words import either

if TYPE_CHECKING:
    from sqlite3 import Connection


def ask(question: str, otherwise: str) -> str:
    """The answer; without a terminal, a usage error with the message `otherwise`."""
    if not output.asking():
        raise Misuse(otherwise)
    answer: str = click.prompt(question, type=str)
    return answer.strip()


def fields(kind: type[Node], given: tuple[str, ...]) -> dict[str, str]:
    """Fields and values from `FIELD=VALUE`; a field that the kind lacks is a usage error."""
    values = {}
    for setting in given:
        field, equals, value = setting.partition("=")
        field = field.strip().replace("-", "_")
        if not equals:
            raise Misuse(f"--set takes FIELD=VALUE, not {setting!r}")
        if field in _OWN:
            raise Misuse(f"--set {field}: use {_OWN[field]}")
        if field not in names(kind):
            meant = did_you_mean(field, names(kind)) or "; `ost help content` lists them"
            raise Misuse(f"{kind.article()} has no field {field!r}{meant}")
        values[field] = value.strip()
    return values


def parents(
    connection: "Connection", kind: type[Node], given: tuple[str, ...], title: str = ""
) -> tuple[str, ...]:
    """The parents' ids: the given ones, the only possible one, or the answer to a question."""
    if given:
        return tuple(_fitting(connection, kind, each) for each in given)
    if not kind.under or kind.top:
        return ()
    possible = queries.titles(connection, kind.under)
    others = queries.titles(connection, set(kind.under) - {kind.kind})
    if len(others) == 1 and kind.kind in kind.under and not output.asking():
        return tuple(others)
    if len(possible) == 1:
        return tuple(possible)
    words = either(kind.under)
    if not possible:
        raise Misuse(f"a new {kind.kind} needs a parent ({words}), and there is none yet")
    if not output.asking():
        raise Misuse(f"a new {kind.kind} needs a parent ({words}); name it with --parent ID")
    if title:
        output.write(f"Where does {safe(repr(title))} belong?\n")
    return (_chosen(connection, possible),)


def _chosen(connection: "Connection", possible: Iterable[str]) -> str:
    """The node that a person chooses at the terminal."""
    candidates = _candidates(connection, possible)

    def show(listed: Sequence[str], remark: str) -> None:
        paint = output.paint()
        for number, node in enumerate(listed, 1):
            place = candidates[node].place
            below = paint("dim", f"  below {safe(place)}") if place else ""
            output.write(f"  {number:>2}  {safe(candidates[node].title)}{below}\n")
        if remark:
            output.write(f"      {paint('dim', safe(remark))}\n")

    def answer() -> str:
        answered: str = click.prompt("Parent (number, id or words)", type=str)
        return answered

    return choose(candidates, answer, show)


def _candidates(connection: "Connection", ids: Iterable[str]) -> dict[str, Candidate]:
    """Nodes to choose from, each with its title and the title above it."""
    titles = queries.titles(connection)
    above = queries.parents(connection)
    return {node: Candidate(titles[node], titles.get(above.get(node) or "", "")) for node in ids}


def _fitting(connection: "Connection", kind: type[Node], written: str) -> str:
    near = matches(written, _candidates(connection, queries.titles(connection, kind.under)))
    parent = near[0] if len(near) == 1 else find_id(connection, written)
    found = queries.kind(connection, parent)
    if found not in kind.under:
        what = f"needs a parent of kind {either(kind.under)}" if kind.under else "has no parent"
        raise Misuse(f"{parent!r} is of kind {found}; a new {kind.kind} {what}")
    return parent


_OWN = {"kind": "the first argument", "title": "the second argument", "parent": "--parent"}

"""What `ost new` needs to know; it asks only at a terminal."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from ost.cli import output, queries
from ost.cli.naming import named
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.tree.fields import names
from ost.tree.model import Node

if TYPE_CHECKING:
    from sqlite3 import Connection

OFFERED = 15
"""At most this many parents are listed when asking."""


def ask(question: str, otherwise: str) -> str:
    """The answer. If there is no one to ask, a usage error with the words `otherwise`."""
    if not output.asking():
        raise Misuse(otherwise)
    answer: str = click.prompt(question, type=str)
    return answer.strip()


def fields(kind: type[Node], given: tuple[str, ...]) -> dict[str, str]:
    """`FIELD=VALUE` as fields and values; a field that the kind does not have is a usage error."""
    values = {}
    for each in given:
        field, equals, value = each.partition("=")
        field = field.strip().replace("-", "_")
        if not equals:
            raise Misuse(f"--set takes FIELD=VALUE, not {each!r}")
        if field in _OWN:
            raise Misuse(f"--set {field}: use {_OWN[field]}")
        if field not in names(kind):
            near = get_close_matches(field, sorted(names(kind)), n=1, cutoff=0.6)
            known = f"did you mean {near[0]!r}?" if near else "see docs/reference/content.md"
            article = "an" if kind.kind[0] in "aeiou" else "a"
            raise Misuse(f"{article} {kind.kind} has no field {field!r}; {known}")
        values[field] = value.strip()
    return values


def parents(
    connection: "Connection", kind: str, under: tuple[str, ...], given: tuple[str, ...]
) -> tuple[str, ...]:
    """The ids of the parents: given, the only possible one, or asked for."""
    if given:
        return tuple(_fitting(connection, kind, under, each) for each in given)
    if not under or kind == "outcome":
        return ()
    possible = queries.titles(connection, under)
    if kind == "opportunity":
        outcomes = queries.titles(connection, ("outcome",))
        if len(outcomes) == 1 and not output.asking():
            return tuple(outcomes)
    if len(possible) == 1:
        return tuple(possible)
    words = " or ".join(under)
    if not possible:
        raise Misuse(f"a new {kind} needs a parent ({words}), and there is none yet; add one first")
    if output.asking():
        for each, title in list(possible.items())[:OFFERED]:
            output.write(f"  {safe(each)}  {output.paint()('dim', safe(title))}\n")
    answer = ask("Parent", f"a new {kind} needs a parent ({words}); set it with --parent ID")
    return (_fitting(connection, kind, under, answer),)


def _fitting(connection: "Connection", kind: str, under: tuple[str, ...], written: str) -> str:
    parent = named(connection, written)
    found = queries.kind(connection, parent)
    if found not in under:
        what = f"can be under: {', '.join(under)}" if under else "has no parent"
        raise Misuse(f"{parent!r} is of kind {found}; a new {kind} {what}")
    return parent


_OWN = {"kind": "the first argument", "title": "the second argument", "parent": "--parent"}

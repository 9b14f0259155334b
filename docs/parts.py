"""The generated parts of the reference pages, each made from the code that it describes."""

import datetime
import enum
import inspect
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import click
from msgspec import Struct
from msgspec.structs import fields

from ost.cli import listing, main
from ost.config import Settings
from ost.exchange.reports.finding import Finding
from ost.judge.catalog import all_rules
from ost.judge.page import reference
from ost.publish.schema import TABLES
from ost.tree.fields import readers
from ost.tree.model import KINDS, Measurement, Node, References

WORDS: Mapping[object, str] = {
    str: "text",
    float: "number",
    int: "whole number",
    bool: "true or false",
    datetime.date: "day",
    References: "ids",
    tuple[str, ...]: "list of texts",
    dict[str, object]: "object",
    dict[str, tuple[str, ...]]: "table: a list of texts for each name",
    dict[str, dict[str, object]]: "table: options for each name",
    tuple[Measurement, ...]: "map of day to number",
}


SHAPES: tuple[type[Struct], ...] = (
    Finding,
    *(each for each in vars(listing).values() if isinstance(each, type(Struct)) and each is not Struct),
)
"""What `--format json` prints."""


def kinds() -> str:
    """The kinds of node with their fields."""
    return "\n\n".join(_kind(each) for each in KINDS.values())


def common() -> str:
    """The fields that every kind has."""
    return _table(("field", "holds", "meaning"), _fields(Node, set(readers(Node))))


def tables() -> str:
    """The published file's tables and columns."""
    return "\n\n".join(
        f"## {table.name}\n\n{table.description}\n\n"
        f"Key: {', '.join(f'`{each}`' for each in table.key)}."
        + (f" Full-text search: {', '.join(f'`{each}`' for each in table.search)}." * bool(table.search))
        + "\n\n"
        + _table(
            ("column", "type", "meaning"),
            (
                (
                    f"`{column.name}`",
                    column.type.lower(),
                    column.description
                    + (f" References [{column.references}](#{column.references})." * bool(column.references)),
                )
                for column in table.columns
            ),
        )
        for table in TABLES
    )


def settings() -> str:
    """What `ost.toml` may say."""
    return _table(("setting", "holds", "meaning"), _fields(Settings, Settings.__struct_fields__))


def rules() -> str:
    """Every rule's page."""
    return reference(all_rules())


def commands() -> str:
    """Every command's help, as the terminal shows it."""
    return "\n\n".join(_command(main, ("ost",)))


def json() -> str:
    """The objects that `--format json` prints."""
    return "\n\n".join(
        f"## {each.__name__}\n\n{inspect.getdoc(each)}\n\n"
        + _table(("key", "holds", "meaning"), _fields(each, each.__struct_fields__))
        for each in SHAPES
    )


def _command(command: click.Command, words: tuple[str, ...]) -> Iterator[str]:
    name = " ".join(words)
    context = click.Context(command, info_name=name, max_content_width=100)
    yield f"## {name}\n\n```text\n{command.get_help(context).strip()}\n```"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                yield from _command(inner, (*words, each))


def _kind(kind: type[Node]) -> str:
    own = set(readers(kind)) - set(readers(Node))
    under = " or ".join(f"`{each}`" for each in kind.under) or "nothing"
    text = f"## {kind.kind}\n\n{inspect.getdoc(kind)}\n\nHangs under: {under}."
    if not own:
        return f"{text}\n\nNo fields of its own."
    return f"{text}\n\n{_table(('field', 'holds', 'meaning'), _fields(kind, own))}"


def _fields(kind: type[Struct], names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        if each.name in names:
            meaning = next(
                inner.description
                for inner in hints[each.name].__metadata__
                if inner.description is not None
            )
            written = holds(hints[each.name])
            absent = " or null"  # in front matter what is absent is simply not there
            yield f"`{each.name}`", written.replace(absent, "") if issubclass(kind, Node) else written, meaning


def holds(hint: Any) -> str:
    """A type in words."""
    if hint in WORDS:
        return WORDS[hint]
    if hint in SHAPES:
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return ", ".join(f"`{each.value}`" for each in hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {tuple, list}:
        return f"list of {holds(arguments[0])}"
    if origin is Annotated:
        return holds(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in arguments)
    if origin in {Union, types.UnionType}:
        return " or ".join("null" if each is types.NoneType else holds(each) for each in arguments)
    if isinstance(hint, type) and issubclass(hint, Struct):
        inner = get_type_hints(hint)
        return "; ".join(f"`{each.name}`: {holds(inner[each.name])}" for each in fields(hint))
    message = f"no words for {hint}"
    raise TypeError(message)


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "common": common,
    "json": json,
    "kinds": kinds,
    "rules": rules,
    "settings": settings,
    "tables": tables,
}

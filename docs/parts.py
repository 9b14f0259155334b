"""The generated parts of the reference pages, each made from the code that it describes."""

import ast
import datetime
import inspect
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.json import schema_components
from msgspec.structs import fields

import ost.limits
from datasette_ost.page import Page, every_page
from docs.python_reference import python
from ost.cli import main
from ost.cli import reference as cli
from ost.judge.catalog import all_rules
from ost.judge.page import reference
from ost.publish.columns import Column, Table
from ost.publish.schema import TABLES
from ost.publish.views import views
from ost.settings.config import NAMES, FieldSettings, PathSettings, Settings
from ost.tree.fields import readers
from ost.tree.model import KINDS, Measurement, Node, People, References

WORDS: Mapping[object, str] = {
    str: "text",
    float: "number",
    int: "whole number",
    bool: "true or false",
    datetime.date: "day",
    References: "ids",
    People: "one person, or a list",
    tuple[str, ...]: "list of texts",
    dict[str, tuple[str, ...]]: "table: a list of texts for each name",
    dict[str, dict[str, object]]: "table: options for each name",
    FieldSettings: "table: `ignore`, a list of fields",
    dict[str, PathSettings]: "table: settings for each pattern",
    dict[str, Literal["error", "warning", "note"]]: "table: `error`, `warning` or `note` for rules",
    tuple[Measurement, ...]: "map of day to number",
}


def kinds() -> str:
    """The kinds of node with their fields."""
    return "\n\n".join(_kind(each) for each in KINDS.values())


def common() -> str:
    """The fields that every kind has."""
    return _table(("field", "holds", "meaning"), _fields(Node, set(readers(Node))))


def tables() -> str:
    """The published file's tables and columns."""
    return "\n\n".join(_columns(each) for each in TABLES)


def kindviews() -> str:
    """The published file's views and their columns."""
    return "\n\n".join(
        f"### {view.name}\n\n{view.description}\n\n"
        + _table(("column", "meaning"), ((f"`{name}`", text) for name, text in view.columns))
        for view in views()
    )


def _columns(table: Table) -> str:
    lines = [f"### {table.name}", table.description, f"Key: {_names(table.key)}."]
    if table.search:
        lines.append(f"Full-text search in {_names(table.search)}.")
    rows = ((f"`{each.name}`", each.type.lower(), _meaning(each)) for each in table.columns)
    return "\n\n".join([*lines, _table(("column", "type", "meaning"), rows)])


def _names(words: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in words)


def _meaning(column: Column) -> str:
    if not column.references:
        return column.description
    return f"{column.description} References [{column.references}](#{column.references})."


def settings() -> str:
    """The settings of `ost.toml`."""
    heads = ("setting", "holds", "meaning")
    within = _table(heads, _fields(PathSettings, PathSettings.__struct_fields__))
    return f'{_table(heads, _fields(Settings, NAMES))}\n\nBelow `[paths."..."]`:\n\n{within}'


def rules() -> str:
    """Every rule's page."""
    return reference(all_rules())


def commands() -> str:
    """Every command's help, as the terminal shows it."""
    return cli.commands(main)


def _kind(kind: type[Node]) -> str:
    own = set(readers(kind)) - set(readers(Node))
    under = " or ".join(f"`{each}`" for each in kind.under) or "nothing"
    text = f"## {kind.kind}\n\n{inspect.getdoc(kind)}\n\nGoes under: {under}."
    if not own:
        return f"{text}\n\nNo fields of its own."
    return f"{text}\n\n{_table(('field', 'holds', 'meaning'), _fields(kind, own))}"


def _fields(kind: type[Struct], names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        if field.name in names:
            meaning = hints[field.name].__metadata__[0].description
            yield f"`{field.name}`", holds(hints[field.name]), meaning


def holds(hint: Any) -> str:
    """A type in words."""
    if hint in WORDS:
        return WORDS[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return holds(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in arguments)
    if origin is tuple:
        return f"a list of {holds(arguments[0])}"
    if origin in {Union, types.UnionType}:
        return " or ".join(holds(each) for each in arguments if each is not types.NoneType)
    if isinstance(hint, type) and issubclass(hint, Struct):
        inner = get_type_hints(hint)
        return "; ".join(f"`{each.name}`: {holds(inner[each.name])}" for each in fields(hint))
    message = f"no words for {hint}"
    raise TypeError(message)


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pages() -> str:
    """The contents of each plugin page's `.json` twin."""
    shown = [_read(each) for each in every_page().values()]
    _, parts = schema_components(shown, ref_template="{name}")
    names = [each.__name__ for each in shown]
    listed = ", ".join(
        f"[`{each}`](#{name.lower()})" for each, name in zip(every_page(), names, strict=True)
    )
    return f"{listed}.\n\n" + cli.keys({each: parts[each] for each in (*names, *parts)})


def _read(page: Page) -> type[Struct]:
    """The type of a page's values, if it has any."""
    given = get_type_hints(page.read)["return"]
    found: type[Struct] = next(
        each for each in get_args(given) or (given,) if each is not type(None)
    )
    return found


def limits() -> str:
    """The limits, with their reasons."""
    body = ast.parse(inspect.getsource(ost.limits)).body
    rows = []
    for named, words in pairwise(body):
        if isinstance(named, ast.Assign) and isinstance(words, ast.Expr):
            name, many = ast.unparse(named.targets[0]), ast.literal_eval(named.value)
            if not isinstance(many, int):
                continue
            rows.append((f"`{name}`", f"{many:,}", " ".join(ast.literal_eval(words.value).split())))
    return _table(("limit", "value", "what it limits"), iter(rows))


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "common": common,
    "json": cli.formats,
    "kinds": kinds,
    "limits": limits,
    "pages": pages,
    "python": python,
    "rules": rules,
    "settings": settings,
    "tables": tables,
    "views": kindviews,
}

"""Converts values of a TOML file to the fields of a struct, and reports those that do not fit."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from ost.settings.toml import Keys, Wrong
from ost.words import lower_first, nearest, suggestion


def fields(
    kind: type[Struct], written: Mapping[str, Any], above: Keys, wrong: list[Wrong]
) -> dict[str, Any]:
    """The values of a struct's fields; what is unknown or of a wrong type is added to `wrong`."""
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for name, value in written.items():
        keys = (*above, name)
        if name not in hints:
            message = f"{name!r} is not a setting{suggest(name, hints)}"
            wrong.append(Wrong(keys, message, of_key=True))
        elif (converted := _converted(hints[name], value, keys, wrong)) is not None:
            values[name] = converted
    return values


@cache
def _hints(kind: type[Struct]) -> Mapping[str, Any]:
    """The types of a struct's fields, without `text`, which holds the source."""
    return {name: hint for name, hint in get_type_hints(kind).items() if name != "text"}


def _converted(hint: Any, value: Any, keys: Keys, wrong: list[Wrong]) -> Any:
    """The value converted to its type, or None; a table without those of its values that do not
    fit.
    """
    if get_origin(hint) is dict and isinstance(value, dict):
        _, inner = get_args(hint)
        converted = {key: _converted(inner, value[key], (*keys, key), wrong) for key in value}
        return {key: each for key, each in converted.items() if each is not None}
    if isinstance(hint, type) and issubclass(hint, Struct) and isinstance(value, dict):
        return hint(**fields(hint, value, keys, wrong))
    try:
        return msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        wrong.append(mistyped(keys, str(error), get_args(hint)))
        return None


def mistyped(keys: Keys, problem: str, choices: Iterable[object] = ()) -> Wrong:
    """Msgspec says "Expected `str`, got `int` - at `$.title`"; TOML has its own words for types."""
    message, _, where = problem.partition(" - at ")
    for key, item in re.findall(r"\.([\w-]+)|\[(\d+)\]", where):
        keys = (*keys, key or int(item))
    for python, toml in (("`array`", "a list"), ("`str`", "text"), ("`object`", "a table")):
        message = message.replace(python, toml)
    message = (
        message.replace("`int`", "a number").replace("`bool`", "true or false").replace("`", "")
    )
    if message.startswith("Invalid enum value"):
        message = f"{message.removeprefix('Invalid enum value ')} is not one of "
        message += ", ".join(map(str, choices))
    return Wrong(keys, lower_first(message))


def suggest(word: str, known: Iterable[str]) -> str:
    """A suggestion for a mistyped word in the settings."""
    names = tuple(known)
    return suggestion(nearest(word, names)) or f"; use one of {', '.join(names)}"

"""Reads other tools' JSON, which may be cut off or extremely deep."""

import json
from typing import NamedTuple


class BrokenJson(NamedTuple):
    """Where a text stops being JSON (a line, from one), and why."""

    line: int
    why: str


def parsed(text: str) -> object:
    """The value of a JSON text, or a BrokenJson."""
    try:
        return json.loads(text)
    except RecursionError:
        return BrokenJson(1, "not JSON: lists nested too deeply")
    except ValueError as error:
        line = min(getattr(error, "lineno", 1), text.count("\n") + 1)
        return BrokenJson(line, f"not JSON: {error}")


def entries(data: object, *keys: str) -> list[dict[str, object]]:
    """The mappings in the list at a path of keys."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


def text(data: dict[str, object], key: str) -> str:
    """A mapping's value for a key if it is text, else ""."""
    found = data.get(key)
    return found if isinstance(found, str) else ""

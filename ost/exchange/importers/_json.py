"""JSON of other tools, which may be cut off, or deeper than anyone writes."""

import json
from typing import NamedTuple


class BrokenJson(NamedTuple):
    """The line, from one, in which a text stops to be JSON, and why."""

    line: int
    why: str


def parsed(text: str) -> object:
    """What a text of JSON says, or a BrokenJson."""
    try:
        return json.loads(text)
    except RecursionError:
        return BrokenJson(1, "this is not JSON: lists within lists without end")
    except ValueError as error:
        line = min(getattr(error, "lineno", 1), text.count("\n") + 1)
        return BrokenJson(line, f"this is not JSON: {error}")


def entries(data: object, *keys: str) -> list[dict[str, object]]:
    """The mappings in the list below some keys."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


def text(data: dict[str, object], key: str) -> str:
    """What a mapping says under a key, if that is text."""
    found = data.get(key)
    return found if isinstance(found, str) else ""

"""Any value as JSON."""

from collections.abc import Mapping
from typing import Any

import msgspec

from ost.exchange import escape


def render(value: object) -> str:
    """The value as indented JSON with a trailing newline. Keys are in the order of their struct."""
    try:
        made = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a path may hold bytes that are not text
        made = msgspec.json.encode(_text(msgspec.to_builtins(value)))
    except RecursionError:
        return escape.json(_deep(value)) + "\n"
    return escape.json(msgspec.json.format(made, indent=2).decode()) + "\n"


def _deep(value: object) -> str:
    """Values that are nested too deeply for recursion, without indentation."""
    pieces: list[str] = []
    waiting: list[tuple[bool, Any]] = [(False, value)]
    while waiting:
        written, each = waiting.pop()
        if isinstance(each, msgspec.Struct):
            each = {name: getattr(each, name) for name in each.__struct_fields__}
        if written:
            pieces.append(each)
        elif isinstance(each, Mapping):
            waiting.append((True, "}"))
            for at, (key, inner) in reversed(list(enumerate(each.items()))):
                waiting += [(False, inner), (True, f"{',' * (at > 0)}{_flat(str(key))}:")]
            waiting.append((True, "{"))
        elif isinstance(each, list | tuple):
            waiting.append((True, "]"))
            for at, inner in reversed(list(enumerate(each))):
                waiting += [(False, inner), (True, "," * (at > 0))]
            waiting.append((True, "["))
        else:
            pieces.append(_flat(each))
    return "".join(pieces)


def _flat(value: object) -> str:
    return msgspec.json.encode(_text(value)).decode()


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_text(key): _text(each) for key, each in value.items()}
    return [_text(each) for each in value] if isinstance(value, list) else value

"""Anything that is listed, as JSON for other programs."""

from typing import Any

import msgspec

from ost.exchange import escape


def render(value: object) -> str:
    """The value as indented JSON with a last line end; keys in the order of their struct."""
    try:
        made = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a path may hold bytes that are no text
        made = msgspec.json.encode(_text(msgspec.to_builtins(value)))
    return escape.json(msgspec.json.format(made, indent=2).decode()) + "\n"


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_text(key): _text(each) for key, each in value.items()}
    return [_text(each) for each in value] if isinstance(value, list) else value

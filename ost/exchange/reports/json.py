"""Anything that is listed, as JSON for other programs."""

import msgspec


def render(value: object) -> str:
    """The value as indented JSON with a last line end; keys in the order of their struct."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"

"""Fields inside a text, as Dataview writes them: `key:: value` and `[key:: value]`."""

import re

_INLINE = re.compile(
    r"[\[(](?P<key>[A-Za-z][\w -]{0,40}?)::[ \t]*"
    r"(?P<value>(?:\[\[[^\[\]\n]*\]\]|[^\[\]()\n])*)[\])]"
)
_LINE = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?(?P<key>[A-Za-z][\w -]{0,40}?)(?:\*\*|__)?::"
    r"(?:\*\*|__)?[ \t]*(?P<value>.*)"
)


def without(text: str) -> tuple[str, dict[str, str]]:
    """A text without its fields in brackets, and those fields."""
    if "::" not in text:
        return text, {}
    found = {each["key"].strip(): each["value"].strip() for each in _INLINE.finditer(text)}
    return (" ".join(_INLINE.sub("", text).split()) if found else text), found


def of_line(row: str) -> tuple[str, str] | None:
    """The field on a line, if the line contains nothing else."""
    found = _LINE.fullmatch(row) if "::" in row else None
    return (found["key"].strip(), found["value"].strip()) if found else None

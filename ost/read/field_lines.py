"""Fields written as lines of a node's text in a one-file tree: `metric:: x`, `- target: 120`."""

import re
from collections.abc import Container, Iterable

from msgspec import Struct

from ost.read.document import Field
from ost.read.marks import RISKS, named_status
from ost.read.own_lines import FIELD
from ost.read.place import Lines
from ost.read.value import Scalar

_LINE = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?(?P<key>[A-Za-z_]{3,12})(?:\*\*|__)?"
    r"(?P<sign>::?)(?:\*\*|__)?[ \t]+(?P<value>\S.*?)[ \t]*"
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OUTCOME = {
    "start": "baseline",
    "baseline": "baseline",
    "target": "target",
    "metric": "metric",
    "unit": "unit",
}
_NUMBERS = ("baseline", "target")
_WORDS = {"opportunity": ("moment", "because"), "solution": ("differs", "because")}
_WEIGHTS = ("high", "medium", "low")


class FieldLines(Struct, frozen=True):
    """The fields of a node, the rows that contain only fields, and a test's assumption with its
    risk.
    """

    fields: tuple[Field, ...] = ()
    rows: frozenset[int] = frozenset()
    assumption: list[tuple[int, int, str]] | None = None
    risk: tuple[Field, ...] = ()


def is_field(line: str, kind: str) -> bool:
    """Whether a line below a node's first line is a field instead of more of its words."""
    found = _LINE.fullmatch(line)
    known = found is not None and _field(kind, found["key"].casefold(), found["value"]) is not None
    return known or FIELD.match(line.strip()) is not None


def field_lines(
    lines: Lines, first: int, rows: Iterable[int], kind: str, known: Container[str] = ()
) -> FieldLines:
    """The fields in the rows of a node's text that are certain and not yet `known`."""
    fields: dict[str, Field] = {}
    own: set[int] = set()
    risk: tuple[Field, ...] = ()
    assumption = None
    for row in rows:
        found = _LINE.fullmatch(lines.line(first + row))
        if found is None:
            continue
        key, value = found["key"].casefold(), found["value"]
        if kind == "test" and key == "assumption" and found["sign"] == "::":
            assumption = [(row, found.start("value"), value)]
            continue
        found_field = _field(kind, key, value)
        if found_field is None:
            continue
        start = lines.offset(first + row, 0)
        at = lines.place(start + found.start("value"), start + found.end("value"))
        key_at = lines.place(start + found.start("key"), start + found.end("key"))
        field = Field(found_field[0], key_at, Scalar(found_field[1], "str", at))
        if kind == "test" and field.name == "risk":
            risk = (field,)
        elif field.name not in fields and field.name not in known:
            fields[field.name] = field
            own.add(row)
    return FieldLines(tuple(fields.values()), frozenset(own), assumption, risk)


def _field(kind: str, key: str, value: str) -> tuple[str, str] | None:
    """The name and value of the field on a line, or None if that is not certain."""
    folded = value.casefold()
    if key == "status":
        status = named_status(kind, value)
        return (key, status) if status else None
    if kind == "outcome" and key in _OUTCOME:
        name = _OUTCOME[key]
        return (name, value) if name not in _NUMBERS or _NUMBER.fullmatch(value) else None
    if key in _WORDS.get(kind, ()):
        return key, value
    if kind == "assumption" and key == "importance" and folded in _WEIGHTS:
        return key, folded
    if kind in ("assumption", "test") and key in ("category", "risk") and folded in RISKS:
        return "risk", folded
    return None

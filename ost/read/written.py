"""Fields written as lines of a node's text in a one-file tree: `metric:: x`, `- target: 120`."""

import re
from collections.abc import Iterable

from msgspec import Struct

from ost.read.document import Field
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
_RISKS = ("desirability", "usability", "feasibility", "viability", "ethics")


class Written(Struct, frozen=True):
    """The fields of a node, and what a test says of its assumption: words and kind of risk."""

    fields: tuple[Field, ...] = ()
    assumption: list[tuple[int, int, str]] | None = None
    risk: tuple[Field, ...] = ()


def written(lines: Lines, first: int, rows: Iterable[int], kind: str) -> Written:
    """What the rows of a node's text say as fields, as far as that is certain."""
    if kind not in ("outcome", "test", "assumption"):
        return Written()
    fields: dict[str, Field] = {}
    risk: tuple[Field, ...] = ()
    assumption = None
    for row in rows:
        found = _LINE.fullmatch(lines.line(first + row))
        if found is None:
            continue
        key, value = found["key"].casefold(), found["value"]
        start = lines.offset(first + row, 0)
        at = lines.place(start + found.start("value"), start + found.end("value"))
        key_at = lines.place(start + found.start("key"), start + found.end("key"))
        name = _OUTCOME.get(key) if kind == "outcome" else None
        if name and (name not in _NUMBERS or _NUMBER.fullmatch(value)):
            fields.setdefault(name, Field(name, key_at, Scalar(value, "str", at)))
        elif key in ("category", "risk") and value.casefold() in _RISKS:
            risk = (Field("risk", key_at, Scalar(value.casefold(), "str", at)),)
        elif key == "assumption" and found["sign"] == "::":
            assumption = [(row, found.start("value"), value)]
    if kind == "assumption":
        return Written((*fields.values(), *risk))
    return Written(tuple(fields.values()), assumption, risk)

"""Reads simple front matter without a YAML parser.

It returns the fields that YAML gives, but faster, and a small change loads no parser. It returns
None whenever it is not certain. A property test compares the two.
"""

import re
from functools import lru_cache
from typing import cast

from msgspec.structs import replace

from ost.expression import expression
from ost.read.document import Field
from ost.read.place import START, Place
from ost.read.value import Mapping, Scalar, ScalarType, Sequence, Value

_BREAKS = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_KEY = r"[A-Za-z_][\w-]*"
_ITEM = r"[^\W_](?:[\w./-]|[: ](?=[\w./-]))*"
_WORDS = rf"[^\W_](?:[^:#{_BREAKS} ]|:(?=[^\s])|(?<! )\#|[ ]+(?=[^\s#]))*"
_QUOTED = rf"\"[^\"\\{_BREAKS}]*\"|'[^'{_BREAKS}]*'"
_LINE = expression(
    rf"(?P<key>{_KEY}):(?: +(?:(?P<words>{_WORDS})|(?P<quoted>{_QUOTED})"
    rf"|\[(?P<list>{_ITEM}(?:, *{_ITEM})*)\]|\[\[(?P<link>{_ITEM})\]\]"
    rf"|{{(?P<map>{_KEY}: {_ITEM}(?:, *{_KEY}: {_ITEM})*)}}))? *\Z"
)
_ENTRY = expression(rf"(?P<dash> *-) +(?P<words>{_WORDS}) *\Z")
_INSIDE = expression(_ITEM)
_PAIR = expression(rf"({_KEY}): ({_ITEM})")
_NUMBER = expression(
    r"(?P<int>0|[1-9][0-9]*)|(?P<float>[0-9]+\.[0-9]+)|(?P<date>\d{4}-\d\d-\d\d)"
    r"|(?P<str>[0-9][0-9.,:-]* [A-Za-z]{2}.*)"
)
"""The types of values that begin with a digit. Those of any other are uncertain."""
_MEANING: dict[str, ScalarType] = {
    **dict.fromkeys(("null", "Null", "NULL"), "null"),
    **{
        form: "bool"
        for word in ("yes", "no", "true", "false", "on", "off")
        for form in (word, word.title(), word.upper())
    },
}


class _Unsure(Exception):  # noqa: N818 - never seen outside
    """A form that needs the YAML parser."""


def scan(text: str, first: int) -> list[Field] | None:
    """The fields of front matter that starts at line `first` of its file, or None if uncertain."""
    try:
        return _fields(text, first)
    except _Unsure:
        return None


def _fields(text: str, first: int) -> list[Field]:
    fields: dict[str, Field] = {}
    lines = text.split("\n")
    row = 0
    while row < len(lines):
        field = _field(lines[row], first + row) if lines[row] else None
        row += 1
        if field is None:
            continue
        if field.name in fields:
            raise _Unsure
        if field.value is _BELOW:
            begin = row
            while row < len(lines) and _ENTRY.match(lines[row]):
                row += 1
            field = replace(field, value=_entries(lines[begin:row], first + begin))
        fields[field.name] = field
    return list(fields.values())


_BELOW = Sequence((), START)
"""Stands for a list with an item per line."""


@lru_cache(maxsize=1024)
def _field(line: str, number: int) -> Field:
    """The field on a line. Most files of a project share most of these lines."""
    found = _LINE.match(line)
    if found is None:
        raise _Unsure
    name = found["key"]
    value = _BELOW if found.lastgroup == "key" else _value(found, number)
    return Field(name, Place(number, 0, number, len(name)), value)


def _value(found: re.Match[str], line: int) -> Value:
    kind = found.lastgroup or ""
    start, end = found.span(kind)
    match kind:
        case "words":
            return _scalar(found[kind], line, start)
        case "quoted":
            return Scalar(found[kind][1:-1], "str", Place(line, start, line, end))
        case "list":
            return Sequence(_inside(found, kind, line), Place(line, start - 1, line, end + 1))
        case "link":
            inner = Sequence(_inside(found, kind, line), Place(line, start - 1, line, end + 1))
            return Sequence((inner,), Place(line, start - 2, line, end + 2))
        case _:
            pairs = tuple(
                (_scalar(each[1], line, each.start(1)), _scalar(each[2], line, each.start(2)))
                for each in _PAIR.finditer(found.string, start, end)
            )
            if len({key.text for key, _ in pairs}) < len(pairs):
                raise _Unsure
            return Mapping(pairs, Place(line, start - 1, line, end + 1))


def _inside(found: re.Match[str], kind: str, line: int) -> tuple[Scalar, ...]:
    return tuple(
        _scalar(each[0], line, each.start())
        for each in _INSIDE.finditer(found.string, *found.span(kind))
    )


def _entries(lines: list[str], first: int) -> Sequence:
    """A list with an item per line."""
    matched = [each for each in map(_ENTRY.match, lines) if each]
    if not matched or len({each["dash"] for each in matched}) > 1:
        raise _Unsure
    items = tuple(
        _scalar(each["words"], first + row, each.start("words")) for row, each in enumerate(matched)
    )
    if any(": " in each.text or each.text.endswith(":") for each in items):
        raise _Unsure
    end = items[-1].at
    return Sequence(items, Place(first, len(matched[0]["dash"]) - 1, end.end_line, end.end_column))


def _scalar(text: str, line: int, column: int) -> Scalar:
    type_: ScalarType = _MEANING.get(text, "str")
    if text[0].isdigit():
        number = _NUMBER.fullmatch(text)
        if number is None:
            raise _Unsure
        type_ = cast("ScalarType", number.lastgroup)  # its groups are named so
    return Scalar(text, type_, Place(line, column, line, column + len(text)))

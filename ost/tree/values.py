"""Reads values of front matter as a field's type: words, days, numbers, ids, waivers.

Nothing in a file makes it raise: a value that does not fit is reported at its place.
"""

import datetime
import re
import types
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import (
    Annotated,
    Any,
    Literal,
    Protocol,
    TypeGuard,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from msgspec import Struct
from msgspec.structs import fields as struct_fields

from ost import days
from ost.expression import expression
from ost.read.diagnostic import Fix
from ost.read.fixes import rename
from ost.read.inline import InlineLink, wikilinks
from ost.read.name_match import certain_match, did_you_mean
from ost.read.place import Place
from ost.read.value import Mapping as Keys
from ost.read.value import Scalar, Sequence, Value
from ost.tree.model import (
    Day,
    Measurement,
    NodeId,
    People,
    Reference,
    References,
    Waiver,
)
from ost.tree.participants import together


class FieldReport(Protocol):
    """Takes a code, a place, a message and, if there is a safe one, a fix."""

    def __call__(self, code: str, at: Place, message: str, fix: Fix | None = None, /) -> None:
        """Keeps them."""


Reader = Callable[[Value, FieldReport], object]
"""Reads a value, or reports and returns None."""

WRONG_TYPE = "OST008"
UNKNOWN_FIELD = "OST007"

_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def references(value: Value) -> References:
    """The ids in a value: bare, `[[x]]` (quoted or not), `[[x|words]]`, or a list of them."""
    if isinstance(value, Scalar):
        if value.type == "null" or not value.text.strip():
            return ()
        linked = tuple(each.target for each in _linked(value.text))
        targets = linked or (re.split(r"[|#]", value.text)[0].strip(),)
        return tuple(Reference(NodeId(each), value.at, found=False) for each in targets)
    if isinstance(value, Sequence):
        return tuple(each for item in value.items for each in references(item))
    return ()


def renaming(old: str, at: Place, value: Value, known: Mapping[str, Reader]) -> Fix | None:
    """The fix for a name that can only be misspelt, if the value fits the right one."""
    new = certain_match(old, known)
    return rename(at, old, new) if new and _reads(known[new], value) else None


def _reads(reader: Reader, value: Value) -> bool:
    wrong: list[str] = []
    reader(value, lambda code, at, message, fix=None: wrong.append(message))
    return not wrong


def reader_of(hint: object) -> Reader:
    """The reader of values of this type. Raises TypeError if front matter cannot hold it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is References or hint == References:
        return read_references
    if origin is Annotated:
        return reader_of(arguments[0])
    if origin in (Union, types.UnionType):
        return _either([reader_of(each) for each in arguments if each is not type(None)])
    if origin is Literal and all(isinstance(each, str) for each in arguments):
        return _choice(arguments)
    if origin is tuple and arguments in _LISTS:
        return _LISTS[arguments]
    if origin is tuple and arguments[1:] == (...,) and _is_struct(arguments[0]):
        return _list_of(_struct(arguments[0]))
    if _is_struct(hint):
        return _struct(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    raise TypeError(f"front matter cannot hold {_type(hint)}; use {_TYPES}")


def _is_struct(hint: object) -> TypeGuard[type[Struct]]:
    return isinstance(hint, type) and issubclass(hint, Struct)


_TYPES = (
    "str, float, bool, Day, People, References, a Literal of texts, tuple[str, ...], or a Struct"
    " of these"
)


def _type(hint: object) -> str:
    return hint.__qualname__ if isinstance(hint, type) and not get_args(hint) else repr(hint)


def _empty(value: Value) -> bool:
    return isinstance(value, Scalar) and (value.type == "null" or not value.text.strip())


def _either(options: list[Reader]) -> Reader:
    """The first option that reads the value without remark; the last one's remarks count."""
    *first, last = options

    def read(value: Value, report: FieldReport) -> object:
        if _empty(value):
            return None
        for option in first:
            remarks: list[str] = []
            result = option(value, lambda code, at, message, fix=None: remarks.append(message))  # noqa: B023
            if not remarks:
                return result
        return last(value, report)

    return read


def _choice(choices: tuple[str, ...]) -> Reader:
    def read(value: Value, report: FieldReport) -> object:
        if isinstance(value, Scalar):
            word = value.text.strip()
            if word in choices:
                return word
            folded = word.casefold().replace("_", "-").replace(" ", "-")
            if folded in choices:
                return folded
            what = f"{word!r} is not one of {', '.join(choices)}{did_you_mean(folded, choices)}"
            new = certain_match(word, choices)
            fix = rename(value.at, word, new) if new else None
        else:
            what = f"one of {', '.join(choices)} belongs here, not {_describe(value)}"
            fix = None
        report(WRONG_TYPE, value.at, what, fix)
        return None

    return read


def _struct(kind: type[Struct]) -> Reader:
    @cache
    def keys() -> Mapping[str, Reader]:
        hints = get_type_hints(kind)
        return {each.name: reader_of(hints[each.name]) for each in struct_fields(kind)}

    @cache
    def unknown() -> str:
        return f"there is no {{!r}} among {', '.join(keys())}"

    def read(value: Value, report: FieldReport) -> object:
        if not isinstance(value, Keys):
            what = f"{', '.join(keys())} belong here as keys, not {_describe(value)}"
            report(WRONG_TYPE, value.at, what)
            return None
        return kind(**_by_key(value, keys(), unknown(), report))

    return read


def _by_key(
    value: Keys, readers: Mapping[str, Reader], unknown: str, report: FieldReport
) -> dict[str, Any]:
    """What each key of a value holds, read by the reader of that name. For a key without a reader,
    `unknown` is reported with its name.
    """
    read: dict[str, Any] = {}
    for key, inner in value.pairs:
        reader = readers.get(key.text)
        if reader is None:
            what = unknown.format(key.text) + did_you_mean(key.text, tuple(readers))
            fix = renaming(key.text, key.at, inner, _unsaid(value, readers))
            report(UNKNOWN_FIELD, key.at, what, fix)
            continue
        result = reader(inner, report)
        if result is not None:
            read[key.text] = result
    return read


def _list_of(reader: Reader) -> Reader:
    """A list, or a single item of one."""

    def read(value: Value, report: FieldReport) -> object:
        if _empty(value):
            return ()
        items = value.items if isinstance(value, Sequence) else (value,)
        found = [reader(item, report) for item in items]
        return tuple(each for each in found if each is not None)

    return read


def _unsaid(value: Keys, known: Mapping[str, Reader]) -> Mapping[str, Reader]:
    """The keys that a mapping does not have."""
    present = {key.text for key, _ in value.pairs}
    return {name: reader for name, reader in known.items() if name not in present}


def _text(value: Value, report: FieldReport) -> object:
    if isinstance(value, Scalar):
        return _unlinked(value.text)
    linked = references(value)
    if len(linked) == 1 and isinstance(value, Sequence):
        return linked[0].id
    report(WRONG_TYPE, value.at, f"words belong here, not {_describe(value)}")
    return None


def _linked(text: str) -> tuple[InlineLink, ...]:
    return wikilinks(text) if "[[" in text else ()


def _unlinked(text: str) -> str:
    """`[[P07]]` is `P07`: people also link days, persons and files; other texts stay."""
    if "[[" not in text:
        return text
    linked = wikilinks(text)
    alone = len(linked) == 1 and linked[0].end - linked[0].start == len(text.strip())
    return linked[0].target if alone else text


def _texts(value: Value, report: FieldReport) -> object:
    if _empty(value):
        return ()
    if isinstance(value, Scalar):
        return (value.text,)
    if isinstance(value, Sequence):
        texts = (_text(each, report) for each in value.items if not _empty(each))
        return tuple(each for each in texts if each is not None)
    report(WRONG_TYPE, value.at, f"a list of words belongs here, not {_describe(value)}")
    return None


def _people(value: Value, report: FieldReport) -> object:
    names = _texts(value, report)
    return (
        together(each for each in names if isinstance(each, str)) or None
        if isinstance(names, tuple)
        else None
    )


def _number(value: Value, report: FieldReport) -> object:
    if isinstance(value, Scalar):
        try:
            number = float(value.text.replace("_", ""))
        except ValueError:
            pass
        else:
            if number - number == 0:  # neither infinite nor NaN
                return number
    report(WRONG_TYPE, value.at, f"a number belongs here, not {_describe(value)}")
    return None


def _truth(value: Value, report: FieldReport) -> object:
    if isinstance(value, Scalar) and value.text.casefold() in _TRUTH:
        return _TRUTH[value.text.casefold()]
    report(WRONG_TYPE, value.at, f"true or false belongs here, not {_describe(value)}")
    return None


def _day(value: Value, report: FieldReport) -> object:
    fix = None
    if isinstance(value, Scalar):
        day = day_of(_unlinked(value.text))
        if day is not None and days.named(day):
            if not _hour(value.text):
                report(WRONG_TYPE, value.at, f"there is no such time of day: {value.text!r}")
            return day
        if day is not None:
            far = f"{day.isoformat()} is far away: years are {days.FIRST} to {days.LAST}"
            report(WRONG_TYPE, value.at, far)
            return None
        other = re.sub(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$", r"\1-\2-\3", value.text.strip())
        day = day_of(other)
        fix = rename(value.at, value.text, day.isoformat()) if day and days.named(day) else None
        if _DAY.fullmatch(other) and fix is None:
            report(WRONG_TYPE, value.at, f"there is no such day: {value.text!r}")
            return None
    what = f"a day such as 2026-11-03 belongs here, not {_describe(value)}"
    report(WRONG_TYPE, value.at, what, fix)
    return None


_DAY = expression(r"\d{4}-\d{1,2}-\d{1,2}(?:[T\s].*)?")
_HOUR = expression(r"[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?")


def _hour(text: str) -> bool:
    """Whether the time after a day, if any, exists."""
    found = _HOUR.search(text)
    parts = [int(each or 0) for each in found.groups()] if found else [0, 0, 0]
    return parts < [24, 0, 1] and all(each < 60 for each in parts[1:])


@lru_cache(maxsize=4096)
def day_of(text: str) -> Day | None:
    """The day written as `2026-11-03`, also with a time behind it."""
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T\s])", text.strip())
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def read_references(value: Value, report: FieldReport) -> References:
    """The ids in a value; keys in it are reported."""
    for item in value.items if isinstance(value, Sequence) else (value,):
        if isinstance(item, Keys):
            report(WRONG_TYPE, item.at, f"ids belong here, not {_describe(item)}")
    return references(value)


def _measurements(value: Value, report: FieldReport) -> object:
    if _empty(value):
        return ()
    if not isinstance(value, Keys):
        report(WRONG_TYPE, value.at, f"days with values belong here, not {_describe(value)}")
        return None
    found = []
    for key, inner in value.pairs:
        day, number = _day(key, report), _number(inner, report)
        if isinstance(day, Day) and isinstance(number, float):
            found.append(Measurement(day, number))
    return tuple(sorted(found))


def read_waivers(value: Value, report: FieldReport) -> tuple[Waiver, ...]:
    """`allow:` is a list of `{rule, because, until}`; one such map or a bare name will do."""
    if isinstance(value, Sequence):
        return tuple(each for item in value.items for each in read_waivers(item, report))
    if isinstance(value, Scalar):
        return () if _empty(value) else (Waiver(rule=value.text, at=value.at),)
    waiver = _by_key(value, _WAIVER, "a waiver has no {!r}", report)
    if "rule" not in waiver:
        report(WRONG_TYPE, value.at, "a waiver names no rule")
        return ()
    at = next(inner.at for key, inner in value.pairs if key.text == "rule")
    return (Waiver(at=at, **waiver),)


def _describe(value: Value) -> str:
    if isinstance(value, Scalar):
        return repr(value.text)
    return "a list" if isinstance(value, Sequence) else "keys and values"


_SCALARS: Mapping[object, Reader] = dict(  # noqa: C406 - one line, not six
    [(str, _text), (float, _number), (bool, _truth), (Day, _day), (People, _people)]
)
_LISTS: Mapping[object, Reader] = {(str, ...): _texts, (Measurement, ...): _measurements}
_WAIVER: Mapping[str, Reader] = {"rule": _text, "because": _text, "until": _day}

"""Fixes made from places alone. Their spans name no file; the diagnostic's path applies."""

from ost.read.diagnostic import Edit, Fix
from ost.read.document import Field
from ost.read.place import Place, Span
from ost.read.value import Mapping, Scalar, Sequence, Value


def rename(at: Place, old: str, new: str) -> Fix:
    """Replaces a name."""
    return Fix(f"write {new!r} instead of {old!r}", (Edit(Span("", at), new),))


def redirect(at: Place, old: str, new: str) -> Fix | None:
    """Replaces a link's target, unless more than the target is written at that place."""
    quotes = (at.end_column - at.column - len(old)) / 2
    if at.line != at.end_line or quotes not in {0, 1}:
        return None
    inside = Place(at.line, at.column + int(quotes), at.line, at.end_column - int(quotes))
    return Fix(f"link {new!r} instead of {old!r}", (Edit(Span("", inside), new),))


def remove_key(key_at: Place, value: Value, title: str) -> Fix | None:
    """Removes the lines of a key and its value from front matter."""
    if key_at.column:
        return None  # inside `{...}`, a line also holds other keys
    return _lines(key_at.line, _last(value), title)


def remove_item(field: Field, at: Place, title: str) -> Fix | None:
    """Removes an item from a field's list, or the whole field if the list has no other item."""
    value = field.value
    if not isinstance(value, Sequence) or len(value.items) == 1:
        return remove_key(field.key_at, value, title)
    for number, item in enumerate(value.items):
        last = _last(item)
        beginnings = [each.at.line for each in value.items[number + 1 :]]
        if item.at.line <= at.line <= last and item.at.column:
            alone = item.at.line > field.key_at.line and all(each > last for each in beginnings)
            before = all(_last(each) < item.at.line for each in value.items[:number])
            return _lines(item.at.line, last, title) if alone and before else None
    return None


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are equal, wherever they are."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return (one.text, one.type) == (other.text, other.type)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        pairs = zip(one.items, other.items, strict=False)
        return len(one.items) == len(other.items) and all(same_value(*each) for each in pairs)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        first, second = ({key.text: value for key, value in each.pairs} for each in (one, other))
        return first.keys() == second.keys() and all(
            same_value(first[key], second[key]) for key in first
        )
    return False


def _last(value: Value) -> int:
    """The last line of a value without the comments below it."""
    if isinstance(value, Sequence) and value.items:
        return max(_last(each) for each in value.items)
    if isinstance(value, Mapping) and value.pairs:
        return max(_last(each) for _, each in value.pairs)
    return value.at.end_line


def _lines(first: int, last: int, title: str) -> Fix:
    return Fix(title, (Edit(Span("", Place(first, 0, last + 1, 0)), ""),))

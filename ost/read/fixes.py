"""The edits of fixes, from places alone. Their spans name no file: it is the diagnostic's."""

from ost.read.diagnostic import Edit, Fix
from ost.read.document import Field
from ost.read.place import Place, Span
from ost.read.value import Mapping, Scalar, Sequence, Value


def renamed(at: Place, old: str, new: str) -> Fix:
    """A name replaced by another."""
    return Fix(f"write {new!r} instead of {old!r}", (Edit(Span("", at), new),))


def redirected(at: Place, old: str, new: str) -> Fix | None:
    """Put the name of a node in place of another, if nothing else is written there."""
    quotes = (at.end_column - at.column - len(old)) / 2
    if at.line != at.end_line or quotes not in {0, 1}:
        return None
    inside = Place(at.line, at.column + int(quotes), at.line, at.end_column - int(quotes))
    return Fix(f"link {new!r} instead of {old!r}", (Edit(Span("", inside), new),))


def without(key_at: Place, value: Value, title: str) -> Fix | None:
    """Take the lines of a key and its value out of front matter."""
    if key_at.column:
        return None  # within `{...}`, where a line holds more than it
    return _lines(key_at.line, _last(value), title)


def without_item(field: Field, at: Place, title: str) -> Fix | None:
    """Take the item that holds a place out of a field; the field, if it holds nothing else."""
    value = field.value
    if not isinstance(value, Sequence) or len(value.items) == 1:
        return without(field.key_at, value, title)
    for number, item in enumerate(value.items):
        last = _last(item)
        beginnings = [each.at.line for each in value.items[number + 1 :]]
        if item.at.line <= at.line <= last and item.at.column:
            alone = item.at.line > field.key_at.line and all(each > last for each in beginnings)
            before = all(_last(each) < item.at.line for each in value.items[:number])
            return _lines(item.at.line, last, title) if alone and before else None
    return None


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same, whatever their places."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return (one.text, one.type) == (other.text, other.type)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        pairs = zip(one.items, other.items, strict=False)
        return len(one.items) == len(other.items) and all(same(*each) for each in pairs)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        mine, theirs = ({key.text: value for key, value in each.pairs} for each in (one, other))
        return mine.keys() == theirs.keys() and all(same(mine[key], theirs[key]) for key in mine)
    return False


def _last(value: Value) -> int:
    """The last line on which a value says something: what is below it may be a comment."""
    if isinstance(value, Sequence) and value.items:
        return max(_last(each) for each in value.items)
    if isinstance(value, Mapping) and value.pairs:
        return max(_last(each) for _, each in value.pairs)
    return value.at.end_line


def _lines(first: int, last: int, title: str) -> Fix:
    return Fix(title, (Edit(Span("", Place(first, 0, last + 1, 0)), ""),))

"""The parts of a filter in words, each with an address of the page without that part."""

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct

from datasette_ost.view import words


class FilterPart(Struct, frozen=True):
    """A part of the filter, with the arguments of the same page without that part."""

    label: str
    value: str
    without: str


_LABELS = {
    "q": "words",
    "segment": "segment",
    "since": "mentioned since",
    "until": "mentioned until",
    "rule": "finding",
    "only": "the rest",
    "select": "selector",
}

_VALUES = {
    ("rule", "any"): "any",
    ("rule", "waived"): "waived",
    ("only", "1"): "hidden",
}


def filter_parts(given: Mapping[str, str]) -> list[FilterPart]:
    """The parts of the filter, each with an address of the page without that part."""
    found = []
    for name, value in given.items():
        rest = {other: each for other, each in given.items() if other != name}
        label = (
            words.day(value) if name in {"since", "until"} else _VALUES.get((name, value), value)
        )
        without = f"?{urlencode(rest)}" if rest else ""
        found.append(FilterPart(_LABELS.get(name, name), label, without))
    return found

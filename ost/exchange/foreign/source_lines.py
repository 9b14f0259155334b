"""Lines of the imported text."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

NumberedLine = tuple[int, str]
"""A line of a text: its number, from zero, and its words."""


class UnreadText(Struct, frozen=True):
    """A line of the import that is in no draft, and why. Lines count from one; 0 means the whole
    file.
    """

    path: str
    line: int
    text: str
    why: str = ""


class LineGroup(Struct, frozen=True):
    """Equal lines that are in no draft for the same reason, and where they are."""

    text: str
    why: str
    places: tuple[tuple[str, int], ...]


def grouped(lines: Iterable[UnreadText]) -> list[LineGroup]:
    """The lines with equal ones together, ordered by the first of each group."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for line in lines:
        found.setdefault((line.text, line.why), []).append((line.path, line.line))
    return [LineGroup(text, why, tuple(places)) for (text, why), places in found.items()]


def places(found: Iterable[tuple[str, int]]) -> list[str]:
    """Places in short form, `a.md:3` and `a.md:5-9`: consecutive lines are joined."""
    paths: dict[str, set[int]] = {}
    for path, line in found:
        paths.setdefault(path, set()).add(line)
    return [f"{path}{each}" for path, lines in paths.items() for each in _ranges(sorted(lines))]


def _ranges(lines: list[int]) -> Iterator[str]:
    start = last = lines[0]
    for line in (*lines[1:], -1):
        if line != last + 1:
            yield "" if not last else f":{start}" if start == last else f":{start}-{last}"
            start = line
        last = line

"""Resolves conflicts of a merge that are safe in a tree: both sides appended to a list, added
moments, or changed different keys. Anything uncertain stays a conflict with git's markers.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ost.edit.both_sides import SideLines, in_front, in_text


class Conflict(NamedTuple):
    """The lines of both sides and of their base; `raw` is git's text."""

    ours: SideLines
    base: SideLines
    theirs: SideLines
    raw: SideLines


class Merged(NamedTuple):
    """The text, and the number of conflicts left in it."""

    text: str
    left: int


def resolve(text: str, size: int = 7) -> Merged:
    """Resolves the certain conflicts of a text that git marked with their base (`--diff3`).

    No line that a side added is ever lost.
    """
    resolved: SideLines = []
    left = 0
    parts = list(_parts(text.split("\n"), size))
    for at, part in enumerate(parts):
        if not isinstance(part, Conflict):
            resolved.append(part)
            continue
        after = _after(parts[at + 1 :])
        found = _resolved(part, after, front=_in_front_matter(resolved))
        left += found is None
        resolved += _without_base(part.raw, size) if found is None else found
    return Merged("\n".join(resolved), left)


def _parts(lines: SideLines, size: int) -> Iterator[str | Conflict]:
    """The lines and the conflicts, in order."""
    marks = {sign: sign * size for sign in "<|=>"}
    at = 0
    while at < len(lines):
        if not _is_mark(lines[at], marks["<"]):
            yield lines[at]
            at += 1
            continue
        places = _places(lines, at, marks)
        if places is None:
            yield lines[at]
            at += 1
            continue
        middle, parting, end = places
        yield Conflict(
            lines[at + 1 : middle],
            lines[middle + 1 : parting],
            lines[parting + 1 : end],
            lines[at : end + 1],
        )
        at = end + 1


def _after(parts: Sequence[str | Conflict]) -> str | None:
    """The next line that is not blank; in a conflict, the one indented most."""
    for part in parts:
        if not isinstance(part, Conflict):
            if part.strip():
                return part
            continue
        lines = [each for side in part[:3] for each in side if each.strip()]
        return max(lines, key=lambda line: len(line) - len(line.lstrip()), default=None)
    return None


def _places(lines: SideLines, begin: int, marks: dict[str, str]) -> tuple[int, int, int] | None:
    found = []
    at = begin + 1
    for sign in "|=>":
        while at < len(lines) and not _is_mark(lines[at], marks[sign]):
            at += 1
        if at == len(lines):
            return None
        found.append(at)
        at += 1
    return found[0], found[1], found[2]


def _is_mark(line: str, mark: str) -> bool:
    rest = line.removeprefix(mark).rstrip("\r")
    return line.startswith(mark) and (not rest or rest[0] == " ")


def _without_base(raw: SideLines, size: int) -> SideLines:
    """The conflict as git writes it by default, without the base."""
    kept: SideLines = []
    inside = False
    for line in raw:
        if _is_mark(line, "|" * size):
            inside = True
        elif _is_mark(line, "=" * size):
            inside = False
        if not inside:
            kept.append(line)
    return kept


def _in_front_matter(before: Sequence[str]) -> bool:
    """Whether the text after these lines is still front matter."""
    if not before or before[0].rstrip("\r").removeprefix("\ufeff") != "---":
        return False
    return not any(each.rstrip("\r") in {"---", "..."} for each in before[1:])


def _resolved(conflict: Conflict, after: str | None, *, front: bool) -> SideLines | None:
    """Both sides merged; None if that is not certain."""
    ours, base, theirs = conflict.ours, conflict.base, conflict.theirs
    if ours == theirs:
        return ours
    if ours == base:
        return theirs
    if theirs == base:
        return ours
    return (in_front if front else in_text)(ours, base, theirs, after)

"""Conflicts of a merge that are none for a tree: both sides appended to a list, added moments, or
changed different keys. What is uncertain stays a conflict, marked as git marks it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SideLines = list[str]


class Conflict(NamedTuple):
    """The lines of both sides and of what they began with; `raw` is how git wrote it."""

    ours: SideLines
    base: SideLines
    theirs: SideLines
    raw: SideLines


class Merged(NamedTuple):
    """The text, and how many conflicts are left in it."""

    text: str
    left: int


def resolve(text: str, size: int = 7) -> Merged:
    """Resolves what is certain in a text in which git marked conflicts with their base (`--diff3`).

    No line that a side added is ever lost.
    """
    resolved: SideLines = []
    left = 0
    for part in _parts(text.split("\n"), size):
        if not isinstance(part, Conflict):
            resolved.append(part)
            continue
        found = _resolved(part, in_front=_in_front_matter(resolved))
        left += found is None
        resolved += _without_base(part.raw, size) if found is None else found
    return Merged("\n".join(resolved), left)


def _parts(lines: SideLines, size: int) -> Iterator[str | Conflict]:
    """The lines, with each conflict as one."""
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
    """The conflict as git writes it by default: what both began with is left out."""
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
    """Whether what follows these lines still is front matter."""
    if not before or before[0].rstrip("\r").removeprefix("\ufeff") != "---":
        return False
    return not any(each.rstrip("\r") in {"---", "..."} for each in before[1:])


def _resolved(conflict: Conflict, *, in_front: bool) -> SideLines | None:
    """Both sides in one; None where that is not certain."""
    ours, base, theirs = conflict.ours, conflict.base, conflict.theirs
    if ours == theirs:
        return ours
    if ours == base:
        return theirs
    if theirs == base:
        return ours
    return _keys(ours, base, theirs) if in_front else _items(ours, base, theirs)


_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?=[ \t\r]|$)")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)])[ \t]+\S")
_INDENTED_ITEM = re.compile(r"([ \t]*)-[ \t]+\S")


_FLOW = re.compile(r"(\s*[\w-]+\s*:\s*\[)([^\[\]{}\"'#]*)(\]\s*)")


def _keys(ours: SideLines, base: SideLines, theirs: SideLines) -> SideLines | None:
    """Front matter, key by key; or items below one key."""
    if all(_INDENTED_ITEM.match(each) for side in (ours, base, theirs) for each in side):
        return _appended(
            [[each] for each in ours], [[each] for each in base], [[each] for each in theirs]
        )
    sides = [_by_key(each) for each in (ours, base, theirs)]
    mine, old, other = sides
    if mine is None or old is None or other is None:
        return None
    made: SideLines = []
    # In the order of ours; what only theirs has comes after what was before it there.
    for name in _order(list(mine), list(other)):
        values = (mine.get(name), old.get(name), other.get(name))
        found = _value(name, *values)
        if found is None:
            return None
        made += found
    return made


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    order = list(ours)
    for at, name in enumerate(theirs):
        if name not in order:
            before = next((each for each in reversed(theirs[:at]) if each in order), None)
            order.insert(order.index(before) + 1 if before is not None else len(order), name)
    return order


def _value(
    name: str, mine: SideLines | None, old: SideLines | None, other: SideLines | None
) -> SideLines | None:
    """A key's lines: by the side that changed it, or by both if both only added to a list."""
    if other in (mine, old):
        return mine or []
    if mine == old:
        return other or []
    if mine is None or other is None or old is None:
        return None
    return _flow_list(name, mine, old, other) or _block_list(mine, old, other)


def _flow_list(name: str, mine: SideLines, old: SideLines, other: SideLines) -> SideLines | None:
    """`key: [a]` that became `[a, b]` here and `[a, c]` there."""
    if not all(len(each) == 1 for each in (mine, old, other)):
        return None
    parts = [_FLOW.fullmatch(each[0]) for each in (mine, old, other)]
    if not all(parts):
        return None
    items = [
        [[word.strip()] for word in found[2].split(",") if word.strip()]
        for found in parts
        if found is not None
    ]
    made = _appended(*items)
    first = parts[0]
    if made is None or first is None:
        return None
    return [f"{first[1]}{', '.join(made)}{first[3]}"]


def _block_list(mine: SideLines, old: SideLines, other: SideLines) -> SideLines | None:
    """`key:` with items below it, to which both sides added some."""
    if not (mine[0] == old[0] == other[0]):
        return None
    rests = [_nested(each[1:]) for each in (mine, old, other)]
    if any(each is None for each in rests):
        return None
    made = _appended(*(each or [] for each in rests))
    return None if made is None else [mine[0], *made]


def _nested(lines: SideLines) -> list[SideLines] | None:
    """Items with what is nested in them; None where there is something else."""
    found: list[SideLines] = []
    depth: str | None = None
    for line in lines:
        item = _INDENTED_ITEM.match(line)
        if item and (depth is None or item[1] == depth):
            depth = item[1]
            found.append([line])
        elif found and depth is not None and line.startswith(f"{depth} "):
            found[-1].append(line)
        else:
            return None
    return found


def _by_key(lines: SideLines) -> dict[str, SideLines] | None:
    """Lines by the key they belong to; None where that is not plain."""
    found: dict[str, SideLines] = {}
    name = ""
    for line in lines:
        key = _KEY.match(line)
        if key:
            name = key[1]
            if name in found:
                return None
            found[name] = [line]
        elif name and (line[:1] in {" ", "\t", "-"} or not line.strip()):
            found[name].append(line)
        else:
            return None
    return found


def _items(ours: SideLines, base: SideLines, theirs: SideLines) -> SideLines | None:
    """Items of a list in text, each with what is nested in it: moments, steps, facts."""
    sides = [_top_items(each) for each in (ours, base, theirs)]
    if any(each is None for each in sides):
        return None
    return _appended(*(each or [] for each in sides))


def _top_items(lines: SideLines) -> list[SideLines] | None:
    found: list[SideLines] = []
    for line in lines:
        if _ITEM.match(line):
            found.append([line])
        elif found and (line[:1] in {" ", "\t"} or not line.strip()):
            found[-1].append(line)
        elif not line.strip():
            found.append([line])
        else:
            return None
    return found


def _appended(
    ours: list[SideLines], base: list[SideLines], theirs: list[SideLines]
) -> SideLines | None:
    """What both began with, then what each side added after it; None when a side did more."""
    if ours[: len(base)] != base or theirs[: len(base)] != base:
        return None
    added = ours[len(base) :]
    known = {tuple(each) for each in added}
    further = [each for each in theirs[len(base) :] if tuple(each) not in known]
    # A numbered list would count twice; which is first is for people.
    if any(re.match(r"\d", each[0].lstrip()) for each in (*added, *further) if each):
        return None
    return [line for each in (*base, *added, *further) for line in each]

"""Merges both sides of a conflict if the result is certain: added items, added keys, and keys that
one side changed. Otherwise None.
"""

import re

SideLines = list[str]
Group = list[SideLines]

_ITEM = re.compile(r"(?:[-*+]|\d+[.)])[ \t]+\S")
_FRONT_ITEM = re.compile(r"-[ \t]+\S")
_NUMBER = re.compile(r"[ \t]*\d+[.)][ \t]")
_KEY = re.compile(r"""("[^"]*"|'[^']*'|\w[\w .-]*?)[ \t]*:(?=[ \t\r]|$)""")
_OPEN = re.compile(r"[^:]*:[ \t]*(?:#.*)?\r?")
_FLOW = re.compile(r"(\s*[\w-]+\s*:\s*)(\[[^\[{}#]*?(?:\[\[.*)?\]|\{[^\[\]{}#]*\})(\s*)")
_FLOW_ITEM = re.compile(r"""\s*("[^"]*"|'[^']*'|[^,\[\]{}"'#]+)\s*(?:,|$)""")
_FLOW_PAIR = re.compile(r"""\s*([^,\[\]{}"'#:]+:\s+(?:"[^"]*"|'[^']*'|[^,\[\]{}"'#]+))\s*(?:,|$)""")
_HEADING = re.compile(r"(#{1,6})[ \t]+\S")


def in_text(
    ours: SideLines, base: SideLines, theirs: SideLines, after: str | None
) -> SideLines | None:
    """Merges list items in text with everything nested in them (moments, steps, facts, nodes), or
    whole parts with their headings. `after` is the next line that is not blank.
    """
    if not base and _level(ours) and _level(theirs):
        return _parts(ours, theirs, after)
    depths = [_depth(each) for each in (ours, base, theirs) if any(map(str.strip, each))]
    if not depths or (after is not None and len(_indent(after)) > len(min(depths, key=len))):
        return None
    if not base and _depth(ours) != _depth(theirs):
        return _nested_first(ours, theirs)
    if len(set(depths)) > 1:
        return None
    return _list(ours, base, theirs, depths[0], _ITEM)


def in_front(
    ours: SideLines, base: SideLines, theirs: SideLines, after: str | None
) -> SideLines | None:
    """Merges items or keys of front matter, or those below one key."""
    depths = {_depth(each) for each in (ours, base, theirs) if each}
    if len(depths) != 1:
        return None
    depth = depths.pop()
    if after is not None and len(_indent(after)) > len(depth):
        return None
    items = _list(ours, base, theirs, depth, _FRONT_ITEM)
    return _mapping(ours, base, theirs, depth) if items is None else items


def _level(lines: SideLines) -> int:
    """The level of the heading that lines begin with; 0 without one."""
    first = next(filter(str.strip, lines), "")
    found = _HEADING.match(first)
    return len(found[1]) if found else 0


def _parts(ours: SideLines, theirs: SideLines, after: str | None) -> SideLines | None:
    """Parts that both added; None if they may be the same, or if the next line belongs to them."""
    level = _level(ours)
    headings = [
        [(len(found[1]), line.strip()) for line in each if (found := _HEADING.match(line))]
        for each in (ours, theirs)
    ]
    every = [each for side in headings for each in side]
    ended = after is None or 0 < _level([after]) <= level
    fenced = any(line.lstrip().startswith(("```", "~~~")) for line in (*ours, *theirs))
    if not ended or fenced or min(every)[0] < level or _level(theirs) != level:
        return None
    return [*ours, *theirs] if len({title for _, title in every}) == len(every) else None


def _nested_first(ours: SideLines, theirs: SideLines) -> SideLines | None:
    """Puts one side's lines below the last item before the other side's new items."""
    deep, other = sorted((ours, theirs), key=lambda each: len(_depth(each)), reverse=True)
    depth = _depth(other)
    under = all(not line.strip() or _is_below(line, depth) for line in deep)
    if not under or _items(other, depth, _ITEM) is None:
        return None
    return [*deep, *other]


def _list(
    ours: SideLines, base: SideLines, theirs: SideLines, depth: str, item: re.Pattern[str]
) -> SideLines | None:
    mine, old, other = (_items(each, depth, item) for each in (ours, base, theirs))
    return None if mine is None or old is None or other is None else _appended(mine, old, other)


def _items(lines: SideLines, depth: str, item: re.Pattern[str]) -> Group | None:
    """Items with everything nested in them; None if there is anything else."""
    found: Group = []
    for line in lines:
        if line.startswith(depth) and item.match(line, len(depth)):
            found.append([line])
        elif found and (not line.strip() or _is_below(line, depth)):
            found[-1].append(line)
        elif not line.strip():
            found.append([line])
        else:
            return None
    return found


def _mapping(ours: SideLines, base: SideLines, theirs: SideLines, depth: str) -> SideLines | None:
    """Lines key by key."""
    mine, old, other = (_by_key(each, depth) for each in (ours, base, theirs))
    if mine is None or old is None or other is None:
        return None
    made: SideLines = []
    # In our order; a key that only they have follows the key before it on their side.
    for name in _order(list(mine), list(other)):
        found = _value(mine.get(name), old.get(name), other.get(name))
        if found is None:
            return None
        made += found
    return made


def _by_key(lines: SideLines, depth: str) -> dict[str, SideLines] | None:
    """Lines by the key they belong to; None if that is unclear."""
    found: dict[str, SideLines] = {}
    name = ""
    for line in lines:
        key = _KEY.match(line, len(depth)) if line.startswith(depth) else None
        if key:
            name = key[1]
            if name in found:
                return None
            found[name] = [line]
        elif name and (not line.strip() or _is_below(line, depth) or _is_item(line, depth)):
            found[name].append(line)
        else:
            return None
    return found


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    order = list(ours)
    for at, name in enumerate(theirs):
        if name not in order:
            before = next((each for each in reversed(theirs[:at]) if each in order), None)
            order.insert(order.index(before) + 1 if before is not None else len(order), name)
    return order


def _value(
    mine: SideLines | None, old: SideLines | None, other: SideLines | None
) -> SideLines | None:
    """A key's lines: those of the side that changed it, or of both if both only added to it."""
    if other in (mine, old):
        return mine or []
    if mine == old:
        return other or []
    if mine is None or other is None or old is None:
        return None
    if len(mine) == len(old) == len(other) == 1:
        return _flow(mine[0], old[0], other[0])
    if not (mine[0] == old[0] == other[0] and _OPEN.fullmatch(mine[0])):
        return None
    below = in_front(mine[1:], old[1:], other[1:], None)
    return None if below is None else [mine[0], *below]


def _flow(mine: str, old: str, other: str) -> SideLines | None:
    """Merges `key: [a]` that became `[a, b]` here and `[a, c]` there, or such a map."""
    parts = [_FLOW.fullmatch(each) for each in (mine, old, other)]
    first, second, third = parts
    if first is None or second is None or third is None:
        return None
    brackets = {f"{each[2][0]}{each[2][-1]}" for each in (first, second, third)}
    if len(brackets) > 1:
        return None
    pattern = _FLOW_ITEM if "[]" in brackets else _FLOW_PAIR
    ours, base, theirs = (_flow_items(each[2][1:-1], pattern) for each in (first, second, third))
    if ours is None or base is None or theirs is None:
        return None
    made = _appended(ours, base, theirs)
    if made is None or (pattern is _FLOW_PAIR and _is_double(made)):
        return None
    return [f"{first[1]}{first[2][0]}{', '.join(made)}{first[2][-1]}{first[3]}"]


def _flow_items(inside: str, pattern: re.Pattern[str]) -> Group | None:
    found: Group = []
    at = 0
    while inside[at:].strip():
        item = pattern.match(inside, at)
        if item is None:
            return None
        found.append([item[1].strip()])
        at = item.end()
    return found


def _is_double(pairs: SideLines) -> bool:
    keys = [each.split(":")[0].strip() for each in pairs]
    return len(set(keys)) < len(keys)


def _appended(ours: Group, base: Group, theirs: Group) -> SideLines | None:
    """The common lines, then each side's additions; None if a side did more, or if both added an
    item with the same words and other lines below it.
    """
    if ours[: len(base)] != base or theirs[: len(base)] != base:
        return None
    added = ours[len(base) :]
    known = {each[0]: _nonblank(each) for each in added}
    further = [each for each in theirs[len(base) :] if known.get(each[0]) != _nonblank(each)]
    # A numbered list would repeat numbers; which item is first is for people to decide.
    if any(_NUMBER.match(each[0]) for each in (*added, *further)):
        return None
    if any(each[0] in known for each in further):
        return None
    return [line for each in (*base, *added, *further) for line in each]


def _nonblank(item: SideLines) -> SideLines:
    return [line for line in item if line.strip()]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _depth(lines: SideLines) -> str:
    """The indent of the first line that is not blank."""
    return _indent(next(filter(str.strip, lines), ""))


def _is_below(line: str, depth: str) -> bool:
    return line.startswith((f"{depth} ", f"{depth}\t"))


def _is_item(line: str, depth: str) -> bool:
    return line.startswith(depth) and _FRONT_ITEM.match(line, len(depth)) is not None

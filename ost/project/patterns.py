"""Patterns of the setting `exclude`."""

from collections.abc import Callable, Iterable


def excluding(patterns: Iterable[str]) -> Callable[[str], object] | None:
    """A function that returns something true if a path is excluded, or None if nothing is.

    `*` and `?` stop at `/`, `**` does not. A pattern without `/` may match any part of the path;
    one that matches a folder excludes everything in it.
    """
    found = [expression(each) for each in patterns if each.strip()]
    if not found:
        return None
    import re

    return re.compile("|".join(found), re.DOTALL).fullmatch


def expression(pattern: str) -> str:
    """The regular expression of the paths that a pattern matches.

    It matches the text between two stars once, from the left: trying every way to divide a path
    among many stars would take too long.
    """
    import re

    pattern = re.sub(r"\*{3,}", "**", pattern.strip().removeprefix("./"))
    inside = pattern.strip("/")
    *above, last = re.split(r"(?:(?<=/)|^)(?:\*\*/)+", inside)
    if "/" not in pattern.rstrip("/"):
        above = ["", *above]
    below = "(?:/.*)?"
    if last.endswith("/**"):
        last, below = last.removesuffix("/**"), "/.*"
    made = ""
    for number, unit in enumerate(above):
        made += f"(?>(?:[^/]*+/)*?{_unit(unit)})" if number else _unit(unit)
    return f"{made}{'(?:[^/]*+/)*?' if above else ''}{_unit(last)}{below}"


_FEW = 2


def _unit(pattern: str) -> str:
    """The expression of a pattern without `**` for whole folders."""
    import re

    if "**" not in pattern:
        return "/".join(map(_segment, pattern.split("/")))
    first, *rest = re.split(r"(\*+)", pattern)
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    made = _fixed(first)
    for number, (stars, fixed) in enumerate(pairs, 1):
        any_ = ".*" if len(stars) > 1 else "[^/]*"
        once = number < len(pairs) > _FEW
        made += f"(?>{any_}?{_fixed(fixed)})" if once else any_ + _fixed(fixed)
    return made


def _segment(pattern: str) -> str:
    """The expression of the name of one file or folder."""
    first, *rest = map(_fixed, pattern.split("*"))
    if not rest:
        return first
    *middle, last = rest
    return first + "".join(f"(?>[^/]*?{each})" for each in middle) + f"[^/]*{last}"


def _fixed(pattern: str) -> str:
    import re

    return "[^/]".join(map(re.escape, pattern.split("?")))

"""Which files the setting `exclude` leaves alone."""

from collections.abc import Callable, Iterable


def excluding(patterns: Iterable[str]) -> Callable[[str], bool] | None:
    """Tells whether a path is excluded; None when nothing is.

    `*` and `?` stop at `/`, `**` does not. A pattern without `/` may match any part of the path;
    one that matches a folder excludes all that is in it.
    """
    found = [expression(each) for each in patterns if each.strip()]
    if not found:
        return None
    import re

    return re.compile("|".join(found)).fullmatch  # type: ignore[return-value] # a match is true


def expression(pattern: str) -> str:
    """The regular expression of the paths that a pattern matches."""
    import re

    pattern = pattern.strip().removeprefix("./")
    inside = pattern.strip("/")
    made = ""
    at = 0
    while at < len(inside):
        if inside.startswith("**/", at):
            made, at = made + "(?:.*/)?", at + 3
        elif inside.startswith("**", at):
            made, at = made + ".*", at + 2
        elif inside[at] == "*":
            made, at = made + "[^/]*", at + 1
        elif inside[at] == "?":
            made, at = made + "[^/]", at + 1
        else:
            made, at = made + re.escape(inside[at]), at + 1
    anywhere = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    return f"{anywhere}{made}(?:/.*)?"

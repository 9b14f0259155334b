"""A difference for people at a terminal."""

from collections.abc import Callable, Iterator

from ost.exchange.differences.difference import NamedDifference, place_of
from ost.exchange.escape import terminal
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import Paint, cut
from ost.exchange.reports.text import STYLES
from ost.history.change import DETAIL, LOOK, Change, Verb
from ost.history.headline import headline
from ost.history.sentences import Style, line

PLAIN = Style(title=lambda text: f"“{terminal(text)}”", code=terminal, text=terminal)
"""Puts titles in quotation marks and leaves everything else as it is."""

_MARKS = {
    Verb.ADDED: ("green", "+"),
    Verb.HEARD: ("green", "+"),
    Verb.REMOVED: ("red", "−"),
    Verb.WITHDRAWN: ("red", "−"),
    Verb.MOVED: ("blue", "→"),
}
MARKS = {LOOK: ("bold red", "!"), DETAIL: ("dim", "·")}


def render(
    named: NamedDifference,
    paint: Paint,
    columns: int | None = None,
    shown: Callable[[str], str] = str,
) -> str:
    """A headline, a line per change, then the findings; "" if nothing changed. `shown` turns a path
    in the repository into one for the reader.
    """
    found = named.difference
    if not found:
        return ""
    look = len(found.look()) + len(found.errors())
    lines = [paint("bold", headline(found.changes, named.both, PLAIN, look=look))]
    if found.changes:
        lines += ["", *(_change(each, named, paint, columns) for each in found.changes)]
    if found.diagnostics.new or found.diagnostics.gone:
        lines += [
            "",
            *(
                f"{word} {rule if columns is None else cut(rule, columns - 10)}"
                for word, rule in _rules(named, paint, shown)
            ),
        ]
    return "\n".join(lines).strip("\n") + "\n"


def sentence(change: Change, named: NamedDifference) -> str:
    """A change in one line without colour."""
    return line(change, named.both, PLAIN).sentence()


def _change(change: Change, named: NamedDifference, paint: Paint, columns: int | None) -> str:
    style, mark = MARKS.get(change.weight, _MARKS.get(change.change, ("yellow", "~")))
    words = line(change, named.both, PLAIN).sentence()
    room = words if columns is None else cut(words, columns - 16)
    return f"{paint(style, mark)} {paint('dim', change.change.value.ljust(13))} {room}"


def _rules(
    named: NamedDifference, paint: Paint, shown: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Each finding that is new or gone, with a word that says which."""

    def rule(finding: Finding) -> str:
        place = terminal(place_of(finding, lambda path: shown(named.in_repository(path))))
        return f"{finding.code} {place}{': ' if place else ''}{terminal(finding.message)}"

    for new in named.difference.diagnostics.new:
        yield paint(STYLES[new.severity], new.severity.value), rule(new)
    for gone in named.difference.diagnostics.gone:
        yield paint("green", "cured"), rule(gone)

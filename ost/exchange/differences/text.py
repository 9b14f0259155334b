"""A difference for people at a terminal."""

from collections.abc import Iterator

from ost.exchange.differences.difference import NamedDifference, place_of
from ost.exchange.escape import terminal
from ost.exchange.reports.finding import Finding
from ost.exchange.reports.paint import Paint, cut
from ost.exchange.reports.text import STYLES
from ost.history.change import DETAIL, LOOK, Change, Verb
from ost.history.headline import headline
from ost.history.sentences import Style, line

PLAIN = Style(title=lambda text: f"“{terminal(text)}”", code=terminal, text=terminal)
"""Titles in quotation marks, everything else as it is."""

_MARKS = {
    Verb.ADDED: ("green", "+"),
    Verb.HEARD: ("green", "+"),
    Verb.REMOVED: ("red", "−"),
    Verb.WITHDRAWN: ("red", "−"),
    Verb.MOVED: ("blue", "→"),
}
MARKS = {LOOK: ("bold red", "!"), DETAIL: ("dim", "·")}


def render(told: NamedDifference, paint: Paint, columns: int | None = None) -> str:
    """A headline, then a line for each change, then the findings; "" if nothing changed."""
    found = told.difference
    if not found:
        return ""
    look = len(found.look()) + len(found.errors())
    said = [paint("bold", headline(found.changes, told.both, PLAIN, look=look))]
    if found.changes:
        said += ["", *(_change(each, told, paint, columns) for each in found.changes)]
    if found.diagnostics.new or found.diagnostics.gone:
        said += ["", *_rules(told, paint, columns)]
    return "\n".join(said).strip("\n") + "\n"


def sentence(change: Change, told: NamedDifference) -> str:
    """A change in one line without colour."""
    return line(change, told.both, PLAIN).sentence()


def _change(change: Change, told: NamedDifference, paint: Paint, columns: int | None) -> str:
    style, mark = MARKS.get(change.weight, _MARKS.get(change.change, ("yellow", "~")))
    words = line(change, told.both, PLAIN).sentence()
    room = words if columns is None else cut(words, columns - 16)
    return f"{paint(style, mark)} {paint('dim', change.change.value.ljust(13))} {room}"


def _rules(told: NamedDifference, paint: Paint, columns: int | None) -> Iterator[str]:
    for diagnostic in told.difference.diagnostics.new:
        yield _rule(
            diagnostic, paint(STYLES[diagnostic.severity], diagnostic.severity.value), columns
        )
    for diagnostic in told.difference.diagnostics.gone:
        yield _rule(diagnostic, paint("green", "cured"), columns)


def _rule(finding: Finding, word: str, columns: int | None) -> str:
    place = terminal(place_of(finding))
    said = f"{finding.code} {place}{': ' if place else ''}{terminal(finding.message)}"
    return f"{word} {said if columns is None else cut(said, columns - 10)}"

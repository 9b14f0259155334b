"""One node for a terminal: its place, its fields, its evidence, and what is below it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ost.answers.records import Card, MomentCard, NodeLink, Words
from ost.cli.terminal.kinds import Kinds
from ost.cli.terminal.tree import name
from ost.exchange.reports.paint import ESCAPE, Paint, cut, safe, width, wrapped
from ost.recording import clock
from ost.words import counted


def portray(card: Card, kinds: Kinds, place: str, paint: Paint, columns: int | None) -> str:
    """The whole node, except its findings. `place` is shown as it is; `columns` None cuts
    nothing.
    """
    blocks = [
        list(_head(card, kinds, place, paint, columns)),
        list(_fields(card.fields, paint, columns)),
        list(_evidence(card, kinds, paint, columns)),
        list(_said("Quotes", card.quotes, paint, columns)),
        list(_said("Story", card.story, paint, columns)),
        list(_moments("Opportunities heard", card.heard, "node", paint, columns)),
        list(_linked("Below", card.below, kinds, paint, columns)),
        list(_linked("Linked from", card.mentioned, kinds, paint, columns)),
        list(_waivers(card, paint)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(card: Card, kinds: Kinds, place: str, paint: Paint, columns: int | None) -> Iterator[str]:
    indent = ""
    left = len(card.above) - 2 * _ENDS
    for at, node in enumerate(card.above):
        if left > 0 and _ENDS <= at < _ENDS + left:
            if at == _ENDS:
                yield indent + paint("dim", f"… {left:,} between")
            continue
        connector = paint("dim", f"{indent[:-3]}└─ ") if indent else ""
        room = None if columns is None else max(columns - len(indent) - 2, _SHORTEST)
        yield connector + name(node.kind, node.status, _cut(safe(node.title), room), kinds, paint)
        indent += "   "
    connector = paint("dim", f"{indent[:-3]}└─ ") if indent else ""
    room = None if columns is None else max(columns - len(indent) - 2, _SHORTEST)
    first, *rest = wrapped(safe(card.title), room) or [""]
    yield connector + name(card.kind, card.status, paint("bold", first), kinds, paint)
    for line in rest:
        yield f"{indent}  {paint('bold', line)}"
    status = (
        f" · {paint(kinds.style(card.kind, card.status), safe(card.status))}" if card.status else ""
    )
    made_up = f" · {paint('italic', 'illustrative')}" if card.illustrative else ""
    said = f"{indent}{safe(card.kind)}{status}{made_up} · {paint('dim', safe(card.id))}"
    where = f" · {paint('dim', place)}"
    if columns is None or _wide(said + where) <= columns:
        yield said + where
    else:
        yield from (said, indent + paint("dim", place))


def _fields(fields: Mapping[str, object], paint: Paint, columns: int | None) -> Iterator[str]:
    said = [(key, _value(value)) for key, value in fields.items() if key not in _ELSEWHERE]
    said = [(key, value) for key, value in said if value]
    wide = max((len(key) for key, _ in said), default=0)
    for key, value in said:
        room = None if columns is None else columns - wide - 2
        label = paint("dim", safe(key.replace("_", " ")).ljust(wide))
        yield f"{label}  {_cut(safe(value), room)}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        said = ((key.replace("_", " "), each, _value(each)) for key, each in value.items())
        # Words beside words need a sign between them, also without colour; a number does not.
        parts = (f"{key}{':' * isinstance(each, str)} {text}" for key, each, text in said if text)
        return "; ".join(parts)
    if isinstance(value, list | tuple):
        return ", ".join(_value(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _evidence(card: Card, kinds: Kinds, paint: Paint, columns: int | None) -> Iterator[str]:
    if not kinds[card.kind].needs_evidence and not (card.moments or card.against):
        return
    counts = [counted(card.participants, "person", "people"), counted(card.moments, "moment")]
    if card.against:
        counts.append(paint("red", f"{card.against} against"))
    if card.signals:
        counts.append(counted(card.signals, "signal"))
    elsewhere = paint("dim", " (with all below)") if card.moments else ""
    title = paint("bold", "Evidence") + f"  {', '.join(counts)}{elsewhere}"
    yield from _moments(title, card.evidence, "source", paint, columns, always=True)
    more = card.moments + card.against + card.signals - len(card.evidence)
    if more > 0:
        what = "is one more" if more == 1 else f"are {more:,} more"
        hint = f"`ost tree {safe(card.id)}` shows where, `ost show ID` each"
        yield f"  there {what} about what is below: {hint}"


def _moments(
    title: str,
    moments: Sequence[MomentCard],
    by: str,
    paint: Paint,
    columns: int | None,
    *,
    always: bool = False,
) -> Iterator[str]:
    """Moments under what they have in common: the interview, or the node."""
    if moments or always:
        yield title if always else paint("bold", title)
    for _, group in groupby(moments, key=lambda each: str(getattr(each, by))):
        heard = list(group)
        yield "  " + _origin(heard[0], by, paint, columns)
        for moment in heard:
            against = paint("red", "against: ") if moment.stance == "against" else ""
            yield from _stamped(moment.words, moment, against, paint, columns)
            for quote in moment.quotes:
                yield from _stamped(f"“{quote.text}”", quote, "", paint, columns, "italic")


def _origin(moment: MomentCard, by: str, paint: Paint, columns: int | None) -> str:
    if by == "node":
        node_id = f" · {paint('dim', safe(moment.node))}"
        return _beside(safe(moment.title), node_id, columns) + node_id
    said = " · ".join(safe(each) for each in (moment.participant, moment.date) if each)
    return f"{paint('cyan', said or 'somebody')} · {paint('dim', safe(moment.source))}"


def _stamped(
    words: str,
    at: MomentCard | Words,
    lead: str,
    paint: Paint,
    columns: int | None,
    style: str = "",
) -> Iterator[str]:
    """Words after the time they were said at, with the address of that second."""
    text = " ".join(safe(words).split())
    stamp = ("" if at.second is None else clock(at.second)).rjust(8)
    lines = wrapped(text, None if columns is None else columns - 12) or [""]
    for index, line in enumerate(lines):
        margin = paint("cyan", stamp) if index == 0 else " " * 8
        yield f"  {margin}  {lead if index == 0 else ''}{paint(style, line) if style else line}"
    if at.url and at.second is not None:
        yield f"  {' ' * 8}  {paint('dim underline', safe(at.url))}"


def _said(title: str, said: Sequence[Words], paint: Paint, columns: int | None) -> Iterator[str]:
    quotes = title == "Quotes"
    if said:
        yield paint("bold", title)
    for quote in said:
        text = f"“{quote.text}”" if quotes else quote.text
        yield from _stamped(text, quote, "", paint, columns, "italic" if quotes else "")


def _linked(
    title: str, linked: Sequence[NodeLink], kinds: Kinds, paint: Paint, columns: int | None
) -> Iterator[str]:
    if linked:
        yield paint("bold", title)
    for node in linked:
        style = kinds.style(node.kind, node.status or "")
        status = f" · {paint(style, safe(node.status))}" if node.status else ""
        relation = (
            f" {paint('dim', safe(f'({node.relation})'))}" if node.relation != "parent" else ""
        )
        rest = f"{status}{relation} · {paint('dim', safe(node.id))}"
        short = _beside(safe(node.title), f"? {rest}", columns)
        yield f"  {name(node.kind, node.status, short, kinds, paint)}{rest}"


def _waivers(card: Card, paint: Paint) -> Iterator[str]:
    if card.waivers:
        yield paint("bold", "Waivers")
    for waiver in card.waivers:
        until = safe(f" until {waiver.until}") if waiver.until else ""
        style = "green" if waiver.state == "active" else "yellow"
        why = safe(waiver.because or "no reason")
        yield f"  {safe(waiver.rule)} · {paint(style, waiver.state)}{until}: {why}"


def _beside(title: str, rest: str, columns: int | None) -> str:
    """A title, cut so that the rest of an indented line fits."""
    return title if columns is None else cut(title, max(columns - 2 - _wide(rest), _SHORTEST))


def _wide(line: str) -> int:
    """The columns of a line of ours."""
    return width(ESCAPE.sub("", line))


def _cut(text: str, columns: int | None) -> str:
    return text if columns is None else cut(text, columns)


_SHORTEST = 20
"""Columns of a title that are always left."""

_ENDS = 12
"""So many nodes above are shown at each end of a long way."""

_ELSEWHERE = frozenset({"status", "title", "parent", "allow", "kind", "illustrative"})
"""Fields shown elsewhere on the card."""

"""An opportunity's solutions in columns, as many side by side as fit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest

from ost.answers.records import AssumptionRecord, Comparison, SolutionRecord, TestRecord
from ost.cli.terminal.kinds import Kinds
from ost.cli.terminal.screen import Screen
from ost.exchange.reports.paint import ESCAPE, Paint, safe, width, wrapped
from ost.tree.kinds.assumption import RISKS
from ost.words import counted, day, either

MARKS = {"good": "✓", "bad": "✗", "busy": "…", "mixed": "?"}
"""A symbol for the tone of an assumption's status."""

NARROWEST = 24
"""The narrowest column of a solution; if they do not fit, fewer are side by side."""
_BETWEEN = 3

Cell = list[tuple[str, str]]
"""Paragraphs, each with its style."""


def draw_solutions(found: Comparison, screen: Screen, columns: int) -> str:
    """The comparison: the opportunity, the solutions in columns, and the risks no one examined."""
    paint = screen.paint
    people = counted(found.participants, "person", "people")
    against = f" · {paint('red', f'{found.against} against')}" if found.against else ""
    head = screen.name("opportunity", found.status, safe(found.title))
    blocks = [[*wrapped(head, columns), f"{people}{against} · {paint('dim', safe(found.id))}"]]
    count = max((columns + _BETWEEN) // (NARROWEST + _BETWEEN), 1)
    for start in range(0, len(found.solutions), count):
        blocks.append(list(_group(found.solutions[start : start + count], screen, columns)))
    if unasked := _missing_risks(found.solutions):
        blocks.append(wrapped(paint("dim", f"no assumption about {unasked}"), columns))
    return "\n\n".join("\n".join(each) for each in blocks) + "\n"


def _group(solutions: Sequence[SolutionRecord], screen: Screen, columns: int) -> Iterator[str]:
    """Solutions side by side: their titles, then what is known about them, row by row."""
    kinds, paint = screen.kinds, screen.paint
    wide = min((columns - _BETWEEN * (len(solutions) - 1)) // len(solutions), columns)
    yield from _side_by_side([_title(each, kinds) for each in solutions], paint, wide)
    rows: Mapping[str, Callable[[SolutionRecord], Cell]] = {
        "differs": lambda each: _text(each.differs),
        "evidence": _evidence,
        **{risk: partial(_about, risk=risk, kinds=kinds) for risk in (*RISKS, "other")},
        "decision": _decision,
        "bet": lambda each: _bet(each, kinds),
    }
    for label, cell in rows.items():
        cells = [cell(each) for each in solutions]
        if any(cells):
            yield ""
            yield paint("dim", f"── {label} " + "─" * (columns - width(label) - 4))
            yield from _side_by_side([each or [("dim", "—")] for each in cells], paint, wide)


def _side_by_side(cells: Sequence[Cell], paint: Paint, wide: int) -> Iterator[str]:
    columns = [
        [
            paint(style, line) if style else line
            for style, text in cell
            for line in _broken(safe(text), wide)
        ]
        for cell in cells
    ]
    for row in zip_longest(*columns, fillvalue=""):
        padded = (line + " " * (wide - width(ESCAPE.sub("", line))) for line in row)
        yield (" " * _BETWEEN).join(padded).rstrip()


def _broken(text: str, wide: int) -> Iterator[str]:
    """Lines no wider than the column; longer words are cut."""
    for line in wrapped(text, wide):
        rest = line
        while width(rest) > wide:
            end = len(rest)
            while end > 1 and width(rest[:end]) > wide:
                end -= 1
            yield rest[:end]
            rest = rest[end:]
        yield rest


def _title(solution: SolutionRecord, kinds: Kinds) -> Cell:
    style = kinds.style("solution", solution.status) if solution.status else "dim"
    shown = (style, solution.status or "idea")
    return [("bold", f"{kinds['solution'].glyph} {solution.title}"), shown, ("dim", solution.id)]


def _evidence(solution: SolutionRecord) -> Cell:
    if not solution.moments and not solution.against:
        return []
    people = counted(solution.participants, "person", "people")
    cell: Cell = [("", f"{people}, {counted(solution.moments, 'moment', 'moments')}")]
    return [*cell, ("red", f"{solution.against} against")] if solution.against else cell


def _about(solution: SolutionRecord, risk: str, kinds: Kinds) -> Cell:
    """The assumptions of one kind of risk, with their status and tests."""
    cell: Cell = []
    for assumption in solution.assumptions:
        if (assumption.risk if assumption.risk in RISKS else "other") == risk:
            cell += _assumption(assumption, kinds)
    return cell


def _assumption(assumption: AssumptionRecord, kinds: Kinds) -> Cell:
    status = assumption.status or "untested"
    tone = kinds.standing("assumption", status).tone
    weight = f", {assumption.importance} importance" if assumption.importance else ""
    cell: Cell = [("", f"{MARKS.get(tone, '·')} {assumption.title}")]
    cell.append((kinds.style("assumption", status), f"  {status}{weight}"))
    return cell + [("dim", f"  {_test(each)}") for each in assumption.tests]


def _test(test: TestRecord) -> str:
    """A test in one line: its result beside its criterion."""
    wanted, seen = test.criterion or {}, test.result or {}
    text = f"{test.method or 'test'} {test.status or ''}".strip()
    if seen.get("measure") is not None:
        text += f": {_number(seen['measure'])}" + _of(seen)
    goal = next(((key, wanted[key]) for key in _GOALS if wanted.get(key) is not None), None)
    unit = f" {wanted['unit']}" if wanted.get("unit") else ""
    return f"{text}, {_GOALS[goal[0]]} {_number(goal[1])}{_of(wanted)}{unit}" if goal else text


_GOALS = {"at_least": "needs", "at_most": "at most"}


def _of(numbers: Mapping[str, object]) -> str:
    return f" of {_number(numbers['of'])}" if numbers.get("of") is not None else ""


def _decision(solution: SolutionRecord) -> Cell:
    cell: Cell = []
    for decision in solution.decisions:
        word = "chosen" if decision.relation == "chose" else "not chosen"
        on = f" on {day(decision.date)}" if decision.date else ""
        cell.append(("bold green" if word == "chosen" else "", f"{word}{on}: {decision.title}"))
    return [*cell, *(_text(solution.because and f"dropped because {solution.because}"))]


def _bet(solution: SolutionRecord, kinds: Kinds) -> Cell:
    bet, result = solution.bet or {}, solution.result or {}
    cell: Cell = []
    if bet:
        expected = " ".join(
            _number(bet[key]) for key in ("expect", "metric") if bet.get(key) is not None
        )
        cell += _text(expected + (f" by {day(str(bet['by']))}" if bet.get("by") else ""))
    if result:
        text = f"{result.get('verdict') or 'result'}: {_number(result.get('actual'))}"
        cell.append((kinds.style("test", str(result.get("verdict"))), text))
    return cell


def _missing_risks(solutions: Sequence[SolutionRecord]) -> str:
    """The kinds of risk that no live solution has an assumption about; "" for none."""
    live = [each for each in solutions if each.status != "dropped"]
    asked = {each.risk for solution in live for each in solution.assumptions}
    missing = [each for each in RISKS if each not in asked]
    if not live or not missing:
        return ""
    return either(missing)


def _text(words: object) -> Cell:
    return [("", str(words))] if words else []


def _number(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)

"""What to do next, as text for a terminal and as Markdown for a chat."""

from collections.abc import Iterator

from ost.exchange import escape
from ost.exchange.agenda.agenda import Agenda, Task
from ost.exchange.agenda.opening import Opening
from ost.exchange.reports.paint import Paint, safe

HEADINGS = {
    "interview": "Talk to customers",
    "test": "Test first",
    "map": "Map to the tree",
    "waiver": "Waivers about to end",
    "draft": "Drafts to check",
}
"""The heading over the tasks of each sort."""

NOTHING = "nothing to do: every target has recent evidence, and no draft or waiver is due"


def text(agenda: Agenda, paint: Paint) -> str:
    """For a terminal."""
    if not agenda.tasks:
        return f"{NOTHING}\n"
    blocks = []
    for what, tasks in _grouped(agenda):
        lines = [paint("bold", HEADINGS[what])]
        for task in tasks:
            lines.append(f"  {safe(task.words)}")
            lines.append(f"    {paint('dim', safe('why: ' + '; '.join(task.why)))}")
            for label, words in _words(task.opening):
                lines.append(f"    {paint('cyan', label.ljust(9))} {safe(words)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def markdown(agenda: Agenda) -> str:
    """For a chat or a comment."""
    lines = [f"## Next in discovery, {agenda.as_of}"]
    if not agenda.tasks:
        lines += ["", f"{NOTHING[:1].upper()}{NOTHING[1:]}."]
    for what, tasks in _grouped(agenda):
        lines += ["", f"**{HEADINGS[what]}**", ""]
        for task in tasks:
            why = escape.markdown("; ".join(task.why))
            lines.append(f"- {escape.markdown(task.words)} ({why})")
            lines += [
                f"  - {label.strip()}: {escape.markdown(words)}"
                for label, words in _words(task.opening)
            ]
    return "\n".join(lines) + "\n"


def _grouped(agenda: Agenda) -> Iterator[tuple[str, list[Task]]]:
    for what in HEADINGS:
        tasks = [task for task in agenda.tasks if task.what == what]
        if tasks:
            yield what, tasks


def _words(opening: Opening | None) -> Iterator[tuple[str, str]]:
    if opening is not None:
        yield "open with", f"{opening.story} ({opening.source})"
        for label in ("product", "sales", "support"):
            if words := getattr(opening, label):
                yield label, words
        if not opening.moment:
            yield "recruit", "add `moment` to the opportunity to get recruiting questions"

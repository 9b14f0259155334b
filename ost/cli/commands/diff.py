"""`ost diff`: show what changed in the tree."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from ost.answers import comparison
from ost.cli.parameters import folder_option, format_choice, reports_option
from ost.cli.reports import save, targets
from ost.cli.selectors import select_on_either_side, select_option
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, display_path, progress, today
from ost.errors import Misuse
from ost.exchange.differences import markdown, text
from ost.exchange.differences.difference import NamedDifference
from ost.exchange.reports import json
from ost.exchange.reports.paint import plain
from ost.history.change import LOOK, Verb
from ost.history.git import Repository

FORMS = ("json", "markdown", "text")
ERRORS = "error"


@click.command("diff")
@click.argument("what", nargs=-1, metavar="[REVISIONS] [PATH|NODE]...")
@folder_option
@select_option
@format_choice("json", "markdown", help="For people, for programs, or for a comment.")
@reports_option
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed.")
@click.option(
    "--fail-on",
    multiple=True,
    metavar="WORDS",
    help="Exit with 1 if one of these changes is found: lost-evidence, bar-moved, weight:3, error.",
)
@click.pass_context
def command(
    ctx: click.Context,
    what: tuple[str, ...],
    folder: Path,
    select: str | None,
    form: str,
    outputs: tuple[str, ...],
    exit_code: bool,
    fail_on: tuple[str, ...],
) -> None:
    """Show what changed in the tree, in the team's words: moved, split, lost its only evidence.

    REVISIONS is A..B, A...B (since they diverged), or A (compared with the files as they are); the
    default is HEAD. A day (2026-10-01) means its last commit. Nothing is checked out. Limit the
    comparison by paths, by nodes (with everything below them), or by a selector that matches on
    either side (--select). Exits with 0, changes or not.

    \b
    ost diff                              your changes since the last commit
    ost diff main...HEAD                  what this branch does to the tree
    ost diff 2026-10-01..main             a quarter
    ost diff HEAD~5 cant-agree            one branch of the tree
    ost diff main... --select target+     the target and what is below it
    ost diff main... --format markdown    a comment for a pull request
    ost diff main... --fail-on weight:3   fail on what needs a review
    """
    reports = targets(outputs, FORMS)
    wanted = failing(fail_on)
    asked, narrow = _parse(what, folder)
    with progress() as report:
        sides = comparison.compile_sides(folder, asked, today(), report)
    chosen = None if select is None else select_on_either_side(folder, sides, select)
    named = comparison.named_difference(sides, f"ost diff {asked}", narrow, folder, chosen)
    top = Repository(folder if folder.is_dir() else folder.parent).top

    def shown(path: str) -> str:
        return display_path(top / path)

    for kind, file in reports:
        if file != "-":
            save(file, rendered(kind, named, shown), folder)
    for kind in (form, *(kind for kind, file in reports if file == "-")):
        if kind == "text":
            wide = output.columns() if sys.stdout.isatty() else None
            output.write(text.render(named, output.paint(), wide, shown))
        else:
            output.write(rendered(kind, named, shown), raw=True)
    failed = (exit_code and bool(named.difference)) or wanted(named)
    ctx.exit(1 if failed else 0)


class Failing:
    """Which changes fail."""

    def __init__(self, verbs: frozenset[str], weight: int, *, errors: bool) -> None:
        self.verbs, self.weight, self.errors = verbs, weight, errors

    def __call__(self, named: NamedDifference) -> bool:
        """Whether one of them is among the changes."""
        return any(
            each.change.value in self.verbs or each.weight >= self.weight
            for each in named.difference.changes
        ) or (self.errors and bool(named.difference.errors()))


def failing(asked: tuple[str, ...]) -> Failing:
    """The changes that `--fail-on` names: words of the vocabulary, `weight:N`, `error`."""
    verbs: set[str] = set()
    weight, errors = LOOK + 1, False
    for word in (each.strip() for one in asked for each in one.split(",") if each.strip()):
        name, _, number = word.partition(":")
        if name == "weight" and number in {"1", "2", "3"}:
            weight = min(weight, int(number))
        elif word == ERRORS:
            errors = True
        elif word in {each.value for each in Verb}:
            verbs.add(word)
        else:
            known = ", ".join((*sorted(each.value for each in Verb), "weight:1 to 3", ERRORS))
            raise Misuse(f"--fail-on: unknown change {word!r}; use {known}")
    return Failing(frozenset(verbs), weight, errors=errors)


def rendered(form: str, named: NamedDifference, shown: Callable[[str], str]) -> str:
    """The difference in one of the forms; `shown` is how a person here sees a path."""
    if form == "json":
        return json.render(named.difference)
    return markdown.render(named) if form == "markdown" else text.render(named, plain, shown=shown)


def _parse(what: tuple[str, ...], folder: Path) -> tuple[comparison.Range, tuple[str, ...]]:
    """The revisions, and what limits the comparison: the first word may be either."""
    if not all(each.strip() for each in what):
        raise Misuse("an argument is empty; name a revision, a path or a node")
    if what and comparison.is_revision(folder, what[0]):
        return comparison.parse_range(what[0]), what[1:]
    if len(what) == 1 and not _may_narrow(what[0], folder):
        # It can only be a revision, so the message is about that.
        return comparison.parse_range(what[0]), ()
    return comparison.parse_range("HEAD"), what


def _may_narrow(word: str, folder: Path) -> bool:
    from ost.answers import queries

    if Path(word).exists():
        return True
    opened = CommandProject(folder)
    opened.refresh()
    return queries.similar_ids(opened.project.connect(), word)[0] == word

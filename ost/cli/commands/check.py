"""`ost check`: find what is wrong, and where."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ost.cli import baselines, reports
from ost.cli.check_report import READ, CheckReport
from ost.cli.check_scope import (
    CheckOptions,
    all_diagnostics,
    open_for_check,
    part_filter,
    rule_names,
    selection_filter,
    since_revision,
    standard_input,
)
from ost.cli.parameters import (
    Folder,
    as_of_option,
    at_option,
    format_choice,
    paranoid_option,
    reports_option,
)
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.exchange.reports.finding import findings
from ost.exchange.reports.paint import safe
from ost.project.rule_selection import RuleSelection
from ost.read.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    pass


@click.command("check")
@click.argument("path", type=Folder(files=True, piped=True), default=".")
@format_choice(
    "concise", *reports.FORMS, help="text and concise for people, the others for programs."
)
@reports_option
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Apply only these rules, whatever the settings say.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Apply all rules except these.")
@click.option(
    "--severity",
    "least",
    type=click.Choice([each.value for each in Severity]),
    default="note",
    help="Show only findings of this severity or above.",
)
@click.option(
    "--only",
    metavar="SELECTOR",
    help="Show only findings about these nodes, as in `target+`; see `ost help selectors`.",
)
@click.option("--mine", is_flag=True, help="Show only files you changed since the default branch.")
@click.option("--calendar", is_flag=True, help="Also apply rules that depend on the day.")
@as_of_option
@at_option
@paranoid_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hide the findings listed in this file.",
)
@click.option(
    "--write-baseline",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Write the current findings to a baseline.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Show only findings that are new since this revision, or on this branch (`main...`).",
)
@click.option(
    "--stdin-filename",
    "name",
    default="",
    metavar="FILE",
    help="The name of the file on standard input.",
)
@click.option("--fix", is_flag=True, help="Fix what is safe to fix, then check.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, without changing it.")
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    form: str,
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    least: str,
    only: str | None,
    mine: bool,
    calendar: bool,
    as_of: date | None,
    at: str | None,
    paranoid: bool,
    baseline: Path | None,
    write_baseline: str | None,
    since: str | None,
    name: str,
    fix: bool,
    diff: bool,
) -> None:
    """Check the project.

    Checks the whole project and shows the findings in PATH, a folder or a file: errors first, then
    findings about the target, then the rest.
    Exits with 1 if there is an error, otherwise with 0. Warnings and notes never fail.

    \b
    ost check                        everything
    ost check content/interviews     one folder
    ost check --format json          for programs
    ost check --output sarif:a.sarif also write a report
    ost check --mine                 only the files you changed
    ost check --only target+         only the target and what is below it
    ost check --format concise       one line per finding
    ost check --fix                  fix what is safe to fix
    ost check --write-baseline       hide today's findings from now on
    ost check - --stdin-filename F   check a file that is open in an editor
    """
    targets = reports.targets(outputs)
    rules = RuleSelection(_words(select), _words(ignore), calendar=calendar)
    part = "--mine" if mine else "--only" if only is not None else ""
    piped = standard_input(name, as_of, fixes=fix or diff, part=part) if path == Path("-") else None
    given = {"--fix": fix, "--diff": diff, "--write-baseline": write_baseline is not None}
    opened = open_for_check(path, at, as_of, piped, CheckOptions(at, since, given))
    shown = part_filter(opened, mine=mine) if piped is None else _all
    if only is not None and (fix or diff):
        raise Misuse("--only chooses findings to show; --fix and --diff are about files")
    if fix or diff:
        differs = _fixed(opened, rules, shown, diff=diff, quiet=form not in READ)
        if diff:
            ctx.exit(1 if differs else 0)
    refreshed = opened.refresh(paranoid=paranoid)
    shown = selection_filter(opened, shown, only)
    with_fixes = "sarif" in (form, *(kind for kind, _ in targets))
    everything = all_diagnostics(opened, piped, rules, with_fixes=with_fixes)
    names = rule_names(opened, everything)
    if write_baseline is not None:
        output.write(baselines.write(opened, everything, names, write_baseline))
        return
    split, file = baselines.apply_baseline(opened, everything, names, baseline)
    introduced = since_revision(opened, since, split.standing, rules)
    standing = [each for each in introduced if shown(each)]
    report = CheckReport(opened, piped, standing, findings(standing, names), Severity(least))
    report.save(targets)
    if form in READ:
        report.show(form, refreshed)
        before = sum(map(shown, split.standing)) - len(standing)
        output.write(_held_back(since, before, safe(file), sum(map(shown, split.back))))
    report.print([form, *(kind for kind, target in targets if target == "-")])
    ctx.exit(1 if report.failed else 0)


def _held_back(since: str | None, before: int, file: str, back: int) -> str:
    text = f"{before:,} already in {since}\n" if before else ""
    return f"{text}{back:,} hidden by {file}\n" if back else text


def _fixed(
    opened: CommandProject,
    asked: RuleSelection,
    shown: Callable[[Diagnostic], bool],
    *,
    diff: bool,
    quiet: bool,
) -> bool:
    from ost.cli import fixes

    return fixes.run(opened, asked.select, asked.ignore, shown, diff=diff, quiet=quiet)


def _words(asked: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for each in asked for word in each.split(",") if word.strip())


def _all(_: Diagnostic) -> bool:
    return True

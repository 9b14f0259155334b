"""`ost check`: say what is wrong, where."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ost.cli import baselines, output, queries, reporting
from ost.cli.opening import Opened, opened_at
from ost.cli.parameters import Folder, as_of_option, at_option, paranoid_option
from ost.errors import Misuse
from ost.exchange.reports import text
from ost.exchange.reports.finding import findings
from ost.exchange.reports.paint import safe
from ost.project.asked import Asked
from ost.read.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from ost.cli.piped import Piped


@click.command("check")
@click.argument("path", type=Folder(files=True, piped=True), default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *reporting.FORMS]),
    default="text",
    help="For people, or for programs.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[:FILE]",
    help="Write a report as well; again for more.",
)
@click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules, not the settings'."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these rules.")
@click.option(
    "--severity",
    "least",
    type=click.Choice([each.value for each in Severity]),
    default="note",
    help="Show nothing that weighs less.",
)
@click.option("--calendar", is_flag=True, help="Apply the rules of the calendar too.")
@as_of_option
@at_option
@paranoid_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Hold back what this file says was there before.",
)
@click.option(
    "--write-baseline",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Write down what there is now, for --baseline.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Only what came since this revision; `main...`: since this branch left main.",
)
@click.option(
    "--stdin-filename",
    "name",
    default="",
    metavar="FILE",
    help="The file that `-` stands for; alone without.",
)
@click.option("--fix", is_flag=True, help="Write the fixes that are certain, then check.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    form: str,
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    least: str,
    calendar: bool,  # noqa: FBT001 - click gives flags so
    as_of: date | None,
    at: str | None,
    paranoid: bool,  # noqa: FBT001
    baseline: Path | None,
    write_baseline: str | None,
    since: str | None,
    name: str,
    fix: bool,  # noqa: FBT001
    diff: bool,  # noqa: FBT001
) -> None:
    """Say what is wrong, where.

    Reads the whole project; PATH (a folder or a file) says of which part to speak.
    Ends with 0 when there is no error, with 1 when there is one. Warnings and notes fail nothing.

    \b
    ost check                        everything
    ost check content/interviews     one folder
    ost check --format json          for programs
    ost check --output sarif:a.sarif a report as well
    ost check --fix                  mend what is certain
    ost check --since main...        only what this branch brought
    ost check --write-baseline       from now on only what is new
    ost check - --stdin-filename F   what an editor has of F
    """
    targets = reporting.targets(outputs)
    asked = Asked(_words(select), _words(ignore), calendar=calendar)
    piped = _piped(name, as_of, mends=fix or diff) if path == Path("-") else None
    writes = tuple(
        name
        for name, given in (
            ("--fix", fix),
            ("--diff", diff),
            ("--write-baseline", write_baseline is not None),
        )
        if given
    )
    opened = _opened(path, at, as_of, piped, Unfit(at, since, writes))
    if fix or diff:
        differs = _fixed(opened, asked, diff=diff, quiet=form != "text")
        if diff:
            ctx.exit(1 if differs else 0)
    refreshed = opened.refresh(paranoid=paranoid)
    with_fixes = "sarif" in (form, *(kind for kind, _ in targets))
    everything = _everything(opened, piped, asked, with_fixes=with_fixes)
    names = _names(opened, everything)
    if write_baseline is not None:
        output.write(baselines.write(opened, everything, names, write_baseline))
        return
    held, file = baselines.hold(opened, everything, names, baseline)
    shown = opened.shows() if piped is None else _all
    there = _since(opened, since, held.standing, asked)
    standing = [each for each in there if shown(each)]
    judged = findings(standing, names)
    weights = list(Severity)
    heavy = weights[: weights.index(Severity(least)) + 1]
    found = tuple(each for each in judged if each.severity in heavy)
    fixes = {each: of.fix for each, of in zip(judged, standing, strict=True) if of.fix}
    for kind, target in targets:
        if target != "-":
            reporting.save(target, reporting.rendered(kind, found, opened, fixes), opened.root)
    if form == "text":
        paint = output.paint()
        line, place = (piped.line, piped.shown) if piped else (opened.line(), opened.shown)
        output.write(text.render(found, line, place, paint, output.columns()))
        output.write(text.summary(found, refreshed.nodes, refreshed.files, paint))
        before = sum(map(shown, held.standing)) - len(standing)
        output.write(_held_back(since, before, safe(file), sum(map(shown, held.back))))
    for kind in [form, *(kind for kind, target in targets if target == "-")]:
        if kind != "text":
            output.write(reporting.rendered(kind, found, opened, fixes), raw=True)
    ctx.exit(1 if any(each.severity is Severity.ERROR for each in judged) else 0)


def _since(
    opened: Opened, since: str | None, standing: tuple[Diagnostic, ...], asked: Asked
) -> tuple[Diagnostic, ...]:
    if since is None:
        return standing
    from ost.cli.since import introduced

    return introduced(opened, since, standing, asked)


def _held_back(since: str | None, before: int, file: str, back: int) -> str:
    said = f"there before {since}: {before:,}\n" if before else ""
    return f"{said}held back by {file}: {back:,}\n" if back else said


class Unfit(NamedTuple):
    """What does not go together."""

    at: str | None
    since: str | None
    writes: tuple[str, ...]

    def refuse(self, *, piped: bool) -> None:
        """Misuse names it."""
        if self.at is not None and (self.writes or piped):
            raise Misuse(
                f"--at reads what is committed, which {' '.join(self.writes) or '-'} is not"
            )
        if self.since is not None and piped:
            raise Misuse("--since is about files, not about standard input")
        if self.since is not None and "--write-baseline" in self.writes:
            raise Misuse("--write-baseline writes down everything, --since leaves out most")


def _opened(
    path: Path, at: str | None, as_of: date | None, piped: "Piped | None", unfit: Unfit
) -> Opened:
    unfit.refuse(piped=piped is not None)
    return opened_at(path, at, as_of) if piped is None else piped.opened


def _piped(name: str, as_of: date | None, *, mends: bool) -> "Piped":
    if mends:
        raise Misuse("--fix and --diff mend files; what comes from standard input is the editor's")
    from ost.cli.piped import Piped, existing

    return Piped(name, Opened(existing(name), as_of))


def _fixed(opened: Opened, asked: Asked, *, diff: bool, quiet: bool) -> bool:
    from ost.cli import fixing

    return fixing.run(opened, asked.select, asked.ignore, diff=diff, quiet=quiet)


def _everything(
    opened: Opened, piped: "Piped | None", asked: Asked, *, with_fixes: bool
) -> tuple[Diagnostic, ...]:
    """What is wrong: as it was written down, unless other rules are asked for, or fixes."""
    if piped is not None:
        return piped.judged(asked.select, asked.ignore, calendar=asked.calendar)
    if not (any(asked) or with_fixes):
        return opened.project.diagnostics()
    from ost.project.afresh import Afresh

    afresh = Afresh(
        opened.project, select=asked.select, ignore=asked.ignore, calendar=asked.calendar
    )
    return afresh.judged()


def _names(opened: Opened, said: Iterable[Diagnostic]) -> dict[str, str]:
    """The rules' names by code, of those that were applied and of those that were asked for."""
    names = queries.names(opened.project.connect())
    if any(each.code not in names for each in said):
        from ost.project.compilation import known_rules

        names |= {each.code: each.name() for each in known_rules()}
    return names


def _words(asked: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for each in asked for word in each.split(",") if word.strip())


def _all(_: Diagnostic) -> bool:
    return True

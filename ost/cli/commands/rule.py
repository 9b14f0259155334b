"""`ost rule`: explain a rule, or list all rules."""

import sys
from typing import TYPE_CHECKING

import click

from ost.answers.records import RuleLine
from ost.cli.parameters import format_option
from ost.cli.terminal import output
from ost.errors import Misuse
from ost.exchange.reports import json
from ost.words import LOOSELY, nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

from ost.judge.rule import Rule


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Codes and names that start with this."""
    from click.shell_completion import CompletionItem

    lines = _lines()
    words = [(each.name, each.summary) for each in lines]
    words += [(each.code, each.summary) for each in lines]
    return [
        CompletionItem(word, help=summary)
        for word, summary in words
        if word.lower().startswith(incomplete.lower())
    ]


@click.command("rule")
@click.argument("rule", required=False, default="", shell_complete=complete)
@format_option
def command(rule: str, form: str) -> None:
    """Explain a rule with its reason, source and examples, or list all rules.

    \b
    ost rule
    ost rule single-solution
    ost rule OST301
    """
    lines = _lines()
    shown = [_one(lines, rule)] if rule else lines
    wide = output.columns() if sys.stdout.isatty() else None
    if form == "json":
        output.write(json.render(shown))
    elif rule:
        from ost.cli.terminal.markdown import styled

        output.write(styled(shown[0].page, output.paint()))
    else:
        from ost.cli.terminal.markdown import listed

        output.write(listed(lines, output.paint(), wide))


def _lines() -> list[RuleLine]:
    from ost.project.rules import available_rules

    return [_line(each) for each in available_rules()]


def _line(rule: "type[Rule]") -> RuleLine:
    from ost.judge.page import markdown, page

    found = page(rule)
    return RuleLine(
        code=found.code,
        name=found.name,
        family=found.family,
        severity=found.severity,
        summary=found.summary,
        page=markdown(found),
    )


def _one(lines: list[RuleLine], written: str) -> RuleLine:
    wanted = written.strip().casefold().replace("_", "-")
    for line in lines:
        if wanted in {line.code.casefold(), line.name}:
            return line
    known = [word for each in lines for word in (each.name, each.code.casefold())]
    near = nearest(wanted, known, LOOSELY)
    near = near.upper() if near.startswith("ost") else near
    meant = f"did you mean {near!r}?" if near else "run `ost rule` to list all rules"
    raise Misuse(f"rule {written!r} does not exist; {meant}")

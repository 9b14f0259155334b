"""`ost next`: what to do next in discovery."""

from datetime import date
from pathlib import Path

import click

from ost.cli.parameters import as_of_option, at_option, folder_option
from ost.cli.projects import opened_at
from ost.cli.terminal import output
from ost.exchange.agenda.agenda import agenda
from ost.exchange.agenda.feed import feed
from ost.exchange.agenda.text import markdown, text
from ost.exchange.reports import json
from ost.project.content import contents


@click.command("next")
@folder_option
@at_option
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "ics"]),
    default="text",
    help="For people, for programs, for a chat, or as a calendar.",
)
def command(folder: Path, at: str | None, as_of: date | None, form: str) -> None:
    """Say whom to interview about what, what to test first, and what waits for you.

    It looks for targets with thin or old evidence, segments that no one asked, the riskiest
    untested assumption, opportunities that are not in the tree, waivers that end, and drafts.
    Each line says why. The words to open an interview with come from your guide and from the
    `moment` of the opportunity.

    \b
    ost next
    ost next --format markdown
    ost next --format ics > discovery.ics
    """
    opened = opened_at(folder, at, as_of)
    opened.refresh()
    found = contents(opened.project)
    made = agenda(found.tree(), found.sections)
    if form == "json":
        output.write(json.render(made))
    elif form == "markdown":
        output.write(markdown(made), raw=True)
    elif form == "ics":
        output.write(feed(made), raw=True)
    else:
        output.write(text(made, output.paint()))

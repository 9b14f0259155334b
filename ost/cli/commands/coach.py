"""`ost coach`: review the interview questions in guides and transcripts."""

from pathlib import Path

import click

from ost.cli.parameters import at_option, format_option
from ost.cli.reviews import reviews_of, sentences, shelf_at
from ost.cli.terminal import output
from ost.cli.terminal.reviews import folder_summary, review_text
from ost.exchange.reports import json


@click.command("coach")
@click.argument("files", nargs=-1, required=True, metavar="PATH...")
@at_option
@format_option
def command(files: tuple[str, ...], at: str | None, form: str) -> None:
    """Review the interview questions in guides and transcripts.

    FILE is an interview guide (Markdown), a transcript (.vtt, .srt, .txt or Markdown), a snapshot
    that names one, a folder of these, or `-` for a guide from standard input. It reviews English
    questions only and never fails: its findings are questions to think about.

    \b
    ost coach guides/film-nights.md
    ost coach interviews/p07.vtt
    ost coach interviews
    ost coach --format json *.md
    ost coach --at HEAD~5 guides/film-nights.md
    """
    shelf = shelf_at(at)
    found = [(file, list(reviews_of(file, shelf))) for file in files]
    if form == "json":
        spoken = [one for _, reviews in found for review in reviews for one in sentences(review)]
        output.write(json.render(spoken))
        return
    paint = output.paint()
    for file, reviews in found:
        if file != "-" and Path(file).is_dir():
            output.write(folder_summary(file, reviews, paint))
            continue
        for review in reviews:
            output.write(review_text(review, paint, output.columns()))

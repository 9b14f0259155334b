"""`ost comment`: keep one comment below a pull request up to date."""

import os
import sys
from pathlib import Path

import click

from ost.cli.forge import FailedError, Forge, RefusedError, from_environment
from ost.cli.terminal import output
from ost.errors import Misuse
from ost.limits import read_limited, read_stream
from ost.read.place import normalize_newlines

LIMIT = 65_536
"""GitHub accepts at most this many characters in a comment."""
NOTHING = "This pull request no longer changes the tree."


@click.command("comment")
@click.argument("file", default="-")
@click.option(
    "--marker",
    metavar="WORD",
    help="The comment's name, if FILE may be empty: ost-diff, ost-why.",
)
@click.option("--required", is_flag=True, help="Exit with 2 if the comment cannot be posted.")
@click.pass_context
def command(ctx: click.Context, file: str, marker: str | None, required: bool) -> None:
    """Post a report below the pull request of this run, or update the one that exists.

    FILE is the output of `ost diff --format markdown` or `ost why --format markdown`; `-` reads it
    from standard input. Its first line, an HTML comment, identifies the report, so there is never a
    second one. If FILE is empty, nothing is posted; a comment that exists then says so. This works
    in GitHub Actions and GitLab CI, which name the pull request and provide the token
    (GITHUB_TOKEN; OST_TOKEN for GitLab). Where the token may not write, as on forks, the command
    says so and exits with 0.

    \b
    ost diff main... --format markdown | ost comment --marker ost-diff
    """
    body = _read(file)
    first = body.lstrip().split("\n", 1)[0].strip()
    begin = first.removesuffix("-->").strip() if first.startswith("<!--") else ""
    if not begin and marker:
        begin = f"<!-- {marker}"
    if not begin:
        raise Misuse("the first line names no report, as in <!-- name -->; name it with --marker")
    if len(body) > LIMIT:
        raise Misuse(f"the report has {len(body):,} characters; a comment holds {LIMIT:,}")
    try:
        forge = from_environment(os.environ)
        if forge is None:
            output.complain("this run has no pull request; nothing was posted")
            return
        output.complain(_update(forge, begin, body))
    except (RefusedError, FailedError) as error:
        output.complain(f"the comment was not posted: {error}")
        if required:
            ctx.exit(2)


def _update(forge: Forge, begin: str, body: str) -> str:
    """Updates the one comment; says what was done."""
    there = [
        each for each in forge.find(begin) if _same(each.body.lstrip().split("\n", 1)[0], begin)
    ]
    text = body if body.strip() else f"{begin} -->\n{NOTHING}\n"
    for comment in there:
        if normalize_newlines(comment.body).strip() == text.strip():
            return "the comment is up to date"
        try:
            forge.change(comment, text)
        except RefusedError:
            continue  # another program wrote the marker
        return "updated the comment"
    if not body.strip():
        return "the tree has not changed; nothing was posted"
    forge.post(text)
    return "posted a comment"


def _same(line: str, begin: str) -> bool:
    return line.strip().removesuffix("-->").strip() == begin


def _read(file: str) -> str:
    data = read_stream(sys.stdin.buffer, "-") if file == "-" else _whole(Path(file))
    return data.decode("utf-8", "replace").replace("\0", "")


def _whole(file: Path) -> bytes:
    try:
        return read_limited(file)
    except OSError as error:
        raise Misuse(f"{file}: cannot be read: {error.strerror or error}") from None

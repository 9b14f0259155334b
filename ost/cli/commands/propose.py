"""`ost propose`: a change on a branch of its own, for a review by the tree diff."""

import sys
from pathlib import Path

import click

from ost.answers.proposals import Expectation, ProposedChange, propose
from ost.cli.parameters import folder_option, format_choice
from ost.cli.terminal import output
from ost.errors import Misuse
from ost.exchange.reports import json
from ost.limits import read_limited, read_stream


@click.command("propose")
@click.argument("patch", type=click.Path(path_type=Path))
@click.option("--message", "-m", required=True, help="What it changes, and why.")
@click.option(
    "--expect",
    "expected",
    multiple=True,
    required=True,
    metavar="files:N|NODE",
    help="The limits of the change: files:N, and every node that may change; repeatable.",
)
@click.option("--branch", help="The new branch.  [default: from the message]")
@format_choice(
    "json",
    "patch",
    help="text and json make a branch; patch makes none and prints the checked patch.",
)
@folder_option
def command(
    patch: Path,
    message: str,
    expected: tuple[str, ...],
    branch: str | None,
    form: str,
    folder: Path,
) -> None:
    """Propose a change on a branch of its own, and show what it does to the tree.

    PATCH is a patch as git prints it, or - for standard input. It is applied to the last commit:
    files, index and current branch stay as they are, and no hook runs. A patch that changes more
    files or nodes than --expect names, or anything but content, is refused.

    \b
    git diff | ost propose - -m "Quote P07 exactly" --expect files:1 --expect p07-film-night
    ost propose change.patch -m "Split the need" --expect files:2 --expect a --expect b
    """
    if patch == Path("-"):
        data = read_stream(sys.stdin.buffer, "standard input")
    elif patch.is_file():
        data = read_limited(patch)
    else:
        raise Misuse(f"no file {str(patch)!r}")
    if not data.strip():
        raise Misuse("the patch is empty")
    proposal = propose(
        folder,
        ProposedChange(patch=data),
        message,
        declared(expected),
        branch=branch or "",
        as_patch=form == "patch",
    )
    if form == "patch":
        output.write(proposal.patch, raw=True)
    elif form == "json":
        output.write(json.render(proposal), raw=True)
    else:
        output.write(f"proposed on the new branch {proposal.branch} ({proposal.commit[:8]})\n\n")
        output.write(proposal.review or "The tree has not changed.\n")


def declared(words: tuple[str, ...]) -> Expectation:
    """The limits of a change, as written in `--expect`."""
    files, nodes = 0, list[str]()
    for word in words:
        name, _, number = word.partition(":")
        if name == "files" and number.isdecimal() and int(number):
            files = int(number)
        elif word.strip():
            nodes.append(word.strip())
    if not files:
        raise Misuse("--expect: say how many files may change, such as files:1")
    return Expectation(files=files, nodes=tuple(nodes))

"""See :class:`MissingTranscript`."""

from collections.abc import Iterator
from posixpath import relpath

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.suffixes import MARKDOWN, TRANSCRIPTS
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree
from ost.words import nearest, suggestion


class MissingTranscript(Rule, frozen=True):
    """The transcript of an interview does not exist.

    Why: Quotes are verified against the transcript. If the file was moved or its name has a typo,
    nothing is verified and no one notices. An address (`https://...`) is left alone: the transcript
    is kept there.

    Source: our own design; no outside source

    Bad:

        -- p07.md --
        ---
        kind: interview
        transcript: tlak.vtt  # OST210
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]
        -- talk.vtt --
        WEBVTT

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.

    Good:

        -- p07.md --
        ---
        kind: interview
        transcript: talk.vtt
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [12:41]
        -- talk.vtt --
        WEBVTT

        00:12:39.000 --> 00:12:44.000
        P07: We spend longer choosing than watching, and by then somebody has gone to bed.
    """

    code = "OST210"
    severity = Severity.WARNING
    kinds = (Interview,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Whether the transcript exists and contains words."""
        written = (node.transcript or "").strip() if isinstance(node, Interview) else ""
        if not isinstance(node, Interview) or not written or "://" in written:
            return
        found = tree.transcript(node)
        if found is not None and found.turns:
            return
        if written.endswith(MARKDOWN):
            message = (
                f"{written!r} is not a transcript, or does not exist; "
                "start each turn with the speaker's name and a colon"
            )
        elif not written.endswith(TRANSCRIPTS):
            message = f"transcript {written!r} has an unknown format; use .vtt, .srt, .txt or .md"
        elif found is not None:
            message = f"transcript {written!r} contains no words; check the file"
        else:
            message = (
                f"transcript {written!r} does not exist{_suggestion(node.path, written, tree)}"
            )
        yield self.about(node, node.place("transcript"), message)


def _suggestion(path: str, written: str, tree: Tree) -> str:
    """A suggestion: the transcript that is probably meant."""
    names = {each.rpartition("/")[2]: each for each in tree.transcripts}
    near = nearest(written.rpartition("/")[2], names)
    return suggestion(relpath(names[near], path.rpartition("/")[0] or ".") if near else "")

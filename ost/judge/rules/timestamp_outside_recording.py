"""See :class:`TimestampOutsideRecording`."""

from collections.abc import Iterator

from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.read.timestamp import length
from ost.tree.model import Interview, Node
from ost.tree.tree import Tree


class TimestampOutsideRecording(Rule, frozen=True):
    """A timestamp is after the end of the recording.

    Why: Every claim leads back to the second at which it was said. A timestamp after the end is a
    typo or belongs to another recording, and leads nowhere. An interview without a `duration` is
    compared with its transcript, which may end a little earlier: that is a warning. So is a
    duration that is not `h:mm:ss` or `mm:ss`.

    Source: Product Talk, The Interview Snapshot: a snapshot leads back to the moments of the story
    <https://www.producttalk.org/glossary-discovery-interview-snapshot>

    Bad:

        -- p07.md --
        ---
        kind: interview
        duration: "42:10"
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [1:12:41] <!-- OST204 -->

        ## Story
        1. [03:10] Friday, everyone on the sofa
        2. [43:10] somebody has gone to bed <!-- OST204 -->
        -- p08.md --
        ---
        kind: interview
        duration: about an hour  # OST204
        ---
        # P08: alone with the remote
        -- p09.md --
        ---
        kind: interview
        transcript: talk.vtt
        ---
        # P09: cartoons before breakfast

        ## Memorable quote
        > They find the remote before they find their socks. [12:41] <!-- OST204 -->
        -- talk.vtt --
        WEBVTT

        00:10.000 --> 00:14.000
        They find the remote before they find their socks.

    Good:

        -- p07.md --
        ---
        kind: interview
        duration: "1:42:10"
        ---
        # P07: film night with two teenagers

        ## Memorable quote
        > We spend longer choosing than watching. [1:12:41]

        ## Story
        1. [03:10] Friday, everyone on the sofa
        2. [1:42:10] good night
    """

    code = "OST204"
    kinds = (Interview,)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """Each timestamp after the end."""
        duration = node.duration if isinstance(node, Interview) else None
        if duration is None or not duration.strip():
            yield from self._beyond_words(node, tree)
            return
        end = length(duration)
        if end is None:
            message = f"duration {duration!r} is not a length; write it as 1:02:03"
            yield self.about(node, node.place("duration"), message, Severity.WARNING)
            return
        for stamp in node.entry.stamps():
            if stamp.second > end:
                message = (
                    f"{stamp.written} is after the end of the recording, "
                    f"{duration.strip()}; correct it"
                )
                yield self.about(node, stamp.at, message)

    def _beyond_words(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        transcript = tree.transcript(node) if isinstance(node, Interview) else None
        spoken = transcript.length if transcript is not None else None
        for stamp in node.entry.stamps() if spoken is not None else ():
            if stamp.second > (spoken or 0) + _AFTERWARDS:
                message = f"{stamp.written} is after the last words of the transcript; correct it"
                yield self.about(node, stamp.at, message, Severity.WARNING)


_AFTERWARDS = 60
"""Seconds that a recording may go on after the last words."""

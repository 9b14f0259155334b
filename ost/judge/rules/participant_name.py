"""See :class:`ParticipantName`."""

from collections.abc import Iterator

from ost.judge.person_names import in_id, in_text
from ost.judge.rule import Rule
from ost.read.diagnostic import Diagnostic, Severity
from ost.tree.model import Interview, Node, Signal
from ost.tree.tree import Tree


class ParticipantName(Rule, frozen=True):
    """A participant is named by what looks like a real name.

    Why: what is in git stays in its history and in every clone, and is published with the tree. A
    pseudonym such as P07 is enough to count people and to find the recording; who P07 is belongs
    where recruiting is kept. The file's name is read too: it becomes the id and part of addresses.
    A full name is a warning, a common first name a note, since it may be a pseudonym. Interviews
    whose `consent` mentions a public recording or names, and those that are made up, are left
    alone.

    Source: General Data Protection Regulation, article 5: no more data than the purpose needs
    <https://eur-lex.europa.eu/eli/reg/2016/679/oj>

    Bad:

        -- p07.md --
        ---
        kind: interview
        participant: Maria Gonzalez  # OST604
        ---
        # Film night with two teenagers
        -- anna-schmidt.md --
        ---
        kind: interview
        participant: P08
        ---
        # Alone on a Sunday <!-- OST604 -->

    Good:

        -- p07.md --
        ---
        kind: interview
        participant: P07
        ---
        # P07: film night with two teenagers
        -- podcast.md --
        ---
        kind: interview
        participant: Maria Gonzalez
        consent: public recording
        ---
        # A lecture on a stage
    """

    code = "OST604"
    severity = Severity.WARNING
    kinds = (Interview, Signal)

    def check(self, node: Node, tree: Tree) -> Iterator[Diagnostic]:
        """The participant, else the file's name."""
        if not isinstance(node, Interview | Signal) or node.illustrative or _may_be_named(node):
            return
        names = in_text(node.participant or "")
        if names:
            message = f"participant {node.participant!r} looks like a real name"
            yield self.about(
                node,
                node.place("participant"),
                f"{message}; use a pseudonym such as P07",
                _weight(names),
            )
        named = in_id(node.id)
        if named and not node.entry.id:
            message = f"file name {node.id!r} holds what looks like a real name ({named!r})"
            weight = _weight("full" if " " in named else "first")
            yield self.about(node, node.at, f"{message}; rename the file", weight)


def _weight(name: str) -> Severity | None:
    return None if name == "full" else Severity.NOTE


def _may_be_named(node: Interview | Signal) -> bool:
    consent = (getattr(node, "consent", None) or "").casefold()
    no_name = any(each in consent for each in ("without name", "without a name", "no name"))
    return "public" in consent or ("name" in consent and not no_name)

"""The tools that write, offered only when they are switched on. None of them writes to the current
branch, to the checkout or to anything but content.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from ost.answers import proposals
from ost.answers.proposals import Expectation, Proposal, ProposedChange
from ost.mcp.tools import AskedTree, AssistantTool


class ProposeArguments(Struct, forbid_unknown_fields=True):
    """What `propose` takes."""

    message: Annotated[str, Meta(description="What it changes, and why.", min_length=1)]
    expect: Annotated[Expectation, Meta(description="How far it may reach; beyond is refused.")]
    files: Annotated[
        dict[str, str | None],
        Meta(description="Whole files by their paths in the content folder; null deletes one."),
    ] = {}
    patch: Annotated[str, Meta(description="Instead of files: a patch as git prints it.")] = ""
    branch: Annotated[str, Meta(description="The new branch; else named by the message.")] = ""
    form: Annotated[
        Literal["branch", "patch"], Meta(description="A new branch, or a checked patch alone.")
    ] = "branch"


def _propose(tree: AskedTree, given: ProposeArguments) -> Proposal:
    return proposals.propose(
        tree.folder,
        ProposedChange(given.patch.encode("utf-8", "replace"), given.files),
        given.message,
        given.expect,
        branch=given.branch,
        as_patch=given.form == "patch",
    )


WRITING: tuple[AssistantTool[Any], ...] = (
    AssistantTool(
        "propose",
        "Propose a change to the tree upon the last commit, as a new branch or a patch that people "
        "review by its tree diff, which is answered. Declare in `expect` every node whose meaning "
        "changes, those that gain or lose evidence too: more is refused. The current branch and "
        "the files stay as they are. Never invent quotes or people; mark drafts `generated:`.",
        ProposeArguments,
        Proposal,
        _propose,
        writes=True,
    ),
)
"""The tools that write."""

"""The tools that write, offered only on request. They never touch the current branch, the checkout
or anything but content.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from ost.answers import proposals
from ost.answers.proposals import Expectation, Proposal, ProposedChange
from ost.mcp.tools import AskedTree, AssistantTool


class ProposeArguments(Struct, forbid_unknown_fields=True):
    """What `propose` takes."""

    message: Annotated[str, Meta(description="What the change does, and why.", min_length=1)]
    expect: Annotated[
        Expectation, Meta(description="The limits of the change; anything beyond is refused.")
    ]
    files: Annotated[
        dict[str, str | None],
        Meta(description="Whole files by their paths in the content folder; null deletes one."),
    ] = {}
    patch: Annotated[str, Meta(description="Instead of files: a patch as git prints it.")] = ""
    branch: Annotated[
        str, Meta(description="The new branch; by default named after the message.")
    ] = ""
    form: Annotated[
        Literal["branch", "patch"],
        Meta(description="Make a new branch, or only return the checked patch."),
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

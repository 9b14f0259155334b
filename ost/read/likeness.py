"""Guesses what a file without a kind is: a one-file tree, another tool's note or an interview. It
reports only clear cases; most files are none of these.
"""

import re

from ost.expression import expression
from ost.read.document import Field
from ost.read.value import Scalar
from ost.read.vocabulary import Vocabulary

TREE = "; it looks like a tree in one file"
BUILDER = f"; as ost-builder writes it{TREE}"
NOTES = "; it looks like interview notes"
TYPE = "; its `type` is "

_FIRST = 40_000
"""Characters at the start of a file that are enough for a guess."""
_LINE = expression(
    r"^(?:[ \t]*(?:#{1,6}|[-*+]|\d{1,2}[.)])[ \t]+|(?=\*\*|__)|[│├└─|+` \t-]*[─-]{2}[ \t]*)"
    r"(\S[^\n]{0,200})",
    re.MULTILINE,
)
_HEADS = expression(r"^[ \t]*\|([^\n]{5,500})\n[ \t]*\|[ \t]*:?-", re.MULTILINE)
_BUILT = expression(r"^#{2,6} \[(?:Outcome|Opportunity|Solution|Experiment)\] ", re.MULTILINE)
_TURN = expression(
    r"^[ \t>]*(?:\*\*|__)?(?:interviewer|moderator|researcher|participant|interviewee|respondent"
    r"|[QA]|P\d{1,3}|speaker \d)(?:\*\*|__)?[ \t]*(?:[\[(][\d:.]+[\])])?[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_TALK = expression(
    r"^#{1,2}[ \t][^\n]{0,80}\b(?:interview|user session|usability session)\b",
    re.MULTILINE | re.IGNORECASE,
)
_STAMP = expression(r"[\[(]\d{1,2}:\d{2}(?::\d{2})?[\])]|data-t=")
_FEWEST = 3


def likeness(fields: tuple[Field, ...], text: str, words: Vocabulary) -> str:
    """The end of the message about a file that is not a node, or "" without a guess."""
    start = text[:_FIRST]
    if _is_tree(start, words):
        return BUILDER if len(_BUILT.findall(start)) > 1 else TREE
    turns = len(_TURN.findall(start))
    stamps = len(_STAMP.findall(start))
    if turns >= _FEWEST or stamps >= _FEWEST or (_TALK.search(start) and turns + stamps):
        return NOTES
    for field in fields:
        if field.name.casefold() == "type" and isinstance(field.value, Scalar) and field.value.text:
            return f"{TYPE}{field.value.text!r}"
    return ""


def _is_tree(text: str, words: Vocabulary) -> bool:
    """Whether lines, or the columns of a table, name an outcome or opportunity and a solution."""
    heads = _HEADS.search(text)
    found = {words.kind(each.strip(" *")) for each in heads[1].split("|")} if heads else set()
    for line in _LINE.finditer(text):
        label = words.label(line[1])
        if label is not None and label.read and len(label.word) > 2:
            found.add(label.kind)
    return "solution" in found and bool(found & {"outcome", "opportunity"})

"""`ost verify`: a signature adds its line, and every other byte stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.edit.content_folder import ContentFolder
from ost.edit.signature import signed
from ost.errors import Misuse
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.place import normalize_newlines
from ost.tree.build import build
from ost.tree.model import NodeId

if TYPE_CHECKING:
    from click.testing import Result

    from tests.scratch import Scratch

DAY = date(2026, 11, 4)
NEW = "{by: Ada King, at: 2026-11-04}"


def sign(text: str, path: str = "p07.md", node: str = "p07", by: str = "Ada King") -> str:
    """The text with a signature, as reading counts it."""
    plain = normalize_newlines(text)
    content = ContentFolder([Document(path, parse(plain))], lambda _: plain, as_of=DAY)
    return signed(content, [node], by, DAY).text(path, text)


def draft(front: str) -> str:
    return f"---\nkind: interview\n{front}\ndate: 2026-11-03 # a comment\n---\n# P07\n\nText.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("generated: {by: bot}", f"generated: {{by: bot}}\nverified: [{NEW}]"),
        ("generated: {by: bot} # why", f"generated: {{by: bot}} # why\nverified: [{NEW}]"),
        (
            "generated:\n  by: bot\n  at: 2026-11-03",
            f"generated:\n  by: bot\n  at: 2026-11-03\nverified: [{NEW}]",
        ),
        ("generated: bot", f"generated: bot\nverified: [{NEW}]"),
        ("generated: {by: bot}\nverified:", f"generated: {{by: bot}}\nverified: [{NEW}]"),
        ("generated: {by: bot}\nverified: []", f"generated: {{by: bot}}\nverified: [{NEW}]"),
        (
            "verified: [{by: bot, at: 2026-11-03}] # x\ngenerated: {by: bot}",
            f"verified: [{{by: bot, at: 2026-11-03}}, {NEW}] # x\ngenerated: {{by: bot}}",
        ),
        (
            "verified:\n  - by: bot\n    at: 2026-11-03\ngenerated: {by: bot}",
            f"verified:\n  - by: bot\n    at: 2026-11-03\n  - {NEW}\ngenerated: {{by: bot}}",
        ),
        (
            "verified:\n- {by: bot}\ngenerated: {by: bot}",
            f"verified:\n- {{by: bot}}\n- {NEW}\ngenerated: {{by: bot}}",
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_signature_changes_no_other_byte(before: str, after: str, end: str) -> None:
    text = draft(before).replace("\n", end)
    made = sign(text)
    assert made == draft(after).replace("\n", end)
    tree = build([Document("p07.md", parse(normalize_newlines(made)))], as_of=DAY)
    assert not tree.by_id[NodeId("p07")].draft


def test_signature_goes_to_its_node_of_a_tree_in_one_file() -> None:
    text = (
        "---\nkind: tree\n---\n## outcome: More film ^more\n\n"
        "- opportunity: We cannot agree ^agree {generated: {by: bot}, status: open}\n"
        "- opportunity: They sleep ^sleep\n"
    )
    made = sign(text, "t.md", "agree")
    assert made == text.replace("open}", f"open, verified: [{NEW}]}}")


@pytest.mark.parametrize("name", ["O'Neil: x", "a, b", "[x]", "李雷", '"Q"', "- dash", "a #b"])
def test_any_name_can_sign(name: str) -> None:
    made = sign(draft("generated: {by: bot}"), by=name)
    node = build([Document("p07.md", parse(made))], as_of=DAY).by_id[NodeId("p07")]
    assert [each.by for each in node.verified] == [name]


@pytest.mark.parametrize("front", ["{by: bot}", "|\n  bot"])
def test_front_matter_that_cannot_be_signed_in_place_is_left_alone(front: str) -> None:
    with pytest.raises(Misuse, match="list"):
        sign(draft(f"generated: {{by: bot}}\nverified: {front}"))


RunCommand = Callable[[str], "Result"]

FILES = """\
-- agree.md --
---
kind: opportunity
---
# We cannot agree
-- p07.md --
---
kind: interview
date: 2026-10-03
participant: P07
generated: {by: bot, at: 2026-10-03}
---
# P07

## Opportunities
- [[agree]] four people
-- p08.md --
---
kind: interview
---
# P08
"""


def test_verify_makes_a_draft_count(folder: Callable[[str], Path], run: RunCommand) -> None:
    home = folder(FILES)
    before = (home / "p07.md").read_text("utf-8")
    assert "0 people" in run("ost tree").output
    assert run("ost verify").output.startswith("p07 ")
    assert run("ost verify p07 --by 'Ada King'").exit_code == 0
    assert "1 person" in run("ost tree").output
    after = (home / "p07.md").read_text("utf-8").splitlines()
    assert [line for line in after if not line.startswith("verified:")] == before.splitlines()
    assert run("ost verify").output == "no unsigned drafts\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ost verify p08 --by Ada", "is not a draft"),
        ("ost verify p77 --by Ada", "no node"),
        ("ost verify p07 --by bot", "someone else must sign it"),
        ("ost verify p07 p08 --by Ada", "is not a draft"),
    ],
)
def test_verify_signs_all_or_nothing(
    folder: Callable[[str], Path], run: RunCommand, line: str, message: str
) -> None:
    home = folder(FILES)
    before = (home / "p07.md").read_bytes()
    result = run(line)
    assert result.exit_code == 2
    assert message in result.output
    assert (home / "p07.md").read_bytes() == before


def test_verify_takes_the_name_from_git(scratch: "Scratch", run: RunCommand) -> None:
    scratch.write(FILES)
    assert "--by NAME" in run("ost verify p07").output
    scratch.git("config", "user.name", "Ada King")
    assert run("ost verify p07").output == "Ada King signed p07: 1 file changed\n"

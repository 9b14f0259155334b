"""Every command in a stranger's repository runs none of its code and writes through none of its
links.

All commands run in one process after start-up, which `test_stranger.py` tests.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import files
from tests.scratch import Scratch
from tests.test_stranger import MODULE, arm

TREE = """\
-- ost.toml --
content = "content"
-- content/aim.md --
---
kind: outcome
---
# More teams stay
-- content/need.md --
---
kind: opportunity
parent: aim
---
# Search is slow
-- content/other.md --
---
kind: opportunity
parent: aim
---
# Filters are gone
-- content/idea.md --
---
kind: solution
parent: need
---
# An index
-- content/p07.md --
---
kind: interview
date: 2026-10-01
participant: P07
---
# P07

## Opportunities
- [[need]] took an hour [0:10]
- [[need]] gave up [0:20]
- [[other]] looked for them [0:30]
-- content/draft.md --
---
kind: opportunity
parent: aim
generated: {by: bot, at: 2026-10-01}
---
# A draft
-- content/whole.md --
---
kind: tree
---
## outcome: Fewer calls ^calls
### opportunity: No one answers ^no-one
-- content/call.vtt --
WEBVTT

00:05.000 --> 00:09.000
<v Tom>What happened?

00:10.000 --> 00:15.000
<v Anna>Search was slow again and I gave up in the end.
-- notes.md --
- Outcome: Fewer calls
  - Opportunity: No one answers
-- change.patch --
--- a/content/aim.md
+++ b/content/aim.md
@@ -1,4 +1,4 @@
 ---
 kind: outcome
 ---
-# More teams stay
+# Many more teams stay
"""

READING = (
    "check --calendar",
    "tree target+",
    "show need",
    "compare need",
    "diff HEAD~1",
    "history",
    "blame need",
    "why need",
    "digest --since HEAD~1",
    "next --format ics",
    "next --recruit intercom",
    "coach content",
    "help editors",
    *(f"export {form} -" for form in ("dot", "gexf", "graphml", "mermaid", "opml", "svg")),
    "export csv tables",
    "export okf bundle",
    "export ost-builder built.md",
    "export canvas tree.canvas",
    "export node-link -",
    "export html pages",
)
WRITING = (
    "propose change.patch -m Many --expect files:1 --expect aim",
    "new opportunity Another --parent aim",
    "snapshot content/call.vtt --set date=2026-10-02",
    "import tree notes.md",
    "verify draft --by Ada",
    "mv need wish",
    "mv idea --under other",
    "split wish --into Part p07#1 --keep",
    "merge part wish",
    "target wish --because now",
    "retire idea --because later",
    "explode content/whole.md",
    "fmt",
    "init --agents",
    "init --cms",
)

THROUGH_LINKS = (
    "target other --because now",
    "new opportunity Further --parent aim",
    "mv other filters",
    "export ost-builder built.md --overwrite",
    "export canvas tree.canvas --overwrite",
    "export csv tables --overwrite",
    "export okf bundle --overwrite",
)
"""What would write through links, were they followed."""

DRIVER = """\
import shlex, sys
from ost.__main__ import main
for line in sys.stdin.read().splitlines():
    try:
        main(shlex.split(line))
    except SystemExit as ended:
        print(f"{ended.code or 0} {line}", file=sys.stderr)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits, whose git would run a program at every turn."""
    made = Scratch(tmp_path / "repository")
    made.commit(TREE, "Begin")
    made.commit("-- content/other.md --\n---\nkind: opportunity\nparent: aim\n---\n# No filters\n")
    return made.folder


def ended(root: Path, driver: Path, *lines: str) -> dict[str, int]:
    """How each command ended, without a trace of a crash."""
    driver.write_text(DRIVER, "utf-8")
    done = subprocess.run(
        [sys.executable, str(driver)],
        cwd=root,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in done.stderr
    codes = [each.partition(" ") for each in done.stderr.split("\n")]
    return {line: int(code) for code, _, line in codes if line in lines}


def rig_git(root: Path, marker: Path) -> None:
    """Makes git run a program wherever its own settings allow one, and in every hook."""
    program = root / ".git" / "evil"
    program.write_text(f"#!/bin/sh\necho $0 >> {marker}\n", "utf-8")
    program.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "diff.external",
        "core.sshCommand",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
    ):
        subprocess.run(["git", "config", name, str(program)], cwd=root, check=True)
    (root / ".gitattributes").write_text("*.md diff=evil filter=evil\n", "utf-8")
    for hook in (
        "pre-commit",
        "post-commit",
        "post-checkout",
        "reference-transaction",
        "post-index-change",
    ):
        (root / ".git" / "hooks").mkdir(exist_ok=True)
        (root / ".git" / "hooks" / hook).symlink_to(program)


@pytest.mark.slow
def test_commands_execute_nothing_in_the_repository(repository: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    arm(repository, marker)
    rig_git(repository, marker)
    codes = ended(repository, tmp_path / "driver.py", *READING, *WRITING)
    assert {line for line, code in codes.items() if code == 2} == set()
    assert len(codes) == len(READING) + len(WRITING)
    assert not marker.exists(), marker.read_text()
    # The trap works: git itself walks into it.
    subprocess.run(["git", "status"], cwd=repository, capture_output=True, check=False)
    assert marker.exists()


@pytest.mark.slow
def test_servers_run_nothing_of_the_repository(repository: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    arm(repository, marker)
    asked = [
        ("initialize", 1, {"capabilities": {}, "rootUri": repository.as_uri()}),
        ("initialized", None, {}),
        ("shutdown", 2, None),
        ("exit", None, None),
    ]
    sent = [message(*each) for each in asked]
    framed = "".join(f"Content-Length: {len(each)}\r\n\r\n{each}" for each in sent)
    assert '"id":2' in answered(repository, framed, "lsp").replace(" ", "")
    client = {"name": "test", "version": "1"}
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    lines = [
        message("initialize", 1, hello),
        message("notifications/initialized", None, None),
        message("tools/call", 2, {"name": "node", "arguments": {"node": "need"}}),
    ]
    assert "Search is slow" in answered(repository, "".join(f"{each}\n" for each in lines), "mcp")
    assert not marker.exists(), marker.read_text()


def message(method: str, number: int | None, params: object) -> str:
    made = {"jsonrpc": "2.0", "method": method}
    asked = {} if number is None else {"id": number}
    return json.dumps({**made, **asked, **({} if params is None else {"params": params})})


def answered(root: Path, asked: str, server: str) -> str:
    """A server's answers to all of it."""
    with subprocess.Popen(
        [*MODULE, server], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(asked)
        process.stdin.flush()
        said = ""
        while '"id":2' not in said.replace(" ", ""):
            line = process.stdout.readline()
            assert line, said
            said += line if server == "mcp" else line + process.stdout.read(_length(line))
        process.stdin.close()
        process.wait(30)
        return said


def _length(header: str) -> int:
    """How much follows a header of the language server's protocol."""
    name, _, length = header.partition(":")
    return int(length) if name == "Content-Length" else 0


def test_no_command_writes_through_a_link(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    for path, text in files(TREE).items():
        (outside / path).parent.mkdir(parents=True, exist_ok=True)
        (outside / path).write_text(text, "utf-8")
    for name in ("decisions", "interviews", "opportunities"):
        (repository / "content" / name).symlink_to(outside / "content")
    for name in ("tables", "bundle", "admin", "pages", "templates", ".github"):
        (repository / name).symlink_to(outside)
    for name in ("built.md", "tree.canvas", "AGENTS.md"):
        (repository / name).symlink_to(outside / "notes.md")
    for name in ("need.md", "idea.md", "draft.md", "whole.md", "p07.md"):
        (repository / "content" / name).unlink()
        (repository / "content" / name).symlink_to(outside / "content" / name)
    before = {each: each.read_bytes() for each in outside.rglob("*") if each.is_file()}
    saved = [each for each in READING if each.startswith("export") and not each.endswith("-")]
    lines = (*saved, *WRITING, *THROUGH_LINKS)
    assert len(ended(repository, tmp_path / "driver.py", *lines)) == len(lines)
    assert {each: each.read_bytes() for each in outside.rglob("*") if each.is_file()} == before

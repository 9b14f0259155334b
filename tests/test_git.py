"""`ost` only reads with the git program, whatever a repository says."""

import os
import shutil
from pathlib import Path

import pytest

from ost.errors import Trouble
from ost.history.git import Repository
from tests.scratch import Scratch
from tests.test_revisions import AFTER, BEFORE, Run, titles


def test_git_executes_nothing_that_a_repository_names(scratch: Scratch, run: Run) -> None:
    """Every setting that can name a program names one that leaves a trace."""
    scratch.commit(BEFORE)
    scratch.commit(AFTER)
    trap = scratch.folder.parent / "trap"
    trap.write_text(f"#!/bin/sh\necho $0 $* >> {scratch.folder.parent}/sprung\ncat\n")
    trap.chmod(0o755)
    hooks = scratch.folder / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction"):
        shutil.copy(trap, hooks / name)
    named = [
        *("core.fsmonitor", "core.pager", "core.editor", "core.askPass", "core.sshCommand"),
        *("core.alternateRefsCommand", "core.gitProxy", "credential.helper", "gpg.program"),
        *("diff.external", "diff.trap.command", "diff.trap.textconv", "merge.trap.driver"),
        *("filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "pager.log"),
        *(
            "alias.log",
            "alias.ls-tree",
            "alias.cat-file",
            "alias.rev-parse",
            "uploadpack.packObjectsHook",
        ),
    ]
    for each in named:
        scratch.git("config", each, f"!{trap}" if each.startswith("alias") else str(trap))
    scratch.git("config", "core.hooksPath", str(hooks))
    scratch.git("config", "log.showSignature", "true")
    scratch.git("config", "color.ui", "always")
    scratch.git("config", "diff.relative", "true")
    scratch.git("config", "diff.orderFile", str(trap))
    scratch.git("config", "remote.origin.url", "ext::" + str(trap))
    scratch.git("config", "remote.origin.promisor", "true")
    scratch.git("config", "protocol.ext.allow", "always")
    (scratch.folder / ".git/info").mkdir(exist_ok=True)
    (scratch.folder / ".git/info/attributes").write_text("*.md diff=trap filter=trap merge=trap\n")
    (scratch.folder.parent / "sprung").unlink(missing_ok=True)
    titles(run, "--at HEAD~1")
    repository = Repository(Path())
    assert len(list(repository.commits("HEAD"))) == 2
    assert len(list(repository.touched("HEAD"))) == 2
    with pytest.raises(Trouble):
        list(repository.blobs(["0" * 39 + "1"], 100))
    assert not (scratch.folder.parent / "sprung").exists()


def test_log_gives_every_commit_and_what_it_touched(scratch: Scratch) -> None:
    first = scratch.commit(BEFORE, message="First\n\nA body\n\nSolution: [[x]]")
    scratch.git("mv", "notes/slow.md", "notes/quick.md")
    second = scratch.commit("", message="Second")
    repository = Repository(scratch.folder)
    commits = list(repository.commits("HEAD"))
    assert [each.id for each in commits] == [second, first]
    assert [each.subject for each in commits] == ["Second", "First"]
    assert "Solution: [[x]]" in commits[1].body
    assert commits[1].day == "2026-10-01"
    touched = dict(repository.touched("HEAD", folder="notes"))
    assert {each.path for each in touched[second]} == {"notes/slow.md", "notes/quick.md"}
    assert all(not each.before for each in touched[first])


def test_names_are_bytes(scratch: Scratch, run: Run) -> None:
    (scratch.folder / "a\nb\tc.md").write_text("---\nkind: outcome\n---\n# Lines\n")
    scratch.commit()
    assert titles(run, "--at HEAD") == ["Lines"]
    odd = os.fsdecode(b"caf\xe9.md")
    (scratch.folder / odd).write_text("---\nkind: outcome\n---\n# Coffee\n")
    scratch.commit()
    repository = Repository(scratch.folder)
    tree = repository.tree(repository.commit("HEAD"))
    assert {each.path for each in repository.entries(tree)} == {odd, "a\nb\tc.md"}
    assert [
        each.path
        for each in dict(repository.touched("HEAD", "^HEAD~1"))[scratch.git("rev-parse", "HEAD")]
    ] == [odd]

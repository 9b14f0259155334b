"""The commands that rewrite files, in a repository: git's view, the tree, and refusals."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ost.disk import store
from ost.project.journal import JOURNAL, FileStep
from tests.scratch import Scratch

Run = Callable[[str], Result]

TREE = """\
-- ost.toml --
content = "content"
baseline = "known.jsonl"
-- known.jsonl --
{"rule":"unheard-opportunity","node":"alone"}
-- content/aim.md --
---
kind: outcome
metric: evenings
baseline: 1
target: 3
by: 2027-03-01
---
# More evenings begin with a film
-- content/cant.md --
---
kind: opportunity
parent: aim
---
# We can't agree what to watch
-- content/alone.md --
---
kind: opportunity
parent: aim
---
# I watch alone
-- content/late.md --
---
kind: opportunity
parent: aim
---
# It is late when we have chosen
-- content/veto.md --
---
kind: solution
parent: cant
differs: on paper
---
# Veto on paper
-- content/phone.md --
---
kind: solution
parent: cant
differs: it counts
---
# Phones as ballots
-- content/talks/p07.md --
---
kind: interview
date: 2026-10-01
participant: P07
consent: research
---
# P07: film night

## Opportunities
- [[cant]] three vetoes, and nothing is left [12:41]
- [[cant]] everyone leaves the room [13:05]
- [[late]] half past ten [14:00]
-- content/talks/p08.md --
---
kind: interview
date: 2026-10-02
participant: P08
consent: research
---
# P08: no film

## Opportunities
- [[cant]] we talk for an hour [02:41]
"""


@pytest.fixture
def repository(scratch: Scratch) -> Scratch:
    scratch.commit(TREE)
    return scratch


def errors(run: Run) -> int:
    """How many errors the check has."""
    return run("ost check --format json").output.count('"error"')


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("mv cant cannot-agree", "cant → cannot-agree"),
        ("mv late --under cant", "moved:"),
        ("mv content/talks/p07.md content/2026/", None),
        ('split cant --into "Vetoes end it" p07 --into "Talk ends it" p08', "Talk ends it"),
        ("merge late cant", "late"),
        ('retire veto --because "no one used it"', "idea → dropped"),
        ('target cant --because "it comes first" --door two-way', "cant"),
        ("fmt", None),
    ],
)
def test_diff_names_what_was_done_and_git_can_apply_it(
    repository: Scratch, run: Run, command: str, told: str | None
) -> None:
    before = repository.git("status", "--short")
    wrong = errors(run)
    dry = run(f"ost {command} --dry-run")
    assert dry.exit_code == 0
    assert repository.git("status", "--short") == before == ""
    done = run(f"ost {command}")
    assert (done.exit_code, done.output.count("\n")) == (0, 1)
    said = run("ost diff").output
    assert (told or "") in said
    assert errors(run) == wrong
    after = tree_of(repository)
    repository.git("checkout", "-q", ".")
    repository.git("clean", "-fdq")
    if dry.output:
        Path("../dry.diff").write_bytes(dry.output.encode())
        repository.git("apply", "../dry.diff")
    assert tree_of(repository) == after


def tree_of(repository: Scratch) -> str:
    """The files as git would keep them."""
    repository.git("add", "-A")
    made = repository.git("write-tree")
    repository.git("reset", "-q")
    return made


def test_baseline_follows_a_rename(repository: Scratch, run: Run) -> None:
    run("ost mv alone watching-alone")
    assert Path("known.jsonl").read_text() == (
        '{"rule":"unheard-opportunity","node":"watching-alone"}\n'
    )
    assert Path("content/watching-alone.md").exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda: Path("content/veto.md").chmod(0o444), "content/veto.md is read-only"),
        (lambda: linked(Path("content/veto.md")), "is behind a link"),
        (lambda: veto(b"x: [\n---\n# V\n"), "fix this first"),
        (lambda: veto(b"---\n# V\xff\n"), "not UTF-8"),
        (lambda: veto(b"---\n# V\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n"), "merge conflict"),
        (lambda: Path("content/cannot.md").mkdir(), "already exists"),
    ],
)  # fmt: skip
def test_failed_write_is_refused_in_one_line(
    repository: Scratch, run: Run, spoil: Callable[[], object], words: str
) -> None:
    spoil()
    before = repository.git("status", "--short", "-uall")
    ended = run("ost mv cant cannot")
    assert (ended.exit_code, ended.output.count("\n")) == (2, 1)
    assert words in ended.output
    assert repository.git("status", "--short", "-uall") == before


def veto(rest: bytes) -> None:
    Path("content/veto.md").write_bytes(b"---\nkind: solution\nparent: cant\n" + rest)


def linked(path: Path) -> None:
    target = Path("veto-elsewhere.md")
    path.rename(target)
    path.symlink_to(os.path.relpath(target, path.parent))


def test_next_command_puts_back_what_a_killed_one_left(repository: Scratch, run: Run) -> None:
    run("ost check")
    state = store.folder(repository.folder)
    text = Path("content/veto.md").read_bytes()
    steps = (
        FileStep("content/aim.md", Path("content/aim.md").read_bytes(), b"never written"),
        FileStep("content/veto.md", text, b"half"),
        FileStep("content/new.md", None, b"new"),
    )
    Path("content/veto.md").write_bytes(b"half")
    Path("content/new.md").write_bytes(b"new")
    store.save(state / JOURNAL, steps)
    run("ost tree")
    assert repository.git("status", "--short") == ""


def test_commands_refuse_missing_projects_and_arguments(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (
        "mv a b",
        "merge a b",
        "retire a --because x",
        "target a --because x",
        "split a",
    ):
        ended = run(f"ost {command}")
        assert ended.exit_code == 2
        assert "no node 'a'" in ended.output
    for command in ("explode a.md", "explode ../a.md", "mv a.md b/", "fmt nowhere"):
        ended = run(f"ost {command}")
        assert (ended.exit_code, ended.output.count("\n")) == (2, 1), ended.output
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("repository")
def test_retire_refuses_other_kinds_before_it_asks_for_a_reason(run: Run) -> None:
    ended = run("ost retire p07")
    assert ended.exit_code == 2
    assert "an interview cannot be retired" in ended.output

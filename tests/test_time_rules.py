"""Rules that need history report with history and are silent without it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.scratch import Scratch
from tests.test_diff import TREE

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

OURS = {"OST330", "OST331", "OST332", "OST333", "OST513", "OST514"}


def found(run: Run, line: str = "") -> set[tuple[str, str]]:
    ended = run(f"ost check --calendar --format json {line}")
    assert ended.exit_code in {0, 1}, ended.output
    said = json.loads(ended.stdout)
    return {(each["code"], each["node"]) for each in said if each["code"] in OURS}


def edit(scratch: Scratch, name: str, old: str, new: str, day: str) -> None:
    file = scratch.folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    scratch.commit(day=day)


@pytest.fixture
def repository(scratch: Scratch) -> Scratch:
    scratch.commit(f"-- ost.toml --\n{TREE}", day="2026-10-02")
    return scratch


def test_criterion_that_moved_with_the_result_is_reported(repository: Scratch, run: Run) -> None:
    assert found(run) == set()
    new = "at_least: 6, of: 10}\nresult: {measure: 7, of: 10}"
    edit(repository, "ask-ten.md", "at_least: 8, of: 10}", new, "2026-11-10")
    assert found(run) == {("OST330", "ask-ten")}
    assert found(run, "--at HEAD") == {("OST330", "ask-ten")}
    assert found(run, "--at HEAD~1") == set()
    assert not OURS & {each["code"] for each in json.loads(run("ost check --format json").stdout)}


def test_restored_criterion_is_not_late(repository: Scratch, run: Run) -> None:
    edit(repository, "ask-ten.md", "at_least: 8", "at_least: 6", "2026-11-10")
    assert found(run) == {("OST330", "ask-ten")}
    edit(repository, "ask-ten.md", "at_least: 6", "at_least: 8", "2026-11-11")
    assert found(run) == set()
    edit(repository, "ask-ten.md", "at_least: 8", "at_least: 7", "2026-11-12")
    assert found(run) == {("OST330", "ask-ten")}


def test_criterion_before_the_start_or_in_a_squash_is_not_reported(
    scratch: Scratch, run: Run
) -> None:
    text = TREE.replace("started: 2026-10-01", "started: 2026-10-20")
    scratch.commit(text, day="2026-10-02")
    edit(scratch, "ask-ten.md", "at_least: 8", "at_least: 7", "2026-10-10")
    edit(scratch, "ask-ten.md", "started:", "result: {measure: 9, of: 10}\nstarted:", "2026-11-01")
    assert found(run) == set()


def test_criterion_and_result_in_one_commit_accuse_no_one(scratch: Scratch, run: Run) -> None:
    scratch.commit(TREE.replace("started: 2026-10-01\n", ""), day="2026-10-02")
    new = "at_least: 6, of: 10}\nresult: {measure: 7, of: 10}"
    edit(scratch, "ask-ten.md", "at_least: 8, of: 10}", new, "2026-11-10")
    said = json.loads(run("ost check --calendar --format json").stdout)
    (note,) = [each for each in said if each["code"] == "OST330"]
    assert note["severity"] == "note"
    assert "git cannot show which came first" in note["message"]


def test_changed_verdict_on_the_same_numbers_is_reported(repository: Scratch, run: Run) -> None:
    told = "result: {measure: 7, of: 10}\nverdict: refuted\nstarted:"
    edit(repository, "ask-ten.md", "started:", told, "2026-11-01")
    assert found(run) == set()
    edit(repository, "ask-ten.md", "verdict: refuted", "verdict: supported", "2026-11-02")
    assert found(run) == {("OST331", "ask-ten")}
    edit(repository, "ask-ten.md", "verdict: supported", "verdict: refuted", "2026-11-03")
    edit(repository, "ask-ten.md", "verdict: refuted\n", "", "2026-11-04")
    assert found(run) == set()
    edit(repository, "ask-ten.md", "started:", "verdict: supported\nstarted:", "2026-11-05")
    assert found(run) == {("OST331", "ask-ten")}, "by way of no verdict at all"


def test_decision_is_suspect_until_someone_edits_it(repository: Scratch, run: Run) -> None:
    edit(repository, "cant-agree.md", "agree what to watch", "go to bed", "2026-11-01")
    assert found(run) == {("OST332", "agreeing")}
    repository.git("mv", "agreeing.md", "agreeing-first.md")
    repository.commit(day="2026-11-02")
    assert {code for code, _ in found(run)} == {"OST332"}
    edit(repository, "agreeing-first.md", "comes first", "still comes first", "2026-11-03")
    assert found(run) == set()


def test_target_without_a_current_decision_is_reported(repository: Scratch, run: Run) -> None:
    edit(repository, "cant-agree.md", "parent:", "status: target\nparent:", "2026-10-10")
    edit(repository, "agreeing.md", "[cant-agree]", "[[cant-agree]]", "2026-10-11")
    assert found(run) == set(), "the decision is older than the target"
    edit(repository, "cant-agree.md", "status: target\n", "", "2026-10-20")
    repository.git("mv", "cant-agree.md", "agree.md")
    edit(repository, "agree.md", "parent:", "aliases: [cant-agree]\nparent:", "2026-10-21")
    edit(repository, "agree.md", "parent:", "status: target\nparent:", "2026-11-03")
    assert found(run) == {("OST333", "agree")}, "chosen again, and nobody says why"
    edit(repository, "agreeing.md", "comes first", "comes first after all", "2026-11-04")
    assert found(run) == set()
    later = "---\nkind: decision\nchose: [forgot]\n---\n# Remembering\n"
    repository.commit(f"-- remembering.md --\n{later}", day="2026-11-20")
    assert found(run) == set(), "this target came with the tree"


def test_decision_weeks_after_its_target_is_reported(repository: Scratch, run: Run) -> None:
    target = (
        "---\nkind: opportunity\nparent: more-evenings\nstatus: target\n---\n# Trailers spoil\n"
    )
    repository.commit(f"-- trailers.md --\n{target}", day="2026-10-20")
    choice = "---\nkind: decision\nchose: [trailers]\n---\n# Trailers first\n"
    repository.commit(f"-- trailers-first.md --\n{choice}", day="2026-11-20")
    assert found(run) == {("OST333", "trailers")}
    assert found(run, "--at HEAD~1") == set()


def test_snapshot_written_long_after_the_interview_is_reported(
    repository: Scratch, run: Run
) -> None:
    talk = "-- talks/p{0}.md --\n---\nkind: interview\nparticipant: P{0}\ndate: {1}\n---\n# P\n"
    assert found(run) == set(), "p01 came with the tree"
    repository.commit(talk.format(3, "2026-10-20"), day="2026-10-22")
    repository.commit(talk.format(4, "2026-10-20"), day="2026-11-02")
    assert found(run) == {("OST513", "p4")}
    repository.git("mv", "talks", "said")
    repository.commit(day="2026-11-20")
    assert found(run) == {("OST513", "p4")}, "moving a file is not writing it"
    repository.commit("".join(talk.format(n, "2026-10-01") for n in range(5, 10)), day="2026-11-21")
    assert found(run) == {("OST513", "p4")}, "many at once were imported"


OTHER = "---\nkind: outcome\n---\n# Fewer people cancel\n"


@pytest.mark.parametrize(
    ("day", "how", "expected"),
    [
        ("2026-11-10", "removed", {"cancel"}),
        ("2026-11-10", "dropped", {"cancel"}),
        ("2026-11-10", "overwritten", {"more-evenings"}),
        ("2026-11-10", "met", set()),
        ("2026-11-10", "renamed", set()),
        ("2026-11-10", "of another team", set()),
        ("2026-11-10", "measured since spring", set()),
        ("2027-02-10", "removed", set()),
        ("2027-02-10", "overwritten", set()),
    ],
)
def test_outcome_replaced_within_a_quarter_is_reported(
    repository: Scratch, run: Run, day: str, how: str, expected: set[str]
) -> None:
    old = repository.folder / "more-evenings.md"
    said = old.read_text()
    if how in {"dropped", "met"}:
        old.write_text(said.replace("target: 45", f"target: 45\nstatus: {how}"))
    elif how == "overwritten":
        old.write_text(OTHER)
    else:
        old.unlink()
    if how == "measured since spring":
        repository.git("checkout", "-q", "HEAD", "--", "more-evenings.md")
        old.write_text(said.replace("{2026-10-01: 31}", "{2026-04-01: 29, 2026-10-01: 31}"))
        repository.commit(day="2026-10-03")
        old.unlink()
    new = {"renamed": said.replace("More evenings start", "Evenings start more often")}
    new["of another team"] = OTHER.replace("---\n#", "team: growth\n---\n#")
    if how != "overwritten":
        (repository.folder / "cancel.md").write_text(new.get(how, OTHER))
    repository.commit(day=day)
    found_now = {node for code, node in found(run) if code == "OST514"}
    assert found_now == expected
    if how == "removed" and expected:
        assert "ended on 10 Nov 2026 after" in run("ost check --calendar --format concise").output


def test_silent_without_history(
    repository: Scratch, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(repository, "cant-agree.md", "agree what to watch", "go to bed", "2026-11-01")
    edit(repository, "cant-agree.md", "parent:", "status: target\nparent:", "2026-11-02")
    edit(repository, "agreeing.md", "kind:", "because: it is said most\nkind:", "2026-12-02")
    (repository.folder / "more-evenings.md").write_text(OTHER)
    text = "-- p3.md --\n---\nkind: interview\ndate: 2026-10-01\n---\n# P3\n"
    repository.commit(text, day="2026-12-03")
    assert found(run)
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.folder}", "../shallow")
    monkeypatch.chdir(repository.folder.parent / "shallow")
    assert found(run) == set()
    plain = tmp_path / "plain"
    plain.mkdir()
    for file in repository.folder.glob("*.md"):
        (plain / file.name).write_text(file.read_text())
    monkeypatch.chdir(plain)
    assert found(run) == set()


def test_rebase_accuses_no_one(scratch: Scratch, run: Run) -> None:
    """Everything is committed again on one late day; its authors wrote it in good time."""
    tree = TREE.replace("started: 2026-10-01", "started: 2026-10-20")
    talk = "---\nkind: interview\nparticipant: P9\ndate: 2026-10-07\n---\n# P9\n"
    for day, text in (
        ("2026-10-01", tree),
        ("2026-10-05", tree.replace("at_least: 8", "at_least: 7")),
        ("2026-10-08", f"-- p9.md --\n{talk}"),
        ("2026-10-12", f"-- p10.md --\n{talk.replace('P9', 'P10')}"),
        ("2027-03-01", f"-- more-evenings.md --\n{OTHER}"),
    ):
        scratch.write(text)
        scratch.git("add", "-A")
        scratch.git("commit", "-qm", "Rebased", f"--date={day}T12:00:00Z", day="2027-03-02")
    assert {code for code, _ in found(run)} <= {"OST332"}


def test_snapshot_that_is_renamed_and_edited_at_once_is_not_late(
    repository: Scratch, run: Run
) -> None:
    talk = "-- p{0}.md --\n---\nkind: interview\nparticipant: P{0}\ndate: 2026-10-20\n---\n# P\n"
    repository.commit(talk.format(3), day="2026-10-21")
    repository.commit("-- p3.md --\ngone\n" + talk.format("3-families"), day="2026-11-20")
    assert found(run) == set()


def test_outcome_is_as_old_as_the_interviews_that_came_with_it(scratch: Scratch, run: Run) -> None:
    """A tree that was kept elsewhere for a year is imported in one commit."""
    scratch.commit(TREE.replace("date: 2026-09-01", "date: 2025-10-01"), day="2026-10-02")
    scratch.commit(f"-- more-evenings.md --\n{OTHER}", day="2026-11-10")
    assert "OST514" not in {code for code, _ in found(run)}


def test_spaces_and_the_order_of_keys_accuse_no_one(repository: Scratch, run: Run) -> None:
    old = "criterion: {measure: families, at_least: 8, of: 10}\n"
    new = "criterion:\n  of: 10\n  at_least:   8\n  measure: families\n"
    edit(repository, "ask-ten.md", old, new, "2026-11-10")
    edit(repository, "cant-agree.md", "always says no.", "always\n\n\nsays  no.", "2026-11-11")
    assert found(run) == set()

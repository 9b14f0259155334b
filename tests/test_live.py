"""A project in memory has the same findings as `ost check`."""

from pathlib import Path

import pytest

from ost.exchange.baseline import render
from ost.project import Project
from ost.project.live import Live
from ost.project.root import project_of
from ost.project.rules import rule_names
from ost.read.diagnostic import Diagnostic
from tests.conftest import DAY


def test_findings_in_the_baseline_are_not_shown(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "o.md").write_text("---\nkind: opportunity\nparent: nowhere\n---\n# One\n", "utf-8")
    settings = tmp_path / "ost.toml"
    settings.write_text("", "utf-8")
    before = Live(project_of(tmp_path, DAY)).diagnostics(["o.md"])["o.md"]
    assert before
    (tmp_path / "held.jsonl").write_text(render(before, rule_names(before, {})), "utf-8")
    settings.write_text('baseline = "held.jsonl"\n', "utf-8")
    assert Live(project_of(tmp_path, DAY)).diagnostics(["o.md", "none.md"]) == {
        "o.md": (),
        "none.md": (),
    }


@pytest.mark.parametrize("seen", [True, False])
def test_new_file_that_was_closed_and_deleted_has_no_diagnostics(
    tmp_path: Path, *, seen: bool
) -> None:
    """A scan of the folder in between makes no difference."""
    (tmp_path / "ost.toml").write_text("")
    (tmp_path / "need.md").write_text("---\nkind: opportunity\nparent: aim\n---\n# A need\n")
    live = Live(project_of(tmp_path, DAY))
    aim = tmp_path / "aim.md"
    text = "---\nkind: outcome\n---\n# Grow\n"
    live.write("aim.md", text)
    aim.write_text(text)
    live.close("aim.md")
    if seen:
        live.look()
    assert "aim" in live.tree.by_id
    aim.unlink()
    assert "need.md" in live.look()
    assert "aim" not in live.tree.by_id


def test_edit_during_a_refresh_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if that took so long that the file's times are trusted by then."""
    monkeypatch.setattr("ost.project.scan._FRESH", 0)
    (tmp_path / "ost.toml").write_text("")
    need = tmp_path / "need.md"
    need.write_text("---\nkind: opportunity\n---\n# A need\n")

    class Slow(Project):
        def diagnostics(self) -> tuple[Diagnostic, ...]:
            found = super().diagnostics()
            need.write_text("---\nkind: opportunity\nparent: gone\n---\n# A need\n")
            return found

    known = project_of(tmp_path, DAY)
    live = Live(Slow(known.root, known.settings, DAY))
    assert "no node 'gone'" in _messages(live)


def test_state_is_consistent_while_another_process_changes_it(tmp_path: Path) -> None:
    (tmp_path / "ost.toml").write_text("")
    need = tmp_path / "need.md"
    need.write_text("---\nkind: opportunity\nparent: gone\n---\n# A need\n")

    class Shared(Project):
        def diagnostics(self) -> tuple[Diagnostic, ...]:
            found = super().diagnostics()
            need.write_text("---\nkind: opportunity\n---\n# A need\n")
            Project(self.root, self.settings, DAY).refresh()
            return found

    known = project_of(tmp_path, DAY)
    live = Live(Shared(known.root, known.settings, DAY))
    assert "no node 'gone'" not in _messages(live)


def test_broken_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "ost.toml").write_text("")
    live = Live(project_of(tmp_path, DAY))
    (tmp_path / "need.md").symlink_to("nothing.md")
    live.look()
    assert _messages(live) == ["this link leads to nothing"]


def _messages(live: Live) -> list[str]:
    return [each.message for each in live.diagnostics(["need.md"])["need.md"]]

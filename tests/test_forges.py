"""The web addresses of a repository and its files, from the address of a remote."""

from pathlib import Path

import pytest

from datasette_ost.file.rows import About
from datasette_ost.view.links import Links
from ost.cli.workspace import CommandProject
from ost.exchange.forges import hosted
from ost.project.remote import remote
from tests.scratch import Scratch


@pytest.mark.parametrize(
    ("address", "edit"),
    [
        ("git@github.com:acme/tree.git", "https://github.com/acme/tree/edit/main/c/{path}"),
        ("https://github.com/acme/tree", "https://github.com/acme/tree/edit/main/c/{path}"),
        ("https://x:secret@github.com/a/b", "https://github.com/a/b/edit/main/c/{path}"),
        ("ssh://git@gitlab.com:22/a/b/c.git", "https://gitlab.com/a/b/c/-/edit/main/c/{path}"),
        ("git@gitlab.acme.org:a/b.git", "https://gitlab.acme.org/a/b/-/edit/main/c/{path}"),
        ("git@codeberg.org:a/b.git", "https://codeberg.org/a/b/_edit/main/c/{path}"),
        ("http://gitea.lan:3000/a/b", "http://gitea.lan:3000/a/b/_edit/main/c/{path}"),
        ("https://forgejo.acme.org/a/b.git/", "https://forgejo.acme.org/a/b/_edit/main/c/{path}"),
    ],
)
def test_remote_gives_the_address_of_its_forges_editor(address: str, edit: str) -> None:
    found = hosted(address)
    assert found is not None
    assert found.edit("main", "c") == edit


@pytest.mark.parametrize(
    "address",
    [
        *("", "/srv/git/tree.git", "../tree", "file:///srv/github.com/a/b", "C:\\github.com\\a"),
        *("javascript://github.com/a/b", "ext::sh -c github.com/a/b", "https://git.acme.org/a/b"),
        *("https://github.com/a", "https://github.com/a/..", 'https://github.com/a/b"onclick="x'),
        *("https://evil.example#github.com/a/b", "https://github.com\\@evil.example/a/b"),
        *("https://github.com:port/a/b", "https://[github.com/a/b", "git@github.com:a/b c"),
    ],
)
def test_unknown_remotes_have_no_web_address(address: str) -> None:
    assert hosted(address) is None


@pytest.mark.parametrize(
    ("edit", "new"),
    [
        ("https://github.com/a/b/edit/main/c/{path}", "/b/new/main/c/interviews?filename="),
        ("https://x.org/a/-/edit/m/c/{path}#L{line}", "/a/-/new/m/c/interviews?file_name="),
        ("https://codeberg.org/a/b/_edit/m/{path}", "/b/_new/m/interviews?filename="),
        ("https://own.example/{path}", ""),
        ("javascript:alert(1)/edit/main/{path}", ""),
        ("", ""),
    ],
)
def test_a_new_snapshot_is_filled_in_where_the_forge_is_known(edit: str, new: str) -> None:
    links = Links.__new__(Links)
    found = links.snapshot(About(edit_url=edit), 'a"&b')
    assert new in found
    assert bool(found) == bool(new)
    if found:
        assert "-%20%5B%5Ba%22%26b%5D%5D" in found
        assert not set(found) & set('"<> ')
        assert "%5B%5B" not in links.snapshot(About(edit_url=edit))


def test_pages_edit_at_the_remote_unless_the_settings_say_where(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "both")
    scratch.commit(
        "-- discovery/ost.toml --\n-- discovery/content/a.md --\n---\nkind: outcome\n---\n# A\n"
    )
    folder = scratch.folder / "discovery"
    assert CommandProject(folder).settings.edit_url == ""
    scratch.git("remote", "add", "origin", "https://me:secret@github.com/acme/tree.git")
    opened = CommandProject(folder)
    opened.refresh()
    edit = "https://github.com/acme/tree/edit/main/discovery/content/{path}"
    ((said,),) = opened.project.connect().execute("select value from meta where key = 'edit_url'")
    assert said == edit
    scratch.git("update-ref", "refs/remotes/origin/trunk", "HEAD")
    scratch.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert "/edit/trunk/" in CommandProject(folder).settings.edit_url
    scratch.git("worktree", "add", "-q", str(tmp_path / "other"))
    assert remote(tmp_path / "other" / "discovery") == remote(folder)
    (folder / "ost.toml").write_text('edit_url = "https://own.example/{path}"\n', "utf-8")
    assert CommandProject(folder).settings.edit_url == "https://own.example/{path}"

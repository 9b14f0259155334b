"""History follows the content to the folder that each commit's settings name."""

from collections.abc import Callable

import pytest

from ost.history.git import Repository
from ost.project.revision import Revision
from ost.project.sides import committed
from tests.scratch import Scratch
from tests.test_past import AS_OF, NEED, Rows, past  # noqa: F401 - fixture

# ruff: noqa: F811 - fixtures by their names


def test_content_that_moves_is_followed(scratch: Scratch, past: Callable[..., Rows]) -> None:
    """By settings, and by the folder there is without any."""
    scratch.commit(f"-- need.md --\n{NEED}")
    scratch.commit(f"-- content/other.md --\n{NEED}-- code.py --\n1\n")
    scratch.git("mv", "content", "notes")
    scratch.commit()
    scratch.commit('-- ost.toml --\ncontent = "notes"\n')
    (scratch.folder / "link.md").symlink_to("need.md")
    scratch.commit('-- ost.toml --\ncontent = "."\n')
    scratch.commit('-- ost.toml --\ncontent = "broken\n')
    scratch.commit('-- ost.toml --\ncontent = "."\n-- need.md --\ngone\n')
    assert past("select count(*) from revision") == [(6,)], "mistaken settings change nothing"
    repository = Repository(scratch.folder)
    for n, commit in past("select n, commit_id from revision", again=False):
        revision = Revision(repository, repository.commit(str(commit)), "")
        found = past(f"select node from version where {AS_OF}", n, n, again=False)
        assert {row[0] for row in found} == set(committed(revision).records), n


FIRST_SETTINGS = (
    f"-- need.md --\n{NEED}",
    f"-- other.md --\n{NEED}",
    f'-- ost.toml --\ncontent = "notes"\n-- notes/need.md --\n{NEED}-- need.md --\ngone\n',
    f"-- notes/third.md --\n{NEED}",
)
LATE_FOLDER = (
    f"-- need.md --\n{NEED}",
    f'-- ost.toml --\ncontent = "notes"\n-- other.md --\n{NEED}',
    f"-- third.md --\n{NEED}",
    f"-- notes/need.md --\n{NEED}",
    f"-- notes/other.md --\n{NEED}",
)


@pytest.mark.parametrize("often", [False, True], ids=["built once", "built after each commit"])
@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        (FIRST_SETTINGS, ["need", "need other", "need", "need third"]),
        (LATE_FOLDER, ["need", "need other", "need other third", "need", "need other"]),
    ],
    ids=["first settings", "folder that comes later"],
)
def test_settings_that_come_later_leave_earlier_commits_as_they_were(
    scratch: Scratch,
    past: Callable[..., Rows],
    commits: tuple[str, ...],
    expected: list[str],
    often: bool,
) -> None:
    """If settings name a folder that does not exist, the earlier settings count."""
    for text in commits:
        scratch.commit(text)
        if often:
            (scratch.folder / "notes").mkdir(exist_ok=True)
            past("select 1")
    nodes = f"select node from version where {AS_OF} order by node"
    found = [
        " ".join(str(row[0]) for row in past(nodes, n, n, again=False))
        for (n,) in past("select n from revision order by n")
    ]
    assert found == expected


def test_content_folder_may_begin_with_a_dot(scratch: Scratch, past: Callable[..., Rows]) -> None:
    scratch.commit(f'-- ost.toml --\ncontent = ".tree"\n-- .tree/need.md --\n{NEED}')
    assert past("select node from version") == [("need",)]

"""Symbolic links in a revision lead to the same place as on disk."""

import json
from pathlib import Path

import pytest

from tests.scratch import Scratch
from tests.test_diff_command import Run

NODE = "---\nkind: outcome\n---\n# {}\n"
FILES = "".join(
    f"-- {path} --\n{NODE.format(path)}"
    for path in ("content/a.md", "content/in/b.md", "apart/c.md", "apart/deep/d.md", "far/e.md")
)
LINKS = {
    "somewhere": {
        "content/file.md": "a.md",
        "content/to-a-link.md": "link.md",
        "content/link.md": "../apart/c.md",
        "content/folder": "../apart",
        "content/through-it.md": "folder/deep/d.md",
        "content/through-a-link": "../short",
        "short": "apart/deep",
        "content/in-the-content": "in",
        "apart/file-in-it.md": "../far/e.md",
        "apart/folder-in-it": "../far",
    },
    "in a circle": {
        "content/here": ".",
        "content/in/up": "..",
        "content/aside": "../apart",
        "apart/back": "../content",
        "content/itself": "itself",
        "content/itself.md": "itself.md",
        "content/one.md": "another.md",
        "content/another.md": "one.md",
    },
    "nowhere": {
        "content/nothing.md": "no.md",
        "content/nothing": "no",
        "content/out.md": "../../x.md",
        "content/root.md": "/etc/hostname",
        "content/gits-own.md": "../.git/config",
        "content/hidden.md": ".hidden.md",
        "content/shown.md": ".shown.md",
        "content/through-a-file.md": "a.md/b.md",
    },
}
FINDINGS = {"somewhere": 1, "in a circle": 7, "nowhere": 6}
"""So many are said of the links; one file that two links lead to has its id twice."""


@pytest.mark.parametrize("name", LINKS)
def test_link_has_the_same_target_as_on_disk(scratch: Scratch, run: Run, name: str) -> None:
    scratch.commit(f"-- ost.toml --\n{FILES}-- content/.shown.md --\n{NODE.format('Hidden')}")
    for path, target in LINKS[name].items():
        Path(scratch.folder / path).symlink_to(target)
    scratch.commit()
    here = run("ost check --format json")
    assert here.stdout == run("ost check --at HEAD --format json").stdout
    assert len(json.loads(here.stdout)) == FINDINGS[name]
    assert run("ost diff").output == ""

"""`ost merge-driver`: it merges what is not a conflict in a tree, and loses no line."""

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from shutil import which
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from ost.cli import main
from ost.edit.conflicts import resolve
from tests.scratch import Scratch

HEAD = "---\nkind: interview\nparticipant: P1\ntags: [a]\nlinks:\n  - one\n---\n# P1\n"
BODY = "\n## Opportunities\n- [[slow]] waits [1:00]\n  > So long. [1:02]\n\n## Insights\n- one\n"
BASE = HEAD + BODY


def merge(base: str, ours: str, theirs: str) -> tuple[str, int]:
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("base", "ours", "theirs")]
        for file, text in zip(files, (base, ours, theirs), strict=True):
            file.write_bytes(text.encode("utf-8", "surrogateescape"))
        ended = CliRunner().invoke(main, ["merge-driver", *map(str, files)])
        merged = files[1].read_bytes().decode("utf-8", "surrogateescape")
    return merged, ended.exit_code


MERGED = {
    "different keys": (
        BASE,
        BASE.replace("participant: P1\n", "participant: P1\nsegment: families\n"),
        BASE.replace("participant: P1\n", "participant: P1\nconsent: research\n"),
        BASE.replace(
            "participant: P1\n", "participant: P1\nsegment: families\nconsent: research\n"
        ),
    ),
    "two keys changed beside one another": (
        BASE,
        BASE.replace("participant: P1", "participant: P01"),
        BASE.replace("tags: [a]", "tags: [a, b]"),
        BASE.replace("participant: P1", "participant: P01").replace("tags: [a]", "tags: [a, b]"),
    ),
    "a list in brackets": (
        BASE,
        BASE.replace("tags: [a]", "tags: [a, b]"),
        BASE.replace("tags: [a]", "tags: [a, c]"),
        BASE.replace("tags: [a]", "tags: [a, b, c]"),
    ),
    "a list of lines": (
        BASE,
        BASE.replace("  - one\n", "  - one\n  - two\n"),
        BASE.replace("  - one\n", "  - one\n  - three\n"),
        BASE.replace("  - one\n", "  - one\n  - two\n  - three\n"),
    ),
    "moments": (
        BASE,
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] ours [2:00]\n  > Where am I? [2:01]\n"),
        BASE.replace("[1:02]\n", "[1:02]\n- against [[slow]] theirs [3:00]\n"),
        BASE.replace(
            "[1:02]\n",
            "[1:02]\n- [[lost]] ours [2:00]\n  > Where am I? [2:01]\n"
            "- against [[slow]] theirs [3:00]\n",
        ),
    ),
    "the same moment twice": (
        BASE,
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] x\n- [[a]] ours\n"),
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] x\n- [[b]] theirs\n"),
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] x\n- [[a]] ours\n- [[b]] theirs\n"),
    ),
    "lines that end as on Windows": tuple(
        text.replace("\n", "\r\n")
        for text in (
            BASE,
            BASE.replace("tags: [a]", "tags: [a, b]"),
            BASE.replace("tags: [a]", "tags: [a, c]"),
            BASE.replace("tags: [a]", "tags: [a, b, c]"),
        )
    ),
    "far apart": (
        BASE,
        BASE.replace("participant: P1", "participant: P01"),
        BASE.replace("- one\n", "- one more\n"),
        BASE.replace("participant: P1", "participant: P01").replace("- one\n", "- one more\n"),
    ),
}

TREE = "---\nkind: tree\n---\n# S\n\n## outcome: More\n- opportunity: a\n  - solution: x\n"
META = "---\nkind: outcome\n{}---\n# More\n"


def three(before: str, ours: str, theirs: str, merged: str) -> tuple[str, str, str, str]:
    base, mine, other, both = map(META.format, (before, ours, theirs, merged))
    return base, mine, other, both


MERGED |= {
    "solutions of one opportunity": (
        TREE,
        f"{TREE}  - solution: ours {{status: candidate}}\n    - assumption: deep\n",
        f"{TREE}  - solution: theirs\n",
        (
            f"{TREE}  - solution: ours {{status: candidate}}\n    - assumption: deep\n"
            "  - solution: theirs\n"
        ),
    ),
    "a solution, and an opportunity beside its own": (
        TREE,
        f"{TREE}- opportunity: ours\n  - solution: of ours\n",
        f"{TREE}  - solution: theirs\n",
        f"{TREE}  - solution: theirs\n- opportunity: ours\n  - solution: of ours\n",
    ),
    "words of the last moment, and another moment": (
        BASE,
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] ours\n"),
        BASE.replace("[1:02]\n", "[1:02]\n  > And again. [1:09]\n"),
        BASE.replace("[1:02]\n", "[1:02]\n  > And again. [1:09]\n- [[lost]] ours\n"),
    ),
    "whole branches below headings": (
        TREE,
        f"{TREE}\n## outcome: Ours\n- opportunity: b\n",
        f"{TREE}\n## outcome: Theirs\n",
        f"{TREE}\n## outcome: Ours\n- opportunity: b\n\n## outcome: Theirs\n",
    ),
    "measurements of two days": three(
        "measurements:\n  2026-01-01: 3\n",
        "measurements:\n  2026-01-01: 3\n  2026-02-01: 4\n",
        "measurements:\n  2026-01-01: 3\n  2026-03-01: 5\n",
        "measurements:\n  2026-01-01: 3\n  2026-02-01: 4\n  2026-03-01: 5\n",
    ),
    "measurements in braces, and another key": three(
        "measurements: {2026-01-01: 3}\n",
        "measurements: {2026-01-01: 3, 2026-02-01: 4}\nunit: evenings\n",
        "measurements: {2026-01-01: 3, 2026-03-01: 5}\n",
        "measurements: {2026-01-01: 3, 2026-02-01: 4, 2026-03-01: 5}\nunit: evenings\n",
    ),
    "links in quotes": three(
        'parent: ["[[a]]"]\n',
        'parent: ["[[a]]", "[[b]]"]\n',
        "parent: [\"[[a]]\", 'c, d']\n",
        'parent: ["[[a]]", "[[b]]", \'c, d\']\n',
    ),
    "waivers": three(
        "allow:\n  - rule: x\n    because: y\n",
        "allow:\n  - rule: x\n    because: y\n  - rule: ours\n    because: o\n",
        "allow:\n  - rule: x\n    because: y\n  - rule: theirs\n",
        "allow:\n  - rule: x\n    because: y\n  - rule: ours\n    because: o\n  - rule: theirs\n",
    ),
}

LEFT = {
    "one moment with two quotes": (
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] x\n  > Ours.\n"),
        BASE.replace("[1:02]\n", "[1:02]\n- [[lost]] x\n  > Theirs.\n"),
    ),
    "one new part twice": (
        f"{BASE}\n## Notes\n- ours\n",
        f"{BASE}\n## Notes\n- theirs\n",
    ),
    "a part that takes what follows": (
        BASE.replace("## Insights\n", "## Insights\n\n### Ours\n\n"),
        BASE.replace("## Insights\n", "## Insights\n\n### Theirs\n\n"),
    ),
    "two items in front of one quote": (
        BASE.replace("  > So long", "- [[lost]] ours\n  > So long"),
        BASE.replace("  > So long", "- [[lost]] theirs\n  > So long"),
    ),
    "one day measured twice": (
        BASE.replace("tags:", "measurements: {2026-01-01: 3}\ntags:"),
        BASE.replace("tags:", "measurements: {2026-01-01: 4}\ntags:"),
    ),
    "one key, two values": (
        BASE.replace("participant: P1", "participant: P2"),
        BASE.replace("participant: P1", "participant: P3"),
    ),
    "a new key with two values": (
        BASE.replace("tags:", "segment: families\ntags:"),
        BASE.replace("tags:", "segment: flatmates\ntags:"),
    ),
    "a key that one side took away": (
        BASE.replace("participant: P1\n", ""),
        BASE.replace("participant: P1", "participant: P9"),
    ),
    "a list that one side shortened": (
        BASE.replace("tags: [a]", "tags: []"),
        BASE.replace("tags: [a]", "tags: [a, c]"),
    ),
    "prose": (
        BASE.replace("# P1\n", "# P1\n\nOurs says this.\n"),
        BASE.replace("# P1\n", "# P1\n\nTheirs says that.\n"),
    ),
    "one moment, two wordings": (
        BASE.replace("waits [1:00]", "waits long [1:00]"),
        BASE.replace("waits [1:00]", "waits short [1:00]"),
    ),
    "a numbered story": (
        BASE.replace("- one\n", "- one\n\n## Story\n1. ours\n"),
        BASE.replace("- one\n", "- one\n\n## Story\n1. theirs\n"),
    ),
    "one title, two": (BASE.replace("# P1", "# Ours"), BASE.replace("# P1", "# Theirs")),
}


@pytest.mark.parametrize("name", MERGED)
def test_driver_merges_certain_changes(name: str) -> None:
    base, ours, theirs, expected = MERGED[name]
    assert merge(base, ours, theirs) == (expected, 0)


@pytest.mark.parametrize("name", LEFT)
def test_driver_leaves_uncertain_changes_with_markers(name: str) -> None:
    ours, theirs = LEFT[name]
    merged, code = merge(BASE, ours, theirs)
    assert code == 1
    assert merged.count("<<<<<<< ours\n") == merged.count(">>>>>>> theirs\n") >= 1
    assert "|||||||" not in merged
    assert kept(ours, merged, BASE)
    assert kept(theirs, merged, BASE)


def kept(side: str, merged: str, base: str) -> bool:
    """Whether every line that a side has beyond the base is there, in brackets or not."""
    added = Counter(words(side)) - Counter(words(base))
    there = set(words(merged))
    return all(word in there for word in added)


def words(text: str) -> list[str]:
    found = []
    for line in text.split("\n"):
        inside = line.strip()
        if inside.startswith("tags: ["):
            found += [f"tags {each.strip()}" for each in inside[7:-1].split(",") if each.strip()]
        elif inside:
            found.append(inside)
    return found


ITEMS = st.sampled_from(("[[a]] said", "[[b]] said [1:00]", "[[c]]", "x", "y z"))
KEYS = st.sampled_from(
    ("segment: f", "segment: g", "date: 2026-01-01", "consent: yes", "colour: r")
)


@st.composite
def edits(draw: st.DrawFn) -> str:
    text = BASE
    for key in draw(st.lists(KEYS, max_size=2, unique_by=lambda each: each.split(":")[0])):
        text = text.replace("tags:", f"{key}\ntags:")
    tags = ["a", *draw(st.lists(st.sampled_from("bcd"), max_size=2, unique=True))]
    text = text.replace("tags: [a]", f"tags: [{', '.join(tags)}]")
    for item in draw(st.lists(ITEMS, max_size=2, unique=True)):
        text = text.replace("[1:02]\n", f"[1:02]\n- {item}\n")
    for item in draw(st.lists(ITEMS, max_size=2, unique=True)):
        text = text.replace("  - one\n", f"  - one\n  - {item}\n")
    if draw(st.booleans()):
        text = text.replace("# P1", f"# {draw(st.sampled_from(('P1 waits', 'P1 is lost')))}")
    if draw(st.booleans()):
        text += f"\n{draw(st.sampled_from(('Prose of ours.', 'Other prose.')))}\n"
    return text


@settings(max_examples=60, deadline=None)
@given(edits(), edits())
def test_merging_never_loses_a_line_of_either_side(ours: str, theirs: str) -> None:
    merged, code = merge(BASE, ours, theirs)
    assert kept(ours, merged, BASE)
    assert kept(theirs, merged, BASE)
    assert ("<<<<<<<" in merged) == (code == 1)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(("<<<<<<< a", "||||||| b", "=======", ">>>>>>> c", "x", "- y", "")))
)
def test_driver_keeps_markers_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    merged = resolve(text)
    if not merged.left and merged.text != text:
        assert len(merged.text) < len(text)


def test_git_merges_with_it(scratch: Scratch) -> None:
    scratch.commit(f"-- .gitattributes --\n*.md merge=ost\n-- p1.md --\n{BASE}")
    scratch.git(
        "config", "merge.ost.driver", f"{sys.executable} -m ost merge-driver %O %A %B %L %P"
    )
    file = scratch.folder / "p1.md"
    scratch.git("checkout", "-q", "-b", "branch")
    file.write_text(MERGED["moments"][2])
    scratch.commit()
    scratch.git("checkout", "-q", "main")
    file.write_text(MERGED["moments"][1])
    scratch.commit()
    scratch.git("merge", "-q", "branch", "-m", "Both")
    assert file.read_text() == MERGED["moments"][3]


def test_bytes_that_are_not_text_are_kept() -> None:
    ours = BASE.replace("tags: [a]", "tags: [a, b]").replace("- one\n", "- on\udce9\n")
    theirs = BASE.replace("tags: [a]", "tags: [a, c]")
    merged, code = merge(BASE, ours, theirs)
    assert code == 0
    assert merged == ours.replace("[a, b]", "[a, b, c]")
    assert merge("a\0b", "a\0c", "a\0d") == ("a\0c", 1)


def test_init_sets_it_up(scratch: Scratch) -> None:
    ended = CliRunner().invoke(main, ["init", "tree"])
    assert "merge.ost.driver" in ended.output
    assert scratch.git("check-attr", "merge", "tree/content/a.md") == (
        "tree/content/a.md: merge: ost"
    )
    assert "ost merge-driver %O %A %B %L %P" in scratch.git("config", "merge.ost.driver")


@pytest.mark.parametrize("found", [True, False])
def test_merge_set_up_by_init_works_with_and_without_ost(
    scratch: Scratch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: bool
) -> None:
    """Git takes the file as it is for the driver's result, even if there was no driver."""
    CliRunner().invoke(main, ["init"])
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("git", "sh"):
        (programs / name).symlink_to(str(which(name)))
    if found:
        (programs / "ost").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ost "$@"\n')
        (programs / "ost").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    scratch.commit(f"-- p1.md --\n{BASE}")
    scratch.git("branch", "other")
    for branch, side in (("main", 1), ("other", 2)):
        scratch.git("checkout", "-q", branch)
        (scratch.folder / "p1.md").write_text(MERGED["moments"][side])
        scratch.commit()
    scratch.git("checkout", "-q", "main")
    with suppress(CalledProcessError):
        scratch.git("merge", "-q", "other", "-m", "Both")
    merged = (scratch.folder / "p1.md").read_text()
    assert "ours [2:00]" in merged
    assert "theirs [3:00]" in merged
    assert ("<<<<<<< ours" in merged) is not found

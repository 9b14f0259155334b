"""The names of files, ids and titles, and how links use them."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from click.testing import Result

from ost.edit.new import name
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.tree import Tree
from tests.conftest import DAY

Build = Callable[[str], Tree]


@pytest.mark.parametrize(
    ("path", "node_id", "title", "remarked"),
    [
        ("cant-agree.md", "cant-agree", "cant agree", True),
        ("p07.md", "p07", "p07", True),
        ("Sign-up is too complex.md", "Sign-up is too complex", "Sign-up is too complex", False),
        ("Sign-up.md", "Sign-up", "Sign-up", False),
        ("P07.md", "P07", "P07", False),
        ("sign-up is hard.md", "sign-up is hard", "sign-up is hard", False),
        ("映画を選べない.md", "映画を選べない", "映画を選べない", False),
        ("x/index.md", "x", "x", True),
        ("x/Index.md", "x", "x", True),
        ("Cannot agree/index.md", "Cannot agree", "Cannot agree", False),
        ("index.md", "index", "index", True),
        ("a.MD", "a", "a", True),
        ("a.Markdown", "a", "a", True),
        ("größte-hürde.md", "größte-hürde", "größte hürde", True),
    ],
)
def test_a_file_names_its_node(path: str, node_id: str, title: str, *, remarked: bool) -> None:
    document = Document(path, parse("---\nkind: opportunity\n---\nwords\n"))
    built = build([document], as_of=DAY)
    (node,) = built.by_id.values()
    assert (node.id, node.title) == (node_id, title)
    assert [each.code for each in built.diagnostics] == ["OST015"] * remarked


def test_a_heading_is_the_title_whatever_the_file_is_called(tree: Build) -> None:
    built = tree("-- Sign up.md --\n---\nkind: opportunity\n---\n# Another\n")
    assert built.by_id["Sign up"].title == "Another"  # type: ignore[index]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("link", ["[[größte-hürde]]", "[x](größte-hürde.md)", "[x](größte-hürde)"])
def test_accents_are_compared_however_they_are_written(
    form: Literal["NFC", "NFD"], link: str
) -> None:
    path = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "größte-hürde.md")
    body = unicodedata.normalize(form, link)
    built = build(
        [
            Document(path, parse("---\nkind: opportunity\n---\n# A\n")),
            Document("b.md", parse(f"---\nkind: opportunity\n---\n# B\n\n{body}\n")),
        ],
        as_of=DAY,
    )
    assert [each.target for each in built.outgoing["b"]] == ["größte-hürde"]  # type: ignore[index]
    assert built.diagnostics == ()


def test_two_files_that_differ_only_in_accents_are_reported() -> None:
    text = parse("---\nkind: opportunity\n---\n# A\n")
    paths = [unicodedata.normalize(form, "hürde.md") for form in ("NFC", "NFD")]
    (remark,) = build([Document(path, text) for path in paths], as_of=DAY).diagnostics
    assert remark.code == "OST012"
    assert "accents" in remark.message


@pytest.mark.parametrize(
    ("link", "answer"),
    [
        ("[[We cannot agree on what to watch]]", "'cant-agree'"),
        ("[[we cannot agree on what to watch]]", "'cant-agree'"),
        ("[[We-cannot-agree-on-what-to-watch]]", "'cant-agree'"),
        ("[[We cannot agree]]", ""),
    ],
)
def test_a_link_by_a_title_is_answered_with_the_id(tree: Build, link: str, answer: str) -> None:
    built = tree(
        "-- cant-agree.md --\n---\nkind: opportunity\n---\n# We cannot agree on what to watch\n"
        f"-- b.md --\n---\nkind: opportunity\n---\n# B\n\n{link}\n"
    )
    (remark,) = built.diagnostics
    assert remark.code == "OST010"
    assert ("title of" in remark.message) is bool(answer)
    assert answer in remark.message
    assert bool(remark.fix) is bool(answer)


@pytest.mark.parametrize(
    ("title", "node_id"),
    [
        ("We cannot agree", "we-cannot-agree"),
        ("We cannot agree on what to watch tonight", "we-cannot-agree-on-what"),
        ("It's hard to find something for mixed ages", "its-hard-to-find-something"),
        ("映画を選べない", "映画を選べない"),
        ("Größte Hürde", "grosste-hurde"),
    ],
)
def test_an_id_ends_at_five_words(title: str, node_id: str) -> None:
    assert name(title) == node_id


def test_an_incremental_build_answers_names_as_a_clean_one_does(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    start = (
        "-- x/index.md --\n---\nkind: opportunity\n---\n# First title\n"
        "-- p07.md --\n---\nkind: interview\nparticipants: [P07, p-08]\n---\n# P07\n\n"
        "## Opportunities\n- [[Second title]] a\n- [[x]] b\n- [w](content/x) c\n- [[y]] d\n"
    )
    home = folder(start)
    edits = [
        ("x/index.md", "---\nkind: opportunity\n---\n# Second title\n"),
        ("y.md", "---\nkind: opportunity\n---\n# Second title\n"),
        (
            "p08.md",
            "---\nkind: interview\nparticipant: P08\n---\n# P\n\n## Opportunities\n- [[x]]\n",
        ),
        ("x/index.md", None),
        (".gitignore", "y.md\n"),
        ("p08 2.md", "---\nkind: interview\nparticipant: P08\n---\n# P\n"),
        ("p08.md", None),
    ]
    run("ost check")
    for path, text in edits:
        if text is None:
            (home / path).unlink()
        else:
            (home / path).write_text(text, "utf-8")
        step = run("ost check --format json").output
        assert step == clean(home, run), (path, text)


def clean(home: Path, run: Callable[[str], Result]) -> str:
    """What `ost check` says of a copy of the folder that it never saw."""
    import shutil

    copy = home.parent / "copy" / home.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns(".ost"))
    here = Path.cwd()
    os.chdir(copy)
    try:
        return run("ost check --format json").output
    finally:
        os.chdir(here)

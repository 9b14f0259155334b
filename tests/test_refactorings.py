"""Refactorings of whole trees and real front matter: only what must change changes."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ost.edit import move
from ost.edit.content_folder import ContentFolder
from ost.edit.explode import explode
from ost.edit.format import formatted
from ost.edit.merge import merge
from ost.edit.rewrite import Rewrite, after
from ost.edit.status import retire
from ost.errors import Misuse
from ost.read.parse import parse
from ost.read.place import normalize_newlines
from ost.tree.model import NodeId
from tests.test_move import content, made

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"


def example() -> dict[str, str]:
    """The worked example's files."""
    folder = ROOT / "content"
    return {
        path.relative_to(folder).as_posix(): normalize_newlines(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.md"))
    }


def described(folder: ContentFolder, rewrite: Rewrite) -> ContentFolder:
    """The folder afterwards; reading has nothing more to say of it."""
    now = after(folder, rewrite)
    assert len(now.tree.diagnostics) <= len(folder.tree.diagnostics)
    return now


def test_every_node_of_the_example_can_be_renamed() -> None:
    """With the new names put back, and without the aliases, every byte is as before."""
    texts = example()
    folder = content(texts)
    for node_id in random.Random(3).sample(sorted(folder.tree.by_id), 12):
        rewrite = move.rename(folder, node_id, "a-wholly-new-name")
        described(folder, rewrite)
        back = {
            path.replace("a-wholly-new-name", node_id): text.replace(
                f"aliases: [{node_id}]\n", ""
            ).replace("a-wholly-new-name", node_id)
            for path, text in made(texts, rewrite).items()
        }
        assert back == texts


def test_names_there_and_back_leave_only_aliases() -> None:
    texts = example()
    node_id = "start-from-zero-every-week"
    there = made(texts, move.rename(content(texts), node_id, "elsewhere"))
    back = made(there, move.rename(content(there), "elsewhere", node_id))
    differing = {path for path in texts if back[path] != texts[path]}
    assert differing == {f"opportunities/{node_id}.md"}


def plain_words(text: str) -> set[str]:
    """The words of a text without signs around them."""
    return {word.strip("[](),#") for word in text.split()}


def test_merging_any_two_of_a_kind_loses_no_word() -> None:
    texts = example()
    texts = made(texts, explode(content(texts), "heard-beyond-the-trio.md"))
    folder = content(texts)
    chosen, done = random.Random(5), 0
    for kind in ("opportunity", "solution", "assumption"):
        for _ in range(3):
            one, other = chosen.sample(folder.tree.kinds[kind], 2)
            try:
                rewrite = merge(folder, one, other)
            except Misuse as error:
                assert "other way round" in str(error)  # noqa: PT017 - only one reason is right
                continue
            done += 1
            now = described(folder, rewrite)
            words = plain_words(" ".join(made(texts, rewrite).values()))
            lost = plain_words(texts[folder.entries[one][0][0]]) - words - {one, other}
            assert not lost, (one, other)
            heard = [len(folder.tree.about.get(NodeId(each), ())) for each in (one, other)]
            assert len(now.tree.about.get(NodeId(other), ())) <= sum(heard)
            assert NodeId(one) not in now.tree.by_id
    assert done > 4


def test_every_file_may_go_into_another_folder() -> None:
    texts = example()
    folder = content(texts)
    moved = {path: f"all/of/{path}" for path in texts}
    now = described(folder, move.relocate(folder, moved))
    assert now.tree.by_id.keys() == folder.tree.by_id.keys()
    one = {path: f"x/{path}" for path in list(texts)[::3]}
    described(folder, move.relocate(folder, one))


def front_matter_texts() -> Iterator[tuple[str, str]]:
    """Texts with front matter of other people's, with their line ends; ours are its kind and an
    opening.
    """
    for path in sorted(DATA.rglob("*.md")):
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if text.removeprefix("\ufeff").startswith("---"):
            yield path.relative_to(DATA).as_posix(), text


@pytest.mark.skipif(not DATA.is_dir(), reason="the data lie beside the checkout, and do not here")
def test_real_front_matter_keeps_every_byte() -> None:
    done = 0
    for name, raw in front_matter_texts():
        end = "\r\n" if "\r\n" in raw else "\n"
        text = raw.replace(f"---{end}", f"---{end}kind: signal{end}", 1)
        read = normalize_newlines(text.removeprefix("\ufeff"))
        if any(
            each.code != "OST007" and each.severity == "error" for each in parse(read).diagnostics
        ):
            continue
        texts = {"old.md": read, "aim.md": "---\nkind: outcome\n---\n# Aim [[old]]\n"}
        folder = content(texts)
        if "old" not in folder.tree.by_id:
            continue
        rewrite = move.rename(folder, "old", "new")
        now = rewrite.text("old.md", text)
        assert difference(text, now) == f"aliases: [old]{end}", name
        formed = formatted(folder, ["old.md"]).text("old.md", text)
        assert "".join(formed.split()).replace('"', "") == "".join(text.split()).replace('"', "")
        done += 1
    assert done > 20


def difference(before: str, after: str) -> str:
    """The inserted text, if nothing else changed."""
    start = next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        len(before),
    )
    put = len(after) - len(before)
    for begin in range(start, max(start - put, 0) - 1, -1):
        if before[:begin] + after[begin : begin + put] + before[begin:] == after:
            found = after[begin : begin + put]
            if found.startswith("aliases"):
                return found
    return ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end: str, mark: str) -> None:
    text = "---\nkind: solution\nparent: old\n---\n# S\n\n[[old]]\n"
    texts: Mapping[str, str] = {"s.md": text, "old.md": "---\nkind: opportunity\n---\n# O\n"}
    raw = mark + text.replace("\n", end)
    folder = content(texts)
    assert move.rename(folder, "old", "new").text("s.md", raw) == raw.replace("old", "new")
    now = retire(folder, "s", "no").text("s.md", raw)
    assert (
        now
        == raw.replace(f"parent: old{end}", f"parent: old{end}status: dropped{end}because: no{end}")
        or 'because: "no"' in now
    )

"""Word vectors: what they add to a snapshot, and files that are not vectors."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ost.errors import Misuse
from ost.exchange.snapshots.vectors import LONGEST_LINE, likeness, read

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[[str], "Result"]

NEAR = {
    "film": (1.0, 0.1, 0.0),
    "movie": (0.9, 0.2, 0.0),
    "choose": (0.8, 0.0, 0.1),
    "picking": (0.9, 0.0, 0.1),
    "bill": (0.0, 0.1, 1.0),
    "invoice": (0.1, 0.0, 0.9),
    "overdue": (0.0, 0.0, 0.9),
}
"""Two meanings: what to watch, and what to pay."""

TALK = (
    "WEBVTT\n\n00:05.000 --> 00:09.000\n<v Tom>What happened?\n\n"
    "00:10.000 --> 00:15.000\n<v Anna>Picking a movie that evening took an hour.\n\n"
    "00:20.000 --> 00:25.000\n<v Anna>My sister walked along the river with her dog.\n"
)
TREE = (
    "-- choosing.md --\n---\nkind: opportunity\n---\n# We choose no film\n"
    "-- paying.md --\n---\nkind: opportunity\n---\n# The invoice is overdue\n"
)


def lines(words: Mapping[str, tuple[float, ...]], head: str = "") -> list[bytes]:
    rows = [f"{word} {' '.join(map(str, numbers))}\n" for word, numbers in words.items()]
    return [each.encode() for each in ([head] if head else []) + rows]


def refusal(data: Iterable[bytes]) -> str:
    with pytest.raises(Misuse) as raised:
        read(data, frozenset({"film", "bill"}), "v.txt")
    return str(raised.value)


@pytest.mark.parametrize("head", ["", "7 3\n"])
def test_vectors_keep_only_wanted_words_minus_their_mean(head: str) -> None:
    known = read(lines(NEAR, head), frozenset({"film", "bill", "unknown"}), "v.txt")
    assert set(known.by_word) == {"film", "bill"}
    sums = [sum(column) for column in zip(*known.by_word.values(), strict=True)]
    assert sums == pytest.approx([0, 0, 0])
    film, bill = known.meaning(["film"]), known.meaning(["bill"])
    assert likeness(film, film) == pytest.approx(1)
    assert likeness(film, bill) == pytest.approx(-1)
    assert known.meaning(["unknown"]) == ()
    assert likeness(film, ()) == 0


def test_order_of_lines_changes_nothing() -> None:
    wanted = frozenset(NEAR)
    forth, back = (read(rows, wanted, "v.txt") for rows in (lines(NEAR), lines(NEAR)[::-1]))
    assert forth.by_word == back.by_word
    assert forth.meaning(NEAR) == back.meaning(reversed(tuple(NEAR)))


def test_token_of_several_words_is_not_a_word() -> None:
    rows = [*lines(NEAR), b"bill gates 9 9 9\n", b"Film 5 5 5\n"]
    assert (
        read(rows, frozenset(NEAR), "v.txt").by_word
        == read(lines(NEAR), frozenset(NEAR), "v.txt").by_word
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "v.txt:1: not a word and its numbers"),
        ([b"# Notes\n", b"film 1 2\n"], "v.txt:1: not a word and its numbers"),
        ([b"\x80\x03ctorch\n"], "v.txt:1: not a word and its numbers"),
        ([b"3000000 300\n", b"film \x00\x12\x99\n"], "v.txt:2: not a word and its numbers"),
        ([b"9" * LONGEST_LINE], "v.txt:1: not a word and its numbers"),
        ([b"a 1 2 3\n", b"film 1 2\n"], "v.txt:2: not a word and 3 numbers"),
        ([b"a 1 2 3\n", b"film 1 x 3\n"], "v.txt:2: not a word and 3 numbers"),
        ([b"a 1 2 3\n", b"film 1 nan 3\n"], "v.txt:2: not a word and 3 numbers"),
    ],
)
def test_file_of_another_kind_is_refused_in_a_line(data: list[bytes], message: str) -> None:
    assert refusal(data).startswith(message)


def test_passage_in_other_words_is_likely_with_vectors(
    folder: Callable[[str], Path], run: Run
) -> None:
    home = folder(TREE)
    (home / "call.vtt").write_text(TALK, "utf-8")
    (home / "near.txt").write_bytes(b"".join(lines(NEAR, "7 3\n")))
    (home / "far.txt").write_text("zebra 1 2\n", "utf-8")
    assert "[[choosing]]" not in run("ost snapshot call.vtt -o -").output
    drafted = run("ost snapshot call.vtt -o - --vectors near.txt").output
    assert (
        "- [[choosing]] [0:10] <!-- likely: close in meaning -->\n"
        "  > Picking a movie that evening took an hour. [0:10]\n"
    ) in drafted
    assert "[[paying]]" not in drafted
    assert drafted == run("ost snapshot call.vtt -o - --vectors near.txt").output
    strict = run("ost snapshot call.vtt -o - --vectors near.txt --closeness 1").output
    assert "[[choosing]]" not in strict
    assert run("ost snapshot call.vtt -o - --closeness 0.01").exit_code == 0
    for wrong in ("0", "1.1"):
        ended = run(f"ost snapshot call.vtt -o - --closeness {wrong}")
        assert (ended.exit_code, "0<x<=1" in ended.stderr) == (2, True)
    far = run("ost snapshot call.vtt -o - --vectors far.txt")
    assert far.stderr.startswith("far.txt has vectors for none of the words; it was not used\n")
    gone = run("ost snapshot call.vtt -o - --vectors gone.txt")
    assert gone.stderr == "ost: gone.txt cannot be read: No such file or directory\n"

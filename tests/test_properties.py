"""Properties of every text: reading never raises, and every place cuts out what it claims."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from ost.judge.check import all_rules, check
from ost.read.document import Document, Entry, Link, Quote, Reading, Stamp
from ost.read.parse import parse
from ost.read.place import Lines
from ost.read.value import Mapping, Scalar, Sequence, Value
from ost.tree.build import build

PIECES = some.sampled_from(
    [
        *"ab:-[]{}#|>&*!%@`'\"\\,?^~<",
        *("\n",) * 12,
        " ", "  ", "\t", "---\n", "---\nkind: opportunity\n", "---\nkind: interview\n",
        "---\nkind: tree\n---\n",
        "---\n# A\n", "kind: ", "parent: [[a]]", "parent: x", "aliases: [b, c]",
        "allow:\n  - rule: orphan\n", "&a ", "*a",
        "<<: *a\n", "&a\n", "kind: guide\n",
        "<<: *a", "2026-11-03", "12", "true", "null", "- ", "1. ", "> ", "## Opportunities\n",
        "## Story\n", "# T\n",
        "[[b]]", "[[b|w]]", "[[b#h]]", "![[p.png]]", "[w](b.md)", '[w](<b c.md> "t")', "[12:41]",
        "(1:02:03)", "[99:99]",
        "[12:41-13:05]", '<a class="x" data-t="00:12:41">[00:12:41]</a>', "`[[c]]`", "``x`",
        "**s** ", "against ", "é", "😀",
        "\u2028", "\x85", "\x0c", "\x00", "\ufeff", "\ud7ff", "<!-- c -->", "<<<<<<< a\n",
        ">>>>>>> b\n",
        "- outcome: O\n", "  - opportunity: P {status: target} ^p\n", "## outcome: Q ^q\n",
        "    - solution: [[b]] [01:00]\n",
        "...\n", "\n\n", "? ", "!!str ", "|\n  ", ">-\n  ",
    ]
)  # fmt: skip

QUOTED = (">", "“", '"', "„", "«", "‹", "「", "『", "‟")
"""The start of a quote: as Markdown writes one, or as a paragraph in quotation marks."""

TEXTS = some.one_of(
    some.lists(PIECES, max_size=30).map("".join),
    some.lists(PIECES, max_size=20).map(lambda each: "---\nkind: interview\n" + "".join(each)),
    some.lists(PIECES, max_size=20).map(lambda each: "---\nkind: tree\n---\n" + "".join(each)),
    some.lists(PIECES, max_size=20).map(lambda each: "---\nkind: guide\n---\n" + "".join(each)),
    some.text(max_size=60),
)


def links(entry: Entry) -> Iterator[Link]:
    yield from entry.links
    for section in entry.sections:
        yield from section.links
        for item in section.items:
            yield from item.links


def stamps(entry: Entry) -> Iterator[Stamp]:
    for section in entry.sections:
        yield from section.stamps
        for item in section.items:
            yield from item.stamps


def quotes(entry: Entry) -> Iterator[Quote]:
    for section in entry.sections:
        yield from section.quotes
        for item in section.items:
            yield from item.quotes


def scalars(value: Value) -> Iterator[Scalar]:
    match value:
        case Scalar():
            yield value
        case Sequence():
            for each in value.items:
                yield from scalars(each)
        case Mapping():
            for key, inner in value.pairs:
                yield key
                yield from scalars(inner)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
@example("---\nkind: outcome\na: &a [*a]\n---\n")
@example("---\n? ? \n---\n")
@example("---\n- a\n---\n")
@example("---\n&a {kind: guide, <<: *a}\n---\n")
@example("---")
@example("---\n")
@example('---\nKIND:\n"0\r0"')
@example("---\nkind: outcome\n---\na\r%%b%%`")
def test_reading_never_raises_and_places_cut_out_what_they_claim(text: str) -> None:
    reading = parse(text)
    # What Markdown puts in place of signs it does not take has their length.
    lines = Lines(text.replace("\x00", "\ufffd").replace("\r", " "))
    escaped = "\\" in text or "&" in text
    for entry in reading.entries:
        for link in links(entry):
            cut = lines.cut(link.target_at)
            assert cut == link.target or escaped or (link.form == "field" and link.target in cut)
        for stamp in stamps(entry):
            assert stamp.written in lines.cut(stamp.at)
        for quote in quotes(entry):
            assert lines.cut(quote.at).startswith(QUOTED)
        for field in entry.fields:
            assert lines.cut(field.key_at).strip("\"'") == field.name or not field.name.isalpha()
            for scalar in scalars(field.value):
                if scalar.text.isalnum() and scalar.text.isascii():
                    assert scalar.text in lines.cut(scalar.at)
        if entry.title is not None and lines.cut(entry.title.at).isalnum():
            assert entry.title.text == lines.cut(entry.title.at)
    for each in reading.diagnostics:
        assert lines.cut(each.at) is not None


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_reading_survives_the_cache(text: str) -> None:
    reading = parse(text)
    packed = msgspec.msgpack.encode(reading)
    assert msgspec.msgpack.decode(packed, type=Reading) == reading


@settings(max_examples=300, deadline=None)
@given(some.lists(TEXTS, max_size=4), some.randoms())
def test_building_and_judging_never_raise_and_ignore_the_order_of_files(
    texts: list[str], chance: object
) -> None:
    del chance
    documents = [
        Document(f"{name}.md", parse(text)) for name, text in zip("abcd", texts, strict=False)
    ]
    rules = tuple(each() for each in all_rules())
    forth = build(documents, as_of=date(2026, 11, 1))
    back = build(documents[::-1], as_of=date(2026, 11, 1))
    assert forth == back
    assert check(forth, rules) == check(back, rules)
    ours = [each for each in texts if parse(each).entries]
    assert len(forth.by_id) >= min(len(ours), 1)


@pytest.mark.parametrize("end", ["\n", ""])
def test_no_node_is_lost_for_bad_front_matter(end: str) -> None:
    for broken in (
        "x: [",
        "x: 'a",
        "x: a: b",
        "\tx: 1",
        "x: *nobody",
        "- y",
        "x: {",
        '"',
        "@a: b",
        "x: %a",
    ):
        text = f"---\nkind: opportunity\nparent: better\n{broken}\n---\n# I cannot choose{end}"
        reading = parse(text)
        assert [each.kind.text for each in reading.entries if each.kind] == ["opportunity"], broken
        assert reading.entries[0].field("parent") is not None, broken
        assert reading.entries[0].title is not None
        assert reading.entries[0].title.text == "I cannot choose"

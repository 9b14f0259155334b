"""The quick reader of front matter agrees with YAML wherever it is certain."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from ost.read import full_yaml, plain_yaml
from ost.read.place import Lines

_SCALARS = """
opportunity min 12 0 007 3.5 1e3 2026-11-03 2026-1-3 12:41 yes No nULL null ~ true on y a.b x-y P07
it's https://youtu.be/9RFaz9ZBXpk?t=3 #tag a#b :a a: 0x1F 1_000 .5 5. -1 = << é 你好 [[x]] {a} *x &x
!x |x >x @x `x` %x ? - -- --- ...
"""
KEYS = some.sampled_from(
    ["kind", "parent", "on", "yes", "Null", "learning_goal", "other-ways", "a b", "1st", "é", "<<"]
)
WORDS = some.one_of(
    some.sampled_from([*_SCALARS.split(), "a\u2028b", "a\u00a0b", ""]),
    some.text(
        alphabet=some.sampled_from("ab1 :#-,.[]{}\"'|>&*!%@`?_/\\\t\u0085\u2028é"), max_size=9
    ),
)
PLAIN = some.lists(WORDS, min_size=1, max_size=3).map(" ".join)
VALUES = some.one_of(
    PLAIN,
    PLAIN.map('"{}"'.format),
    PLAIN.map("'{}'".format),
    PLAIN.map("[[{}]]".format),
    some.lists(PLAIN, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
    some.lists(PLAIN, min_size=1, max_size=3).map(
        lambda each: "".join(f"\n  - {one}" for one in each)
    ),
    some.lists(some.tuples(KEYS, WORDS), max_size=3).map(
        lambda each: "{" + ", ".join(f"{key}: {value}" for key, value in each) + "}"
    ),
    some.just(""),
)
LINES = some.one_of(
    some.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]}: {pair[1]}"),
    some.sampled_from(["", "  more", "# a comment", "- item", "key:", "key:value", "..."]),
)


@given(some.lists(LINES, max_size=6).map(lambda each: "".join(f"{one}\n" for one in each)))
@example("kind: interview\ndate: 2026-11-03\ninterviewers: {pm: ak, designer: jt}\n")
@example("parent: [[x]]\ntags:\n  - a b\n  - c\n\nstatus: target  \n")
@example("a:\nb: c\n")
@example("a:\n- b\n- c\n")
@settings(max_examples=400, deadline=None)
def test_scanned_values_equal_yaml_values(text: str) -> None:
    found = plain_yaml.scan(text, 0)
    if found is not None:
        fields, remarks = full_yaml.fields(Lines(text), 0, len(text))
        assert (tuple(found), ()) == (fields, remarks)


@pytest.mark.parametrize(
    "text",
    [
        "kind: interview\ndate: 2026-11-03\nparticipant: P07\nsegment: families\n",
        "interviewers: {pm: ak, designer: jt, engineer: rs}\n",
        "recording: https://youtu.be/9RFaz9ZBXpk\n",
        "links: [https://example.org/t/1, https://example.org/t/2]\n",
        "parent: [[cannot-agree]]\nstatus: target\n",
        "parent: [a, b]\ntags:\n  - one\n  - two words\n",
        'title: "In quotes: all of it"\n',
        "length: 45 minutes\nwhen: 2026-11-03 at noon, 12:41 or so\n",
    ],
)
def test_common_front_matter_needs_no_yaml_parser(text: str) -> None:
    assert plain_yaml.scan(text, 0) is not None

"""The formatter: it normalises a few things and keeps everything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ost.edit.format import formatted
from ost.edit.rewrite import after, meaning
from tests.test_move import content, made

AIM = {"the-aim.md": "---\nkind: outcome\naliases: [first]\n---\n# Aim\n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---  \nkind: solution \t\n---\t\n# A  \nb  ", "---\nkind: solution\n---\n# A  \nb  \n"),
        ("---\nkind: solution\nparent: [[the-aim]] # x \n---\n# A\n\n\n", None),
        ("---\nkind: solution\nparent: The Aim\n---\n# A\n", None),
        ('---\nkind: solution\nparent: ["The_Aim", first]\n---\n# A\n', None),
        (
            "---\nkind: solution\nparent:\n- [[the-aim|x, y]]\n- [ [[first]], [[first#h]] ]\n---\n",
            None,
        ),
        ("---\nkind: solution\nbecause: |  \n  a  \n  b \n\nstatus: idea \n---\n# A\n", None),
        ("---\nkind: solution\naliases: [[a]]\nlinks: [[https://x.y]]\n---\n# A\n", None),
        ("---\nkind: tree\n---  \n# Outcome: A  ", "---\nkind: tree\n---  \n# Outcome: A  \n"),
        ("---\ntitle: x  \n---\nA page  ", "---\ntitle: x  \n---\nA page  "),
        (
            "---\nkind: solution  \nparent: [x\n---\n# A",
            "---\nkind: solution  \nparent: [x\n---\n# A",
        ),
    ],
)  # fmt: skip
def test_formatter_normalises_front_matter(text: str, expected: str | None) -> None:
    expected = expected or (
        text.replace("[[the-aim]] # x \n", '"[[the-aim]]" # x\n')
        .replace("# A\n\n\n", "# A\n")
        .replace("The Aim", "the-aim")
        .replace("The_Aim", "the-aim")
        .replace("[[the-aim|x, y]]", '"[[the-aim|x, y]]"')
        .replace("[ [[first]], [[first#h]] ]", '[ "[[first]]", "[[first#h]]" ]')
        .replace("idea \n", "idea\n")
    )
    texts = {**AIM, "a.md": text}
    once = made(texts, formatted(content(texts), texts))
    assert once == {**AIM, "a.md": expected}
    assert made(once, formatted(content(once), once)) == once


LINES = st.lists(
    st.sampled_from(
        [
            "status: idea  ",
            "because: >\n  a  \n\n  b ",
            "# a comment  ",
            "tags: [a,  b] ",
            "over: [[the-aim]]",
            "differs: 'as [[the-aim]] '  ",
            'differs: "a\n  b  \n  c"',
            "  ",
            "parent:   The-Aim",
            "parent: [[The-Aim]]  # c  ",
            "allow:\n  - rule: x  \n    because: [[first]] ",
        ]
    ),
    max_size=5,
    unique_by=lambda each: each[:4],
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.text("ab [](-*`\n\t#:", max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_formatting_keeps_meaning_and_twice_is_once(lines: list[str], body: str, end: str) -> None:
    text = "\n".join(["---", "kind: solution", *lines, "---", f"# A\n{body}"])
    texts = {**AIM, "a.md": text}
    folder = content(texts)
    rewrite = formatted(folder, texts)
    raw = text.replace("\n", end)
    assert rewrite.text("a.md", raw) == rewrite.text("a.md", text).replace("\n", end)
    once = made(texts, rewrite)
    assert meaning(after(folder, rewrite)) == meaning(folder)
    assert made(once, formatted(content(once), once)) == once
    words = "".join(once["a.md"].split()).replace('"', "").casefold()
    assert words == "".join(text.split()).replace('"', "").casefold()

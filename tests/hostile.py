"""Projects in which everything is odd, one for each number."""

import json
import os
import random
from pathlib import Path

from ost.tree.fields import names
from ost.tree.model import KINDS

WORDS = (
    "",
    " ",
    "~",
    "0",
    "-1",
    "1e308",
    "-1e308",
    "1" * 400,
    "0x" + "f" * 40,
    ".inf",
    ".nan",
    "1e-320",
    "9" * 20,
    "true",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "1900-01-01",
    "2199-12-31",
    "2026-02-30",
    "2026-11-01T99:99:99Z",
    "٢٠٢٦-١١-٠١",
    "[]",
    "{}",
    "[[]]",
    "[a, [b, {c: [d]}]]",
    "{a: {b: {c: d}}}",
    "[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]",
    "{1: 2, true: x, null: y, [a]: b}",
    "{2026-11-01: 1e308, 2026-11-02: -1e308, 0001-01-01: 1, 9999-12-31: .nan}",
    "{2026-11-01: 5, 2199-12-31: 7, 1900-01-01: 1}",
    "{? {a: b} : c}",
    "? x",
    "&a [*a]",
    "*nothing",
    "!!python/object:os.system x",
    "!!binary aGVsbG8=",
    "!!set {a, b}",
    "|\n  many\n  lines",
    r'"\ud800"',
    r'"\udfff\ud800"',
    r'"\0"',
    r'"a\0b"',
    r'"\U0010ffff"',
    r'"\x1b[31m"',
    r'"\u202e"',
    r'"\u2028\n\r\t"',
    '"%s%n{}{0}{{%}}"',
    "'; drop table node; --",
    "<script>alert(1)</script>",
    "../../../etc/passwd",
    "https://[::1",
    "https://example.org:99999999/?t=" + "9" * 30,
    "http://\u2100.example/",
    "//",
    "a" * 3000,
    "e\u0301" * 40,
    "👩\u200d👩\u200d👧",
    "NaN",
    "__proto__",
    "constructor",
    "[[a]]",
    "[99:99:99]",
    "[999999999999999999:00]",
)
BODIES = (
    "# {w}",
    "## Story\n\n1. [{w}] {w} [00:01]\n2. [99:99] x [9999999999:00]",
    "## Opportunities\n\n- [[{i}]] {w} [12:41]\n  > {w} [99999:00]\n- against [[{i}]] [[{w}]]",
    "## Memorable quote\n\n> {w} [0:05]",
    "## Quick facts\n- {w}",
    "[{w}]({w}) ![{w}]({w}) [[{i}|{w}]] <{w}>",
    "```\n{w}",
    "> > > > > > > > > > {w}",
    "- - - - - - - - - - {w}",
    "| {w} | b |\n|---|---|\n| x | {w} |",
    "<!-- {w}",
    "{w}",
)
NAMES = (
    "a",
    "A",
    "é",
    "e\u0301",
    "日本",
    "a b",
    "a#b",
    "a?b",
    "a%2fb",
    "a'b",
    'a"b',
    "a\nb",
    "a\tb",
    "a\x1bb",
    "-a",
    "--help",
    "..a",
    "a.b",
    "\u202ea",
    "::a::b",
    "index",
    "con",
    "~a",
    "null",
    "a" * 200,
    "😀",
    "&lt;",
    "a\\b",
    "|",
)
UNDECODABLE = (b"caf\xe9", b"\xff\xfe", b"a\x80\nb")


def write(home: Path, number: int, many: int = 40) -> list[str]:
    """Writes a project into a folder; the stems of its files."""
    chance = random.Random(number)
    (home / "ost.toml").write_text(_settings(chance), "utf-8")
    content = home / "content"
    stems = [f"{chance.choice(NAMES)}{at if chance.random() < 0.7 else ''}" for at in range(many)]
    for stem in stems:
        folder = content / chance.choice(("", "x", *NAMES))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{stem}{chance.choice(('.md',) * 6 + ('.markdown', '.vtt', '.txt'))}"
        path.write_bytes(_file(chance, stems))
    for name in UNDECODABLE:
        with open(os.fsencode(content) + b"/" + name + b".md", "wb") as file:  # noqa: PTH123
            file.write(b"---\nkind: outcome\n---\n# x\n")
    os.makedirs(os.fsencode(content) + b"/folder\xe9/x", exist_ok=True)  # noqa: PTH103
    return stems


def _settings(chance: random.Random) -> str:
    title = json.dumps(chance.choice([each for each in NAMES if each.isprintable()]))
    lines = [f"title = {title}".replace("\\ud83d\\ude00", "")]
    if chance.random() < 0.5:
        lines += ["[rules.nothing-dropped]", "days = 99999999999999"]
        lines += ["[rules.narrow-sample]", f"days = {chance.choice((-1, 10**15))}"]
    return "\n".join(lines) + "\n"


def _file(chance: random.Random, stems: list[str]) -> bytes:
    def word() -> str:
        return chance.choice((*WORDS, *stems)) if chance.random() < 0.7 else "plain"

    kind = chance.choice((*KINDS, *KINDS, "tree", "nope"))
    fields = sorted(names(KINDS[kind])) if kind in KINDS else ["status"]
    lines = ["---", f"kind: {kind}"]
    lines += [f"parent: {json.dumps(chance.choice(stems))}"] * (chance.random() < 0.7)
    for field in chance.sample(fields, min(len(fields), chance.randrange(8))):
        inner = word()
        nested = chance.random()
        if nested < 0.15:
            inner = f"{{{chance.choice(('by', 'on', 'verdict', 'confidence', 'x'))}: {inner}}}"
        elif nested < 0.3:
            inner = f"[{inner}, {inner}]"
        lines.append(f"{field}: {inner}")
    if chance.random() < 0.3:
        lines += ["allow:", f"  - rule: {word()}", f"    until: {word()}", "    because: x"]
    lines += ["---", "# A title", ""]
    for _ in range(chance.randrange(6)):
        body = chance.choice(BODIES).replace("{w}", word()).replace("{i}", chance.choice(stems))
        lines += [body, ""]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        at = chance.randrange(len(data))
        data = data[:at] + bytes(chance.randrange(256) for _ in range(5)) + data[at:]
    return data

"""Settings: where they are looked for, what they may say, and how a mistake is named."""

from pathlib import Path

import pytest

from ost.config import PARTS, Settings, load, located
from ost.errors import Misuse, Trouble
from ost.tree.sections import SECTIONS


def settings(root: Path, text: str) -> Settings:
    (root / "ost.toml").write_text(text, "utf-8")
    return load(root)[1]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("", "content", "."),
        ("", "title", ""),
        ('title = "Ours"', "title", "Ours"),
        ('\ufefftitle = "Ours"', "title", "Ours"),
        ('exclude = ["drafts/**"]', "exclude", ("drafts/**",)),
        ('select = ["OST3"]', "select", ("OST3",)),
        ('[rules.single-solution]\nscope = "all"', "rules", {"single-solution": {"scope": "all"}}),
        ('[sections]\nstory = ["Ablauf"]', "sections", {"story": ("Ablauf",)}),
        ('[sections]\nquick_facts = ["Fakten"]', "sections", {"quick facts": ("Fakten",)}),
        ('[sections]\n"Quick Facts" = ["Fakten"]', "sections", {"quick facts": ("Fakten",)}),
    ],
)
def test_settings(tmp_path: Path, text: str, name: str, expected: object) -> None:
    assert getattr(settings(tmp_path, text), name) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tittle = 1", "ost.toml:1: 'tittle' is no setting; did you mean 'title'?"),
        ("\n\nzzz = 1", "ost.toml:3: 'zzz' is no setting; known are content, title, "),
        ("title = 3", "ost.toml:1: title: expected text, got a number"),
        ("\nignore = [1]", "ost.toml:2: ignore: expected text, got a number"),
        ('ignore = "x"', "ost.toml:1: ignore: expected a list, got text"),
        ("[rules]\nx = 1", "ost.toml:1: rules: expected a table, got a number"),
        ("[rule.x]\na = 1", "ost.toml:1: 'rule' is no setting; did you mean 'rules'?"),
        ('[sections]\nstori = ["a"]', "ost.toml:2: 'stori' is no part of a snapshot; did you"),
        ("a b", "ost.toml:1:3: expected '=' after a key"),
        ('ignore = []\ntitle = "open', "ost.toml:2: unterminated string"),
        ('content = "nowhere"', "ost.toml:1: content: there is no folder 'nowhere'"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Misuse) as raised:
        settings(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path}/{message}")


def test_undecodable_settings(tmp_path: Path) -> None:
    (tmp_path / "ost.toml").write_bytes(b"\xff")
    with pytest.raises(Trouble, match="cannot be read"):
        load(tmp_path)


def test_the_root_is_the_nearest_folder_with_settings(tmp_path: Path) -> None:
    (tmp_path / "content" / "deep").mkdir(parents=True)
    (tmp_path / "ost.toml").write_text("")
    file = tmp_path / "content" / "deep" / "a.md"
    file.write_text("")
    for start in (tmp_path, file.parent, file):
        assert load(start) == (tmp_path, Settings(content="content"))


def test_without_settings_the_folder_is_the_root(tmp_path: Path) -> None:
    assert load(tmp_path) == (tmp_path, Settings(content="."))
    (tmp_path / "content").mkdir()
    assert load(tmp_path) == (tmp_path, Settings(content="content"))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="there is no folder"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("rules.orphan: no option 'x'", "{file}:3: rules.orphan: no option 'x'"),
        ("select: no rule 'x'", "{file}:1: select: no rule 'x'"),
        ("something else: x", "something else: x"),
    ],
)
def test_what_others_say_of_settings(tmp_path: Path, message: str, expected: str) -> None:
    file = tmp_path / "ost.toml"
    file.write_text('select = ["x"]\n\n[rules.orphan]\nx = 1\n')
    assert located(tmp_path, message) == expected.format(file=file)


def test_the_parts_of_a_snapshot_are_those_of_the_tree() -> None:
    assert set(PARTS) == set(SECTIONS)

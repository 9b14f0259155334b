"""Settings: where `ost` looks for them, what they may say, and how mistakes are reported."""

from pathlib import Path

import msgspec
import pytest

from ost.errors import Misuse, Trouble
from ost.settings.config import Settings, load, mistakes
from ost.settings.toml import Wrong
from ost.tree.model import KINDS
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
def test_settings_are_read(tmp_path: Path, text: str, name: str, expected: object) -> None:
    assert getattr(settings(tmp_path, text), name) == expected


def settings_mistakes(settings: Settings) -> list[str]:
    """The mistakes in the settings: line and column from 1, and message."""
    return [
        f"{each.at.line + 1}:{each.at.column + 1}: {each.message}"
        for each in mistakes(settings, KINDS, SECTIONS)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tittle = 1", "1:1: 'tittle' is not a setting; did you mean 'title'?"),
        ("\n\nzzz = 1", "3:1: 'zzz' is not a setting; use one of content, title, "),
        ('text = "x"', "1:1: 'text' is not a setting; use one of content, "),
        ("title = 3", "1:9: title: expected text, got a number"),
        ('\nignore = [\n  "a",\n  1,\n]', "4:3: ignore: expected text, got a number"),
        ('ignore = "x"', "1:10: ignore: expected a list, got text"),
        ("[rules]\nx = 1", "2:5: rules.x: expected a table, got a number"),
        ("[rule.x]\na = 1", "1:2: 'rule' is not a setting; did you mean 'rules'?"),
        ('[sections]\nstori = ["a"]', "2:1: 'stori' is not a part of a snapshot; did you mean 's"),
        ('[paths."a/**"]\nignor = []', "2:1: 'ignor' is not a setting; did you mean 'ignore'?"),
        (
            '[paths."a/**".severity]\norphan = "bad"',
            "2:10: paths.a/**.severity.orphan: 'bad' is not one of error, warning, note",
        ),
    ],
)
def test_mistakes_are_reported_at_their_place(tmp_path: Path, text: str, message: str) -> None:
    found = settings(tmp_path, text)
    rest = msgspec.structs.replace(found, text="", rules={}, paths={}, kinds={}, sections={})
    assert rest == Settings()
    (said,) = settings_mistakes(found)
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'edit_url = "https://x/{file}#{line}"',
            "1:12: edit_url: {file} means nothing here; use {p",
        ),
        ('edit_url = "https://x/edit"', "1:12: edit_url: no {path}, so it opens the same p"),
        (
            '[kinds]\noutcome = ["goal", "solution"]',
            "2:20: kinds.outcome: 'solution' is a kind of its",
        ),
        (
            '[fields]\nignore = ["jira", "kind"]',
            "2:19: fields.ignore: 'kind' says what a node is",
        ),
    ],
)
def test_values_that_mean_nothing_are_reported(tmp_path: Path, text: str, message: str) -> None:
    (message_found,) = settings_mistakes(settings(tmp_path, text))
    assert message_found.startswith(message)


def test_mistyped_content_leaves_the_default_folder(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert settings(tmp_path, "content = 3").content == "content"


def test_correct_settings_stay(tmp_path: Path) -> None:
    found = settings(tmp_path, 'ignor = []\ntitle = "Ours"\nselect = [1]\n[sections]\nx = ["a"]')
    assert (found.title, found.select) == ("Ours", ())
    assert [each.split(":")[0] for each in settings_mistakes(found)] == ["1", "3", "5"]


def test_mistakes_found_by_others_have_a_place(tmp_path: Path) -> None:
    found = settings(tmp_path, 'ignore = ["a", "b"]\n[rules.x]\ny = 1\n')
    further = [
        Wrong(("rules", "x", "y"), "no such option", of_key=True),
        Wrong(("ignore", 1), "no such rule"),
        Wrong(("rules", "x", "z"), "too small"),
    ]
    said = mistakes(found, KINDS, SECTIONS, further)
    assert [(each.at.line, each.at.column, each.message) for each in said] == [
        (0, 15, "ignore: no such rule"),
        (1, 7, "rules.x.z: too small"),
        (2, 0, "no such option"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a b", "ost.toml:1:3: expected '=' after a key"),
        (
            'title = "open\nignore = []',
            "ost.toml:1:14: a text in this line has no closing quotation",
        ),
        ('ignore = []\ntitle = "open', "ost.toml:2: unterminated string"),
        ('content = "nowhere"', "ost.toml:1: content: no folder 'nowhere'"),
    ],
)
def test_settings_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Misuse) as raised:
        settings(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path}/{message}")


def test_undecodable_settings_are_reported(tmp_path: Path) -> None:
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


def test_folder_is_the_root_without_settings(tmp_path: Path) -> None:
    assert load(tmp_path) == (tmp_path, Settings(content="."))
    (tmp_path / "content").mkdir()
    assert load(tmp_path) == (tmp_path, Settings(content="content"))


def test_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="no folder"):
        load(tmp_path / "nowhere")

"""The package of `docs/how-to/own-rules.md`, built and installed: its rule works like ours."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docs.transcript import FENCE, PLAIN

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/how-to/own-rules.md"
OST = Path(sys.executable).with_name("ost")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("package")]

Said = list[tuple[str, str]]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages, including the page's package."""
    folder = tmp_path_factory.mktemp("own")
    for _, title, body in FENCE.findall(PAGE.read_text("utf-8")):
        if title.startswith("evening-rules/"):
            (folder / title).parent.mkdir(exist_ok=True)
            (folder / title).write_text(body, "utf-8")
    packages = folder / "site-packages"
    pip = (sys.executable, "-m", "pip", "install", "--target", packages, folder / "evening-rules")
    subprocess.run([str(each) for each in pip], env={**os.environ, **PLAIN}, check=True)
    return packages


@pytest.fixture
def ost(packages: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Runs `ost ...` in a project, with the package installed."""
    (tmp_path / "ost.toml").write_text("")
    for path, text in (
        ("need.md", "---\nkind: opportunity\nstatus: target\n---\n# We cannot agree\n"),
        ("veto.md", "---\nkind: solution\nparent: need\nstatus: testing\n---\n# A veto each\n"),
    ):
        (tmp_path / path).write_text(text)
    source = packages / "evening_rules.py"
    before = source.read_bytes()

    def ran(*arguments: str, code: int = 0) -> str:
        ended = subprocess.run(
            [str(OST), *arguments],
            cwd=tmp_path,
            env={**os.environ, **PLAIN, "PYTHONPATH": str(packages)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode in {0, 1}, ended.stderr
        assert not ended.stderr
        return ended.stdout

    yield ran
    source.write_bytes(before)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def rule_findings(ost: Callable[..., str], *arguments: str) -> Said:
    """The findings of the rule."""
    found = json.loads(ost("check", "--paranoid", "--format", "json", *arguments))
    return [(each["path"], each["message"]) for each in found if each["code"] == "TEAM301"]


SAID = [("veto.md", "solution 'veto' has status 'testing' but no owner; add one")]


def test_the_rule_is_judged_again_when_what_it_looked_at_changes(
    ost: Callable[..., str], tmp_path: Path
) -> None:
    assert rule_findings(ost) == SAID
    edit(tmp_path / "need.md", "status: target\n", "")
    assert rule_findings(ost) == []
    edit(tmp_path / "need.md", "kind: opportunity\n", "kind: opportunity\nstatus: target\n")
    assert rule_findings(ost) == SAID
    edit(tmp_path / "veto.md", "testing\n", 'testing\ntags: ["owner:kim"]\n')
    assert rule_findings(ost) == []


def test_the_rule_is_waived_and_weighed_as_ours(ost: Callable[..., str], tmp_path: Path) -> None:
    waiver = "allow: [{rule: RULE, because: it is over on Friday}]\n---\n# A"
    for name in ("unowned-solution", "TEAM301"):
        edit(tmp_path / "veto.md", "---\n# A", waiver.replace("RULE", name))
        assert rule_findings(ost) == []
        assert "OST03" not in ost("check")
        edit(tmp_path / "veto.md", waiver.replace("RULE", name), "---\n# A")
    (tmp_path / "ost.toml").write_text(
        '[rules.unowned-solution]\nseverity = "error"\nprefix = "kim"\n'
    )
    (found,) = [
        each for each in json.loads(ost("check", "--format", "json")) if each["code"] == "TEAM301"
    ]
    assert found["severity"] == "error"


@pytest.mark.parametrize("word", ["unowned-solution", "TEAM301", "team3", "TEAM"])
def test_the_rule_is_chosen_by_its_name_and_its_code(ost: Callable[..., str], word: str) -> None:
    assert rule_findings(ost, "--select", word) == SAID
    assert rule_findings(ost, "--ignore", word) == []


def test_the_rule_has_a_page(ost: Callable[..., str]) -> None:
    page = ost("rule", "team301")
    assert page == ost("rule", "unowned-solution")
    assert "No one finishes work that belongs to everyone." in page
    assert "What the tag of an owner begins with." in page
    assert "TEAM301" in ost("rule")
    assert "OST301" in ost("rule")


def test_a_rule_that_was_edited_judges_everything_again(
    ost: Callable[..., str], packages: Path, tmp_path: Path
) -> None:
    first = rule_findings(ost)
    built = ost("build", "--output", "one.db", "--format", "json")
    edit(packages / "evening_rules.py", "but no owner; add one", "and nobody owns it")
    assert rule_findings(ost) == [
        (path, re.sub("but no.*", "and nobody owns it", m)) for path, m in first
    ]
    assert (
        json.loads(built)["build"]
        != json.loads(ost("build", "--output", "one.db", "--format", "json"))["build"]
    )


def test_a_rule_that_could_not_be_loaded_is_tried_again(
    ost: Callable[..., str], packages: Path
) -> None:
    source = packages / "evening_rules.py"
    edit(source, "class UnownedSolution", "class class UnownedSolution")
    assert "cannot be loaded: SyntaxError" in ost("check")
    edit(source, "class class UnownedSolution", "class UnownedSolution")
    assert rule_findings(ost) == SAID

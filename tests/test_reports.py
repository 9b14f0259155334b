"""Reports for other programs follow their format, whatever content says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema
import pytest

if TYPE_CHECKING:
    from click.testing import Result

DATA = Path(__file__).parent / "data"
TREE = """
-- content/goal, the first.md --
---
kind: outcome
metric: evenings
---
# More evenings: 50% | <b>begin</b> with a film
-- content/need.md --
---
kind: opportunity
parent: nowhere
statuss: target
---
# Add a "filter", 100%
-- ost.toml --
content = "content"
"""
FORMS = ("json", "sarif", "github", "junit", "markdown")


@pytest.fixture
def check(folder: Callable[[str], Path], run: Callable[[str], "Result"]) -> Callable[[str], str]:
    """What `ost check` prints for the tree."""
    folder(TREE)
    return lambda options: run(f"ost check . {options}").stdout


def test_sarif_is_what_its_schema_demands(check: Callable[[str], str]) -> None:
    report = json.loads(check("--format sarif"))
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(report)
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
    assert all(each["help"]["markdown"] and each["shortDescription"]["text"] for each in rules)
    (fix,) = next(each["fixes"] for each in run["results"] if each["ruleId"] == "OST007")
    (change,) = fix["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "status"}
    assert change["artifactLocation"]["uri"] == "content/need.md"


def test_finding_keeps_its_identity_when_lines_move(
    check: Callable[[str], str], tmp_path: Path
) -> None:
    def known() -> set[str]:
        results = json.loads(check("--format sarif"))["runs"][0]["results"]
        return {each["partialFingerprints"]["ruleAndNode/v1"] for each in results}

    before = known()
    need = next(tmp_path.rglob("need.md"))
    need.write_text(need.read_text("utf-8").replace("status", "# a comment\nstatus"), "utf-8")
    assert known() == before


def test_github_annotations_escape_what_ends_them(check: Callable[[str], str]) -> None:
    lines = check("--format github").splitlines()
    assert all(each.startswith(("::error ", "::warning ", "::notice ")) for each in lines)
    assert not any("goal, the first.md" in each.split("::")[1] for each in lines)
    assert all(each.count("::") == 2 for each in lines)


def test_junit_is_xml_and_counts_its_failures(check: Callable[[str], str]) -> None:
    suites = ET.fromstring(check("--format junit"))  # noqa: S314 - our own
    assert int(suites.attrib["failures"]) == len(suites.findall(".//failure")) > 0
    assert int(suites.attrib["tests"]) == len(suites.findall(".//testcase"))


def test_markdown_holds_no_markup_of_the_content(check: Callable[[str], str]) -> None:
    report = check("--format markdown")
    assert "<b>" not in report
    rows = [each for each in report.splitlines() if each.startswith("|")]
    assert all(each.replace("\\|", "").count("|") == 4 for each in rows)


@pytest.mark.parametrize("form", FORMS)
def test_reports_are_the_same_each_time_and_in_a_file(
    check: Callable[[str], str], tmp_path: Path, form: str
) -> None:
    printed = check(f"--format {form}")
    assert printed == check(f"--format {form}")
    check(f"--output {form}:{tmp_path / 'report'}")
    assert (tmp_path / "report").read_text("utf-8") == printed


@pytest.mark.parametrize("form", FORMS)
def test_empty_report_is_complete(
    folder: Callable[[str], Path], run: Callable[[str], "Result"], form: str
) -> None:
    folder("-- goal.md --\n---\nkind: outcome\n---\n# More evenings begin with a film\n")
    ended = run(f"ost check . --format {form}")
    assert ended.exit_code == 0
    if form in ("json", "sarif"):
        assert json.loads(ended.stdout) is not None

"""The packages that may add rules and kinds, found without Python's own finders."""

from pathlib import Path

import pytest

from ost.project.packages import may_add


@pytest.mark.parametrize(
    ("file", "holds", "may"),
    [
        ("more-1.dist-info/entry_points.txt", "[ost.kinds]\na = b:C\n", True),
        ("more.egg-info/entry_points.txt", "[ost.kinds]\na = b:C\n", True),
        ("EGG-INFO/entry_points.txt", "[ost.kinds]\na = b:C\n", True),
        ("more-1.egg", "", True),
        ("more-1.dist-info/entry_points.txt", "[console_scripts]\na = b:C\n", False),
        ("more-1.dist-info/METADATA", "[ost.kinds]\n", False),
        ("more-1.egg-info", "a file", False),
    ],
)
def test_files_of_packages_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, holds: str, may: bool
) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path / "site"), str(tmp_path / "nowhere")])
    written = tmp_path / "site" / file
    written.parent.mkdir(parents=True)
    written.write_text(holds)
    assert may_add("ost.kinds") == may


def test_archives_may_hold_entry_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "site.zip"
    archive.write_bytes(b"PK")
    monkeypatch.setattr("sys.path", [str(archive)])
    assert may_add("ost.kinds")

"""The templates that come with the program."""

from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"


def template(name: str, otherwise: str = "") -> str:
    """A template's text; `otherwise` where there is no such template."""
    path = TEMPLATES / name
    return path.read_text("utf-8") if not otherwise or path.is_file() else otherwise

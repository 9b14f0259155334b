"""Writes the generated parts of pages: reference from the code, output from real runs.

`python -m docs.generate` writes. A part is between `<!-- begin: name -->` and
`<!-- end: name -->`.
"""

import json
import re
import sys
from pathlib import Path

from docs import parts, transcript
from ost.tree.forms import front_matter_schema
from ost.tree.model import KINDS

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs/reference/front-matter.schema.json"
PART = re.compile(r"(<!-- begin: ([a-z]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)


def pages() -> list[Path]:
    """Every page that people read."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def generated(page: Path) -> str:
    """The page with its generated parts up to date."""
    text = PART.sub(
        lambda found: f"{found[1]}\n{parts.PARTS[found[2]]().strip()}\n\n{found[3]}",
        page.read_text("utf-8"),
    )
    return transcript.renewed(text, ROOT)


def schema() -> str:
    """The JSON Schema of front matter."""
    found = front_matter_schema(KINDS.values())
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes every page that is out of date."""
    for page in [*pages(), SCHEMA]:
        text = schema() if page == SCHEMA else generated(page)
        if not page.exists() or text != page.read_text("utf-8"):
            page.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()

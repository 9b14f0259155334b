"""Writes into the pages what can be generated: reference from the code, output from real runs.

`python -m docs.generate` writes. A part stands between `<!-- begin: name -->` and
`<!-- end: name -->`.
"""

import re
import sys
from pathlib import Path

from docs import parts, transcript

ROOT = Path(__file__).parent.parent
PART = re.compile(r"(<!-- begin: ([a-z]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)


def pages() -> list[Path]:
    """Every page that people read."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def generated(page: Path) -> str:
    """The page as it should be."""
    text = PART.sub(
        lambda found: f"{found[1]}\n{parts.PARTS[found[2]]().strip()}\n\n{found[3]}",
        page.read_text("utf-8"),
    )
    return transcript.renewed(text, ROOT)


def main() -> None:
    """Write every page that is not as it should be."""
    for page in pages():
        text = generated(page)
        if text != page.read_text("utf-8"):
            page.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()

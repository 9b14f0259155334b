"""Every link and picture of a text, whether it is a node, many nodes or none of ours."""

from ost.read import frontmatter, markdown
from ost.read.comments import hidden
from ost.read.document import Link
from ost.read.links import links
from ost.read.place import Lines


def addresses(text: str) -> tuple[Link, ...]:
    """The links in a text's front matter and body, in reading order, with those to pictures."""
    lines = Lines(text)
    front = frontmatter.read(lines)
    fields, start = (front.fields, front.body) if front else ((), 0)
    shown = hidden(text[start:]).text
    lines.text = text[:start] + shown
    body = markdown.read(shown, lines.place(start, start).line, pictures=True)
    return links(fields, body, lines)

"""Every link and image in a text, whether or not the text is one of our nodes."""

from ost.read import frontmatter, markdown
from ost.read.comments import hide_comments
from ost.read.document import Link
from ost.read.links import links
from ost.read.place import Lines


def addresses(text: str) -> tuple[Link, ...]:
    """The links and images in a text's front matter and body, in reading order."""
    lines = Lines(text)
    front = frontmatter.read(lines)
    fields, start = (front.fields, front.body) if front else ((), 0)
    shown = hide_comments(text[start:]).text
    lines.text = text[:start] + shown
    body = markdown.read(shown, lines.place(start, start).line, pictures=True)
    return links(fields, body, lines)

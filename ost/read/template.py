"""Recognizes template files by the placeholders in their front matter."""

import re

from ost.expression import expression

_PLACEHOLDER = expression(r"\{\{[^{}\n]*\}\}|<%.*?%>|\$\{[A-Za-z_][^{}\n]*\}", re.DOTALL)


def is_template(front: str) -> bool:
    """Whether the front matter has a placeholder such as `{{date}}` or `<% tp.date.now() %>`."""
    if "{{" not in front and "<%" not in front and "${" not in front:
        return False
    plain = "\n".join(line.partition(" #")[0] for line in front.split("\n"))
    return bool(_PLACEHOLDER.search(plain))

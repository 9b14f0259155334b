"""The meaning of the words about a participant's consent."""

import re

from ost.expression import expression

_WITHDRAWN = expression(
    r"(?:withdrawn|withdrew|revoked|retracted|refused|declined|denied|expired|not given|no|none"
    r"|false)\b(?! (?:name|names|video|photo|photos|recording|audio|restriction|restrictions)\b)",
    re.IGNORECASE,
)


def is_withdrawn(consent: object) -> bool:
    """Whether consent was refused or withdrawn."""
    return consent is False or bool(_WITHDRAWN.match(str(consent or "").strip()))

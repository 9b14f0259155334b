"""Patterns for lines of a one-file tree that belong to a node instead of starting one: fields,
group headings, values and links.
"""

import re

_FIELD_WORDS = (
    "description evidence impact confidence status effort owner metric unit start baseline timeline"
    " timeframe due date rationale priority score segment source sources note notes quote quotes"
    " reach method criterion criteria result results mission summary link links pros cons differs"
    " because decision tag tags feasibility desirability viability success learning learnings"
    " insight insights context detail details background assumes why"
)
FIELD = re.compile(
    rf"(?:\*\*|__)?(?:[\w/' ]+ )?(?:{'|'.join(_FIELD_WORDS.split())}|why it matters"
    r"|success criteria|(?:current|target)(?: state| value)?|how it \w+(?: need)?)"
    r"(?:\*\*|__)?\s*:{1,2}(?=\s|\*|_|$)",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"(?:phase|step|stage|theme|segment|group|quarter|week|priority|now|next|later|legend|notes?"
    r"|summary|overview|appendix)\b",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"(?:high|medium|low|none|n/?a|tbd|yes|no|\d+(?:[.,]\d+)?\s*%?)[.]?", re.IGNORECASE
)
ONLY_LINK = re.compile(r"(?:\[[ xX]\]\s+)?!?\[\[[^\[\]]+\]\]\s*|\[[^\[\]]+\]\([^()]+\)\s*")

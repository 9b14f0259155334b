"""The names of the kinds a node may have."""

KINDS = (
    "outcome",
    "opportunity",
    "solution",
    "assumption",
    "test",
    "decision",
    "interview",
    "signal",
    "guide",
)

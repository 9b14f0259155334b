"""Reports of what changed between two trees: for a terminal, for programs, and for a comment."""

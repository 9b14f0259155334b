"""What changed between two trees, written down: for a terminal, for programs, for a comment."""

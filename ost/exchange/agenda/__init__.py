"""What to do next in discovery, computed from the tree: as values, text, Markdown and a calendar."""

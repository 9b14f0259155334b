"""What to do next in discovery: computed from the tree; as text, Markdown and a calendar."""

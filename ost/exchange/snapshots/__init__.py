"""A transcript as the draft of a snapshot: everything in it was said, and says when."""

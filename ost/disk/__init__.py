"""Files on the disk: what is inside a folder, where state lives, and what a large file is."""

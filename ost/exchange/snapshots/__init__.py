"""Turns a transcript into a draft snapshot: everything in it was said, at the time it names."""

"""Digests of what happened in a tree since a day."""

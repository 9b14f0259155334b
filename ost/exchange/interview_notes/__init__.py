"""Reads interview notes as people write them: the people, their lines, and their words."""

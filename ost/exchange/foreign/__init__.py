"""Turns other tools' files and people's notes into our nodes."""

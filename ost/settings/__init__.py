"""Reads `ost.toml`: its settings, their places, and their conversion to a struct."""

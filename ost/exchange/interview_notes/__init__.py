"""Reads interview notes as people write them: who said what."""

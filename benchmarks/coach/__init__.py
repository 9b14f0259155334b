"""Measures the coach on labelled questions."""

"""Turns trees that people write by hand into nested lists, with one module per way of writing."""

"""Turns trees as people write them by hand into nested lists: one module per shape of writing."""

"""Reads other tools' tables: their rows and columns, their words, and the nodes in them."""

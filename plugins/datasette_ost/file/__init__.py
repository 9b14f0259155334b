"""Rows of the published file as values, by subject, with their SQL. Several pages share them."""

"""Reads the published file: one module per subject, with its SQL and its values. Several pages
share them.
"""

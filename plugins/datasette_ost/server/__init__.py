"""Serves the pages in Datasette: hooks, guarded routes, and the published file."""

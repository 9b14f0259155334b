"""Modules with one page each. `datasette_ost.page` finds them here."""

"""The pages, one per module. `datasette_ost.page` finds them here."""

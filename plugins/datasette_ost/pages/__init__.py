"""One page in each module, and nothing else: `datasette_ost.page` finds them here."""

"""The pages in Datasette: hooks, routes behind one guard, and the file that is shown."""

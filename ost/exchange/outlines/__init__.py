"""Trees as people write them by hand, as nested lists: one module a shape of writing."""

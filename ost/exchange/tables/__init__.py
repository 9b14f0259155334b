"""Tables of other tools: their rows, what their columns and words mean, and the nodes in them."""

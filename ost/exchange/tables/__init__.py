"""Tables of other tools: their rows, columns, words, and the nodes in them."""

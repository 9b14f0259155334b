"""How values look: addresses, words, charts, and the picture of the tree."""

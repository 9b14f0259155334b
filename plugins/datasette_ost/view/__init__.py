"""How values look: addresses, words, plots, and the tree as a picture."""

"""Reports of the chain from what is built to what people said."""

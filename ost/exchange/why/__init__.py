"""The chain from what is built to people's words, written down."""

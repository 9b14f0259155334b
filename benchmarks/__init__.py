"""How fast, against which floor? Started with `python -m benchmarks`."""

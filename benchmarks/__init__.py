"""Benchmarks, each against a floor. Run with `python -m benchmarks`."""

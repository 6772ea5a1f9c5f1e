"""Measurements, not tests: each module prints one table (``python -m benchmarks.<name>``)."""

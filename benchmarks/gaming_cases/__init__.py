"""Attempts to earn levels without deciding anything: written ones in YAML, others made from the rubric."""

"""Judges the document itself before its content is scored: what counts, and what a person should look at."""

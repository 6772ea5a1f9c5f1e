"""Honest documents and changes to them that must not change what they earn."""

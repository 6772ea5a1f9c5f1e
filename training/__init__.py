"""Fits the trained weights that ship with the package. Needs the reference documents; grading does not."""

"""YAML → `Rubric`: what is looked for, its levels and weights; or a RubricError that says where it broke."""

from grader.rubric.load import DEFAULT_RUBRIC, load_rubric, shipped_rubrics

__all__ = ["DEFAULT_RUBRIC", "load_rubric", "shipped_rubrics"]

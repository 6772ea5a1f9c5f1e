"""The shipped rubrics. Data only: installed as the package ``grader_rubrics``, read by ``grader.rubric``."""

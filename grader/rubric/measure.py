"""What of a rubric decides what is measured, criterion by criterion; weights and feedback do not."""

import hashlib
from collections.abc import Iterable

from grader.schema import Criterion, Rubric

EXAMPLES, KINDS = "all examples", "kinds"


def fingerprint(criterion: Criterion) -> str:
    """Identifies what a criterion asks for: 16 hex digits over its title, text and level descriptions.

    Feedback, examples and weights may change without changing what is measured; these may not.
    """
    parts = [criterion.title, criterion.description, criterion.looks_for]
    parts += [level.description for level in criterion.levels]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def measure(rubric: Rubric) -> dict[str, str]:
    """Fingerprints of what levels and kinds of document rest on: each criterion, `EXAMPLES` and `KINDS`.

    A criterion that is judged by example is judged against all examples of its rubric.
    """
    return {
        EXAMPLES: _digest(c.model_dump_json(include={"id", "terms", "examples"}) for c in rubric.criteria),
        KINDS: _digest(kind.model_dump_json(include={"id", "signals"}) for kind in rubric.kinds),
        **{criterion.id: fingerprint(criterion) for criterion in rubric.criteria},
    }


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

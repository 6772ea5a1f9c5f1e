"""Where the time of a batch goes, stage by stage, in this process.

python -m benchmarks.speed_cases.stages FOLDER
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STAGES = ("read", "cut", "encoder", "reading rules", "kind", "levels and words", "pages")


class Stopwatch:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("load", *STAGES), 0.0)

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        started = time.process_time()
        try:
            yield
        finally:
            self.seconds[stage] += time.process_time() - started

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*arguments: Any, **named: Any) -> Any:
            with self.on(stage):
                return function(*arguments, **named)

        return timed


def profile(folder: Path) -> tuple[dict[str, float], int, int]:
    """Seconds by stage, number of documents and number of passages."""
    watch = Stopwatch()
    with watch.on("load"):
        from grader.execution import limit_threads

        limit_threads()
        from grader.pipeline import Settings
        from grader.provenance import run_info
        from grader.readers import read_document
        from grader.renderers.html_report import render_html
        from grader.renderers.markdown_report import render_markdown
        from grader.rubric import load_rubric
        from grader.scoring import scorer as steps

        rubric = load_rubric()
        scorer = steps.Scorer(rubric)
        run = run_info(rubric, Settings())
    passages = 0
    steps.analyse = watch.around("cut", steps.analyse)
    steps.caps = watch.around("reading rules", steps.caps)
    steps.recognise_kind = watch.around("kind", steps.recognise_kind)
    judges = scorer._judges
    judge = judges.probabilities

    def counted(found: Any) -> Any:
        nonlocal passages
        passages += len(found)
        return judge(found)

    judges.probabilities = watch.around("encoder", counted)  # type: ignore[method-assign]
    paths = sorted(folder.iterdir())
    for path in paths:
        with watch.on("read"):
            document = read_document(path.read_bytes(), path.name)
        with watch.on("levels and words"):
            assessment = scorer.assess(document)
        with watch.on("pages"):
            render_html(document, assessment, rubric, run)
            render_markdown(assessment, rubric, run)
    inside = ("cut", "encoder", "reading rules", "kind")
    watch.seconds["levels and words"] -= sum(watch.seconds[stage] for stage in inside)
    return watch.seconds, len(paths), passages


if __name__ == "__main__":
    print(json.dumps(profile(Path(sys.argv[1]))))

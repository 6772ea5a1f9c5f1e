"""An out folder → another one, with the same levels under a changed rubric."""

from pathlib import Path

from grader.errors import UsageError
from grader.output.durable import locked, make_folder, write_atomically
from grader.output.journal import JOURNAL
from grader.output.ours import INDEX, REPORTS, RESULTS, RUN, SCORES, refuse_foreign_files
from grader.pipeline import Settings
from grader.provenance import now, run_info
from grader.renderers.json_lines import to_line
from grader.rubric import load_rubric
from grader.schema import Assessment, Rubric
from grader.stored_results import read_results


def rescore_folder(
    results: Path, out: Path, rubric: str | Path, profile: str | None = None
) -> tuple[list[Assessment], Rubric]:
    """Write ``results.jsonl``, ``scores.csv`` and ``run.json`` to `out`; returns the assessments and the rubric.

    Raises:
        RubricError: a rubric that cannot be used.
        UsageError: no results there, results that have to be graded again, a profile that the rubric does
            not have, a folder that cannot be written.
    """
    from grader.renderers.tables import csv_text, scores_frame
    from grader.scoring.rescore import rescored

    assessments, run = read_results(results)
    known = load_rubric(rubric)
    profiles = [entry.id for entry in known.profiles]
    if profile is not None and profile not in profiles:
        raise UsageError(f"--profile {profile}: not in this rubric, which has {', '.join(profiles)}")
    if run is None:
        raise UsageError(f"{results}: has no {RUN} beside it, which says what was measured; grade again")
    anew = list(rescored(assessments, run, known, profile))
    refuse_foreign_files(out)
    if graded := [name for name in (INDEX, REPORTS, JOURNAL) if (out / name).exists()]:
        raise UsageError(f"--out {out}: holds {', '.join(graded)} of a run that graded; choose another folder")
    kept = {
        "models": run.models,
        "agreement": run.agreement,
        "settings": {**run.settings, "profile": profile},
        "computed": run.computed,
        "versions": run.versions,
    }
    fresh = run_info(known, Settings(profile=profile)).model_copy(
        update={**kept, "counts": run.counts, "finished": now()}
    )
    try:
        make_folder(out)
        with locked(out):
            write_atomically(out / RUN, fresh.model_dump_json(by_alias=True, indent=2) + "\n")
            write_atomically(out / RESULTS, (f"{to_line(assessment)}\n" for assessment in anew))
            write_atomically(out / SCORES, csv_text(scores_frame(anew, known)))
    except OSError as error:
        raise UsageError(
            f"--out {out}: cannot write {error.filename or 'a file'}: {error.strerror}"
        ) from error
    return anew, known

"""What every worker process needs, loaded where it is imported: see `grader.workers`."""

import gc
from contextlib import suppress

import grader.scoring.scorer  # noqa: F401
from grader.analysis.device import onnx_runtime
from grader.analysis.language import spacy_pipeline

with suppress(Exception):  # the worker that needs them meets the same error, and tells
    onnx_runtime()
    spacy_pipeline()
gc.freeze()  # what is loaded here stays: no collection in a worker need look at it, or copy its memory

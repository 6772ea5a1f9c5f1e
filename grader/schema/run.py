"""What produced a set of results: enough to say why two runs agree or differ. Held by ``run.json``."""

from typing import Literal

from pydantic import Field

from grader.schema.document import Frozen


class RunInfo(Frozen):
    """Provenance of one run.

    Attributes:
        program: version of grader.
        rubric_id, rubric_version, rubric_hash: the rubric, as in `Rubric`.
        profile: name of the profile applied to every document, or ``by kind``.
        measured: fingerprints of what levels rest on, by criterion and for all examples and kinds of the
            rubric; what has the same can be rescored.
        models: sha256 hex of the weights, by model name.
        versions: version by library name (and ``python``).
        settings: options that can change a score or what is read.
        computed: processor, device and numbers of the encoder, such as ``x86_64 cpu, int8``; "" in results
            of versions that did not say.
        started, finished: ISO 8601 times with zone; `finished` is None while the run goes on.
        counts: number of documents by status.
        ignored: files found that are no documents, such as pictures: why, by name.
        agreement: one or two sentences on how well levels agree with reference levels, and whose those
            are; "" when it was not measured.
    """

    schema_version: Literal[1] = Field(1, alias="schema")
    program: str
    rubric_id: str
    rubric_version: str
    rubric_hash: str
    profile: str = "by kind"
    measured: dict[str, str] = {}
    models: dict[str, str] = {}
    versions: dict[str, str] = {}
    settings: dict[str, str | int | float | bool | None] = {}
    computed: str = ""
    started: str
    finished: str | None = None
    counts: dict[str, int] = {}
    ignored: dict[str, str] = {}
    agreement: str = ""

"""What can stand in a configuration file. None, or an empty list or table, means: not set there."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

JobCount = Annotated[int, Field(ge=1)]
LevelNumber = Annotated[int, Field(ge=0, le=4)]
Points = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Mebibytes = Annotated[int, Field(gt=0)]


class _Section(BaseModel):
    # In TOML as on the command line, words are joined by hyphens.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=False,
    )


class GradeSettings(_Section):
    """For ``grader grade`` only."""

    fail_under: Points | None = Field(None, description="exit code 1 when a total is below this, 0–100")
    format: str | None = Field(None, description="what goes to the terminal")


class CheckSettings(_Section):
    """For ``grader check`` only. None of it can change a score."""

    select: tuple[str, ...] = Field((), description="show findings on these criteria or dimensions only")
    ignore: tuple[str, ...] = Field((), description="show no findings on these criteria or dimensions")
    min_level: LevelNumber | dict[str, LevelNumber] | None = Field(
        None, description="level wanted of every criterion, or by criterion or dimension, 0–4"
    )
    fail_under: Points | None = Field(None, description="exit code 1 when the total is below this, 0–100")
    format: str | None = Field(None, description="what goes to the terminal")
    baseline: str | None = Field(None, description="file of old findings that stay quiet")


class Settings(_Section):
    """The whole file.

    A model cannot be set here: loading one is close to running it, and the file may have come with a draft.
    """

    rubric: str | None = Field(None, description="id of a shipped rubric, or a YAML file")
    profile: str | None = Field(None, description="expect what this profile expects, of every document")
    kind: str | None = Field(None, description="take every document for this kind")
    device: Literal["auto", "cpu", "cuda"] | None = Field(None, description="where passages are judged")
    jobs: JobCount | Literal["auto"] | None = Field(None, description="processes that work")
    time_limit: Seconds | None = Field(None, description="seconds after which reading a document is given up")
    memory_limit: Mebibytes | None = Field(None, description="MiB beyond which reading it is given up")
    grade: GradeSettings = GradeSettings()
    check: CheckSettings = CheckSettings()


SECTIONS = ("grade", "check")
"""Keys of `Settings` that are tables of their own, named after the command they are for."""

PATHS = ("rubric", "baseline")
"""Keys whose value can be a path, which is then relative to the configuration file's folder."""


def keys_for(command: str) -> dict[str, str]:
    """The keys that `command` takes, each with its dotted form: ``{"kind": "kind", "format": "check.format"}``."""
    on_top = {key: key for key in keys_of(Settings) if key not in SECTIONS}
    own = keys_of(type(getattr(Settings(), command))) if command in SECTIONS else []
    return {**on_top, **{key: f"{command}.{key}" for key in own}}


def keys_of(section: type[BaseModel]) -> list[str]:
    """The keys of a table, as they are written."""
    return [field.alias or name for name, field in section.model_fields.items()]

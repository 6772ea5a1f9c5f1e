"""Settings from a file: the nearest ``grader.toml`` or ``[tool.grader]``, checked before any document is read."""

from grader.configuration.find import find_configuration
from grader.configuration.load import Configuration, load_configuration
from grader.configuration.settings import CheckSettings, GradeSettings, Settings

__all__ = [
    "CheckSettings",
    "Configuration",
    "GradeSettings",
    "Settings",
    "find_configuration",
    "load_configuration",
]

"""What the reader's screen can show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """How text for a person may be written.

    Attributes:
        columns: where lines are wrapped; None: each stays whole, as on a pipe.
        colour: colours and bold type.
        links: hyperlinks that a terminal understands (OSC 8).
    """

    columns: int | None = None
    colour: bool = False
    links: bool = False


PLAIN = Look()

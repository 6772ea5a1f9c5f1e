"""How much reading one document may cost before it is given up."""

from pydantic import Field

from grader.schema.document import Frozen


class Limits(Frozen):
    """Caps on the process that reads one document; the numbers are explained in ``docs/limits.md``.

    Attributes:
        seconds: wall time, and also processor time, of reading one document.
        memory_mib: address space of the process, MiB; its program alone needs some 100.
        output_mib: size of the document as read, MiB of JSON.
    """

    seconds: float = Field(20, gt=0, le=86_400)
    memory_mib: int = Field(2048, ge=256, le=2**24)
    output_mib: int = Field(32, ge=1, le=1024)

"""Submission → `Document`, where the submission is a stranger's: parsers run in processes of their own.

Three processes stand between a file and its score::

    grader ── request ──▶ server (`server.py`: readers, no models) ── fork ──▶ child (`child.py`: one document)

The child parses under limits and writes what it read as JSON; the server watches it and outlives it;
`client.py` turns whatever came of it into a `Document` or a skipped `Assessment`. Nothing that a child
writes is run or unpickled. `ahead.py` reads many submissions in order while others are being scored.
"""

from grader.reading.ahead import Read, ReadAhead
from grader.reading.client import ReadingProcess

__all__ = ["Read", "ReadAhead", "ReadingProcess"]

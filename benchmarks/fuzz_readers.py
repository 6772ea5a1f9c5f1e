"""Feeds readers what no editor writes: ``python -m benchmarks.fuzz_readers docx --seconds 300 --finds DIR``.

Coverage-guided by atheris (``pip install atheris``), from the samples and every earlier find. An input is a find when
the reader raises anything but `UnreadableError`, gives a document that cannot be written as JSON, is slow, or takes
the process down; each kind of find is kept once. Finds that were mended live in ``tests/readers/finds``, whose test
reads them all.
"""

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePath
from types import FrameType

ROOT = Path(__file__).parents[1]
FINDS = ROOT / "tests/readers/finds"
PACKAGES = {"docx", "pptx", "odt"}
LARGEST_SEED = 60_000
LARGEST_INPUT = 200_000
SLOW = 10
"""Seconds after which an input is a find by itself."""


class TooSlow(BaseException):
    """Not an `Exception`, so that no reader can take it for its own."""


def main() -> None:
    """Fuzz one format until the time is up, going on after inputs that take the process down."""
    options = _options()
    options.finds.mkdir(parents=True, exist_ok=True)
    if options.inside:
        _fuzz(options.format, options.finds, options.corpus, options.seconds)
        return
    end = time.monotonic() + options.seconds
    corpus = options.finds / f"corpus-{options.format}"
    _write_seeds(options.format, corpus)
    while (left := int(end - time.monotonic())) > 1:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "benchmarks.fuzz_readers",
            options.format,
            "--inside",
        ]
        command += ["--corpus", str(corpus), "--seconds", str(left), "--finds", str(options.finds)]
        subprocess.run(command, check=False)
    for path in sorted(options.finds.glob("*")):
        if path.is_file():
            print(f"find: {path}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format")
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--finds", type=Path, required=True, help="folder for finds and the growing corpus")
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _write_seeds(name: str, corpus: Path) -> None:
    from grader.readers import READERS

    corpus.mkdir(exist_ok=True)
    for folder in (ROOT / "samples", FINDS):
        for path in folder.glob("*"):
            if path.suffix in READERS[name].suffixes and path.stat().st_size <= LARGEST_SEED:
                (corpus / path.name).write_bytes(path.read_bytes())


def _fuzz(name: str, finds: Path, corpus: Path, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["grader.readers"]):
        from grader.errors import UnreadableError
        from grader.readers import READERS, read_document

        READERS[name].load()
    suffix = READERS[name].suffixes[0]

    def one(data: bytes) -> None:
        signal.alarm(SLOW)
        try:
            read_document(data, f"a{suffix}").model_dump_json()
        except UnreadableError:
            return
        except (Exception, TooSlow) as error:  # noqa: BLE001  # this is what is looked for
            _keep(finds, suffix, data, error)
        finally:
            signal.alarm(0)

    signal.signal(signal.SIGALRM, _too_slow)
    arguments = [sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-max_len={LARGEST_INPUT}"]
    arguments += [
        f"-artifact_prefix={finds}/{name}-",
        f"-timeout={3 * SLOW}",
        "-rss_limit_mb=2048",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    mutator = {"custom_mutator": _mutated_package} if name in PACKAGES else {}
    atheris.Setup(arguments, one, **mutator)
    atheris.Fuzz()


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def _keep(finds: Path, suffix: str, data: bytes, error: BaseException) -> None:
    """Write the input under a name made of its error, unless there is one of that name."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "readers" in f.filename]
    place = f"{PurePath(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "outside"
    path = finds / f"{type(error).__name__}-{place}{suffix}"
    if not path.exists():
        path.write_bytes(data)


def _mutated_package(data: bytes, largest: int, seed: int) -> bytes:
    """Change one part of a zip package, or, now and then, its raw bytes."""
    import atheris

    chance = random.Random(seed)
    parts = dict(_parts(data))
    texts = [name for name, part in parts.items() if name.endswith((".xml", ".rels")) and part]
    if not texts or chance.random() < 0.1:
        return bytes(atheris.Mutate(data, largest))
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(texts)
        parts[name] = _mutated_part(parts[name], parts[chance.choice(texts)], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    made = buffer.getvalue()
    return made if len(made) <= largest else data


def _mutated_part(part: bytes, other: bytes, chance: random.Random) -> bytes:
    """Mostly keeps the XML well-formed: moves, doubles or drops elements, changes numbers and names."""
    import re

    import atheris

    tags = [match.span() for match in re.finditer(rb"<[^<>]+/>|<(\w+:\w+)[^<>]*>[^<>]*</\1>", part)]
    values = [match.span(1) for match in re.finditer(rb'="([^"]*)"', part)]
    kind = chance.random()
    if kind < 0.5 and tags:
        start, end = chance.choice(tags)
        others = re.findall(rb"<[^<>]+/>|<\w+:\w+[^<>]*>[^<>]*</\w+:\w+>", other) or [b""]
        new = chance.choice([b"", part[start:end] * 3, chance.choice(others)])
        return part[:start] + new + part[end:]
    if kind < 0.9 and values:
        start, end = chance.choice(values)
        new = chance.choice(
            [b"", b"0", b"-1", b"99999999999999999999", b"1.5", b"x", b"\xff", part[start:end] * 9]
        )
        return part[:start] + new + part[end:]
    return bytes(atheris.Mutate(part, len(part) + 100)) if part else part


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    from grader.errors import UnreadableError
    from grader.readers.container import Container

    try:
        package = Container(data, unique=False)
        for member in package.members:
            yield member.filename, package.read(member)
    except UnreadableError:
        return


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()

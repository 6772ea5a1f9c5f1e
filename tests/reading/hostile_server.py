"""A reading server whose reader of .txt files does what the text says, by injecting itself into the table."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from grader.errors import UnreadableError
from grader.readers import READERS, BlockBuilder, Reader, ReaderNotes
from grader.reading import server
from grader.schema import Location

HERE = Location(line=1)


def hang() -> None:
    time.sleep(3600)


def spin() -> None:
    while True:
        pass


def allocate() -> None:
    hoard = []
    while True:
        hoard.append(bytes(2**24))


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(0)


def leave_with_a_code() -> None:
    os._exit(3)


def recurse() -> None:
    recurse()


def defect() -> None:
    raise IndexError("list index\nout of \x1b[31mrange")


def refuse() -> None:
    raise UnreadableError("damaged", "the file is damaged")


def write_file() -> None:
    Path("written-by-a-reader").write_text("x")


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9))


def start_process() -> None:
    subprocess.run(["true"], check=True)


def read_other_file() -> None:
    Path("/etc/passwd").read_text()


def end_the_server() -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(3600)


def answer_for_the_server() -> None:
    for descriptor in range(64):
        try:
            os.write(descriptor, b"\0" * 64)
        except OSError:
            continue


def print_much() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.write("\x1b[31m" + "x" * 100_000)
        stream.flush()


def read(data: bytes, builder: BlockBuilder) -> ReaderNotes:
    """Do what the first word names; ``flood`` and any other text make blocks."""
    word, _, rest = data.decode().strip().partition(" ")
    if word == "flood":
        builder.heading("x" * 2**15, 1, HERE)
        for _ in range(100):
            builder.add("paragraph", "each block repeats its heading", HERE)
    elif word in globals():
        globals()[word]()
    builder.add("paragraph", data.decode().strip(), HERE)
    return ReaderNotes()


if __name__ == "__main__":
    READERS["text"] = Reader("__main__", (".txt",), 2**20)
    server.main()

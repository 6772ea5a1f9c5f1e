"""The command line: options → one library call → files, text on the terminal, exit code."""

from grader.cli.group import main

__all__ = ["main"]

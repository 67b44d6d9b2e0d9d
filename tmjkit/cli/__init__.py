"""The command line: one thin module per group of commands.

A command reads its arguments, calls one or two functions of the rooms below and prints what
they return. Heavy rooms are imported inside the command that needs them, so that `--help` is
quick. An error is one line on standard error and an exit code that is not 0; a traceback is
never shown, because it can hold a patient's data.
"""

from tmjkit.cli.app import main

__all__ = ["main"]

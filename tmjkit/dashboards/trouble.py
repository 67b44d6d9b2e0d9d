"""What becomes of an error that nobody foresaw: a number to quote, and a trace without values.

The text of an exception can hold what a patient's record holds, so it reaches neither a page nor
a log. The page shows a reference number; the log has, under the same number, the type of each
exception in the chain and the places in the code it went through. Both the server and the pages
(in their kernels) log with `SafeFormatter`.
"""

import logging
import secrets
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that reads like something else
_LENGTH: Final = 8
_PLAIN = (str, int, float, bool, type(None))

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def new_reference() -> str:
    """Make a number to quote, such as `7KQ2-M9XA`: random, so it says nothing."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{text[:4]}-{text[4:]}"


def trace(error: BaseException) -> str:
    """Write where an error happened: types, files, lines and functions, and no text or value."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines += [
            f"  at {_place(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
        if current is not None:
            lines.append("caused by")
    return "\n".join(lines)


def report(error: BaseException, logger: logging.Logger) -> str:
    """Log an error without its text, and return the reference to show in its place."""
    reference = new_reference()
    logger.error("error %s\n%s", reference, trace(error))
    return reference


class SafeFormatter(logging.Formatter):
    """A log format that writes no exception's text and no object's repr.

    Messages of other libraries are kept as long as their arguments are plain texts and numbers;
    an argument of another kind, such as a notebook's cell with its output, is written as its
    type.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy: other handlers see the record as it was."""
        copy = logging.makeLogRecord(record.__dict__)
        copy.msg = _plain(record.msg)
        if isinstance(record.args, tuple):
            copy.args = tuple(_plain(arg) for arg in record.args)
        elif record.args:
            # logging puts a lone mapping here as it is, for formats such as %(name)s.
            named = "%(" in str(record.msg)
            plain = {key: _plain(value) for key, value in record.args.items()}
            copy.args = plain if named else (_plain(record.args),)
        copy.exc_text = None
        return super().format(copy)

    def formatException(self, ei: object) -> str:  # noqa: N802 -- the name in the base class
        """Write the trace without the exception's text."""
        error = ei[1] if isinstance(ei, tuple) else None
        return trace(error) if isinstance(error, BaseException) else ""


def _plain(value: object) -> object:
    if isinstance(value, BaseException):
        return type(value).__qualname__
    return value if isinstance(value, _PLAIN) else f"<{type(value).__qualname__}>"


def _place(filename: str) -> str:
    # The last three parts tell the module; the rest may name the person whose machine it is.
    return "/".join(Path(filename).parts[-3:])

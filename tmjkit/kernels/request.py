"""What a kernel is started with, on its way from the owner to the forked child.

It holds the key of a workspace. So it lies in an anonymous file in memory of which only the
descriptor goes through the warm parent: the parent forks with the descriptor, the child reads it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

HANDLES: Final = 5
"""Descriptors sent with a request: the request, stdin, stdout, stderr, and the pipe whose end
says that the kernel listens."""


@dataclass(frozen=True)
class Request:
    """One kernel to start.

    Parameters
    ----------
    arguments
        What stands behind `ipykernel_launcher` on an ordinary command line.
    command
        The ordinary command line, by which lists of processes show the kernel.
    environment
        The kernel's whole environment.
    folder
        Where it starts; absolute.
    """

    arguments: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str

    def sealed(self) -> int:
        """Return a descriptor of an anonymous file that holds the request; the caller closes it."""
        handle = os.memfd_create("tmjkit-kernel")
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(json.dumps(asdict(self)).encode("utf-8", "surrogateescape"))
        return handle

    @classmethod
    def unsealed(cls, handle: int) -> "Request":
        """Read a request, and close its descriptor."""
        os.lseek(handle, 0, os.SEEK_SET)
        with os.fdopen(handle, "rb") as file:
            read = json.loads(file.read().decode("utf-8", "surrogateescape"))
        return cls(
            arguments=tuple(read["arguments"]),
            command=tuple(read["command"]),
            environment=read["environment"],
            folder=read["folder"],
        )

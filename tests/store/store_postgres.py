"""A PostgreSQL server of the test run's own: Debian's programs, a temporary folder, a socket."""

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from urllib.parse import quote


def binaries():
    """Return the folder of the newest server's programs, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name),
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Server:
    """A server that listens on a socket in its own folder only."""

    def __init__(self, programs):
        self._programs = programs
        # Short: the path of a socket has 107 characters at most.
        self._folder = Path(tempfile.mkdtemp(prefix="tmjkit-pg-", dir="/tmp"))
        self._numbers = count(1)
        # The server refuses to run as root.
        self._as = []
        if os.geteuid() == 0:
            self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(self._folder, "postgres", "postgres")

    def start(self):
        data, log = self._folder / "data", self._folder / "log"
        self._run("initdb", "-D", data, "-U", "tmjkit", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off"
        options += " -c log_statement=all"
        self._run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")

    def stop(self):
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder)

    def new_database(self):
        """Make an empty database and return its URL."""
        name = f"clinic{next(self._numbers)}"
        self._run("createdb", "-h", self._folder, "-U", "tmjkit", name)
        return f"postgresql://tmjkit@/{name}?host={quote(str(self._folder), safe='')}"

    def log(self):
        """Return all that the server has logged; it logs every statement."""
        return (self._folder / "log").read_text(errors="replace")

    def dump(self, url):
        """Return everything that is in the database, as SQL."""
        name = url.partition("@/")[2].partition("?")[0]
        return self._run("pg_dump", "-h", self._folder, "-U", "tmjkit", name).stdout

    def _run(self, program, *arguments):
        # pg_ctl's server keeps the pipes open: what it says goes to a file.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [*self._as, self._programs / program, *map(str, arguments)],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=120,
                check=False,
            )
            said.seek(0)
            done.stdout = said.read()
        assert done.returncode == 0, done.stdout.decode(errors="replace")
        return done

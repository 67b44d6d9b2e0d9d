"""The shipped configuration of nginx, run by a real nginx on free ports of this machine."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"
_MAIN = """
daemon off;
{user}
pid {place}/nginx.pid;
error_log stderr warn;
events {{}}
http {{
    access_log off;
    {folders}
    include {place}/site.conf;
}}
"""
_FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def nginx() -> str | None:
    """Return the program, which is in no ordinary account's path on Debian."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@dataclass
class Nginx:
    """nginx with the shipped configuration.

    Parameters
    ----------
    program
        nginx.
    place
        An empty folder of its own.
    host
        The name that stands in the certificate.
    pem
        Certificate and key in one file.
    plain, encrypted, behind
        Ports to listen on, and that of the server behind it.
    """

    program: str
    place: Path
    host: str
    pem: Path
    plain: int
    encrypted: int
    behind: int

    def write(self) -> None:
        """Write the shipped files, with this machine's ports, name and folders."""
        site = (DEPLOY / "nginx.conf").read_text()
        changes = {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.encrypted} ssl",
            "https://cases.clinic.example$": f"https://{self.host}:{self.encrypted}$",
            "cases.clinic.example": self.host,
            "/etc/tmjkit/tls/fullchain.pem": str(self.pem),
            "/etc/tmjkit/tls/privkey.pem": str(self.pem),
            "/var/log/nginx/tmjkit.log": str(self.place / "access.log"),
            "http://127.0.0.1:8000": f"http://127.0.0.1:{self.behind}",
            "/etc/nginx/tmjkit-proxy.conf": str(self.place / "proxy.conf"),
        }
        for shipped, here in changes.items():
            assert shipped in site, shipped
            site = site.replace(shipped, here)
        (self.place / "site.conf").write_text(site)
        shutil.copy(DEPLOY / "nginx-proxy.conf", self.place / "proxy.conf")
        folders = "".join(f"{name}_temp_path {self.place}/{name};\n" for name in _FOLDERS)
        user = "user root;" if os.getuid() == 0 else ""
        (self.place / "nginx.conf").write_text(
            _MAIN.format(place=self.place, folders=folders, user=user)
        )

    def test(self) -> subprocess.CompletedProcess[str]:
        """Let nginx look at it, as the steps in deploy/README.md do."""
        return subprocess.run(self._command("-t"), capture_output=True, text=True, check=False)

    def start(self) -> None:
        """Run until `stop`."""
        self.process = subprocess.Popen(self._command(), stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=30)

    def _command(self, *more: str) -> list[str]:
        return [self.program, "-p", f"{self.place}", "-c", f"{self.place}/nginx.conf", *more]

"""JupyterHub for a clinic: each person signs in and gets their own server of tmjkit.

Nothing in this file is to be edited. The settings are in /etc/tmjkit/hub.toml (hub.toml beside this
file is an example), or in the file that TMJKIT_HUB_SETTINGS names. README.md has the steps.
"""

import os
import pwd
import stat
import sys
import tomllib
from pathlib import Path

from jupyterhub.auth import PAMAuthenticator

c = get_config()  # noqa: F821 -- JupyterHub gives it

SETTINGS = Path(os.environ.get("TMJKIT_HUB_SETTINGS", "/etc/tmjkit/hub.toml"))
KNOWN = {
    "public_url",
    "workspace",
    "passphrase_file",
    "database_password_file",
    "knowledge",
    "templates",
    "group",
    "administrators",
    "state",
    "port",
}


def stop(words):
    """End with one line that says what is wrong and where."""
    sys.exit(f"jupyterhub_config.py: {words}")


def read_settings():
    """Read the settings; refuse one that is missing or has another name."""
    try:
        settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        stop(f"{SETTINGS} can't be read: {error}")
    for name in settings.keys() - KNOWN:
        stop(f"{SETTINGS}: there is no setting {name!r}; there are {', '.join(sorted(KNOWN))}")
    for name in ("public_url", "workspace", "passphrase_file"):
        if not settings.get(name):
            stop(f"{SETTINGS}: {name} is missing")
    if not settings["workspace"].startswith("postgresql://"):
        stop(f"{SETTINGS}: workspace must be a postgresql:// address, which all servers can reach")
    if ":" in settings["workspace"].removeprefix("postgresql://").partition("@")[0]:
        stop(f"{SETTINGS}: take the password out of workspace and into database_password_file")
    return settings


def read_secret(name):
    """Read a file that only the account of the Hub can read."""
    file = Path(settings[name])
    try:
        mode = file.stat().st_mode
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        stop(f"{name} {file} can't be read: {error.strerror}")
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        stop(f"{name} {file} can be read by other accounts: run 'chmod 600 {file}'")
    if not secret:
        stop(f"{name} {file} is empty")
    return secret


def shared_folder(which):
    """Check a folder of the office, which every person's server uses."""
    name = settings[which]
    folder = Path(name)
    if not folder.is_absolute() or not folder.is_dir():
        stop(f"{which} {name}: should be the whole path of a folder that is there")
    if folder.stat().st_mode & stat.S_IWOTH:
        stop(f"{which} {name} can be changed by every account: run 'chmod o-w {name}'")
    return str(folder)


# An account with another one can open a shell, where it finds in the environment of its own server
# the passphrase and the database's password, and could write under any name.
NO_SHELL = {"nologin", "false"}


class ClinicAuthenticator(PAMAuthenticator):
    """Accounts of this machine that are in the clinic's group and have no login shell."""

    def check_allowed(self, username, authentication=None):
        """Take who is in the group, unless the account could open a shell."""
        if Path(pwd.getpwnam(username).pw_shell).name not in NO_SHELL:
            self.log.warning(
                "%s was not let in: the account has a login shell. "
                "Run 'usermod --shell /usr/sbin/nologin %s'",
                username,
                username,
            )
            return False
        return super().check_allowed(username, authentication)

    async def refresh_user(self, user, handler=None):  # noqa: ARG002
        """Ask again whether the person may come in, so that who has left the group is out."""
        try:
            return self.check_allowed(user.name)
        except KeyError:  # the account is gone
            return False


settings = read_settings()
state = Path(settings.get("state", "/var/lib/tmjkit-hub"))

# -- Where it listens. nginx stands in front and does the encryption (nginx.conf).
c.JupyterHub.bind_url = f"http://127.0.0.1:{settings.get('port', 8000)}"
c.JupyterHub.public_url = settings["public_url"].rstrip("/") + "/"

# -- What it keeps. No patient's data: names of people, when they signed in, sealed cookies.
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")

# -- Who may come in, and for how long: a working day, less when they sign out.
c.JupyterHub.authenticator_class = ClinicAuthenticator
c.LocalAuthenticator.allowed_groups = {settings.get("group", "tmjkit")}
c.PAMAuthenticator.open_sessions = False
c.Authenticator.auth_refresh_age = 120
c.Authenticator.refresh_pre_spawn = True
c.JupyterHub.cookie_max_age_days = 0.5
c.JupyterHub.shutdown_on_logout = True
# An administrator sees who is there and starts and stops servers. The Hub's own role of that name
# may also act as another person, so nobody has it.
c.JupyterHub.load_roles = [
    {
        "name": "clinic-administrator",
        "scopes": ["admin-ui", "list:users", "read:users:activity", "servers", "delete:servers"],
        "users": settings.get("administrators", []),
    }
]

# -- What each person gets: the dashboards, as their own account of this machine.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.JupyterHub.allow_named_servers = False
c.Spawner.cmd = [str(Path(sys.executable).with_name("tmjkit")), "serve-hub"]
c.Spawner.ip = "127.0.0.1"
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL", "TZ"]
# The environment of a process is open to its own account and to root only. The person's name is
# not set here: it comes from the Hub itself, with JUPYTERHUB_USER.
c.Spawner.environment = {
    "TMJKIT_WORKSPACE": settings["workspace"],
    "TMJKIT_PASSPHRASE": read_secret("passphrase_file"),
}
for which in ("knowledge", "templates"):
    if which in settings:
        c.Spawner.environment[f"TMJKIT_{which.upper()}"] = shared_folder(which)
if "database_password_file" in settings:
    c.Spawner.environment["PGPASSWORD"] = read_secret("database_password_file")
c.Spawner.start_timeout = 60
c.Spawner.http_timeout = 60

# -- The Hub's own pages are in no other page's frame and in no cache.
c.JupyterHub.tornado_settings = {
    "headers": {
        "Content-Security-Policy": "frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
}

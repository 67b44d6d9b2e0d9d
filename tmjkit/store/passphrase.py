"""Where the passphrase of a workspace comes from.

In this order: the environment variable TMJKIT_PASSPHRASE, the keyring of the system, a prompt.
The first that has one is used; a wrong one isn't passed over in silence for the next.
"""

import getpass
import logging
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from tmjkit.store.database import Place
from tmjkit.store.errors import NoPassphrase, StoreUnavailable, WeakPassphrase

VARIABLE = "TMJKIT_PASSPHRASE"
SERVICE = "tmjkit"
FEWEST = 8
"""Characters of a passphrase, at least (NIST SP 800-63B asks for 8 of a chosen one)."""

Prompt = Callable[[str], str]

_log = logging.getLogger(__name__)


def checked_passphrase(passphrase: str) -> str:
    """Return the passphrase when a workspace may be made with it.

    Raises
    ------
    WeakPassphrase
        When it is shorter than eight characters, or has blanks around it.
    """
    if passphrase != passphrase.strip():
        raise WeakPassphrase("The passphrase begins or ends with a blank: leave it out.")
    if len(passphrase) < FEWEST:
        raise WeakPassphrase(
            f"The passphrase needs {FEWEST} characters at least; "
            "four or five words that nobody would guess are better."
        )
    return passphrase


def find_passphrase(
    url_or_path: str | Path,
    prompt: Prompt | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
) -> str:
    """Find the passphrase of the workspace at this place.

    Parameters
    ----------
    url_or_path
        Where the workspace is.
    prompt
        Asks a person, given the question; None where nobody can answer.
    environment
        Where TMJKIT_PASSPHRASE is looked up.

    Raises
    ------
    NoPassphrase
        When there is none anywhere; the message lists the ways to give one.
    """
    name = Place.parse(url_or_path).name
    found = environment.get(VARIABLE) or _from_keyring(name)
    if not found and prompt is not None:
        found = prompt(f"Passphrase for {name}: ")
    if not found:
        raise NoPassphrase(
            f"The workspace {name} needs its passphrase: set {VARIABLE}, "
            "keep it in the system's keyring, or run this on a terminal to be asked."
        )
    return found


def terminal_prompt() -> Prompt | None:
    """Return a prompt that hides what is typed, or None when there is no terminal."""
    return getpass.getpass if sys.stdin.isatty() else None


def remember(url_or_path: str | Path, passphrase: str) -> None:
    """Put the passphrase into the system's keyring.

    Raises
    ------
    StoreUnavailable
        When this system has no keyring that can be used.
    """
    import keyring  # noqa: PLC0415 -- asks the desktop which keyrings there are
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, Place.parse(url_or_path).name, passphrase)
    except (KeyringError, RuntimeError, OSError):
        raise StoreUnavailable(
            f"This system has no keyring that can be used: set {VARIABLE} instead."
        ) from None


def _from_keyring(name: str) -> str | None:
    try:
        import keyring  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return keyring.get_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError) as error:
        # A server has no keyring: that is no error, there are other ways.
        _log.debug("no keyring: %s", type(error).__name__)
        return None

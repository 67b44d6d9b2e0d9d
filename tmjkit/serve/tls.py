"""The certificate and key of a server that encrypts by itself, checked before it starts."""

import datetime as dt
import os
import ssl
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from tmjkit.serve.errors import ServeError

_SOON: Final = dt.timedelta(days=14)


@dataclass(frozen=True)
class Encryption:
    """What a server needs to encrypt.

    Parameters
    ----------
    context
        Holds certificate and key.
    name
        A name that the certificate is for; empty when it names none.
    warnings
        What is not right with the files, in sentences for people.
    """

    context: ssl.SSLContext
    name: str
    warnings: tuple[str, ...]


def read_encryption(certfile: Path, keyfile: Path, now: dt.datetime) -> Encryption:
    """Read certificate and key.

    Parameters
    ----------
    certfile, keyfile
        PEM files; the certificate first, then those that vouch for it.
    now
        The time, with its zone.

    Raises
    ------
    ServeError
        When a file is missing, can't be read or is none of its kind; when the two don't belong
        together; when the certificate has run out or does not hold yet.
    """
    leaf = _certificate(certfile)
    _read(keyfile, "--keyfile")
    if leaf.not_valid_after_utc < now:
        raise ServeError(
            f"--certfile {certfile}: the certificate ran out on "
            f"{leaf.not_valid_after_utc:%Y-%m-%d}. Get a new one and name it here"
        )
    if leaf.not_valid_before_utc > now:
        raise ServeError(
            f"--certfile {certfile}: the certificate holds only from "
            f"{leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC. Is this machine's clock right?"
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certfile, keyfile, password=_no_password)
    except _PasswordError:
        raise ServeError(
            f"--keyfile {keyfile}: the key has a password, which the server can't ask for. "
            "Give a key without one, in a file that only you can read"
        ) from None
    except ssl.SSLError as error:
        raise ServeError(_why(error, certfile, keyfile)) from None
    return Encryption(context, _name(leaf), tuple(_warnings(leaf, keyfile, now)))


class _PasswordError(Exception):
    pass


def _no_password() -> str:
    raise _PasswordError


def _read(file: Path, option: str) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise ServeError(f"{option} {file}: there is no such file") from None
    except OSError as error:
        raise ServeError(f"{option} {file}: can't be read: {error.strerror}") from None


def _certificate(file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(_read(file, "--certfile"))[0]
    except ValueError:
        raise ServeError(
            f"--certfile {file}: there is no certificate in it. It must be a PEM file, with a line "
            "BEGIN CERTIFICATE"
        ) from None


def _why(error: ssl.SSLError, certfile: Path, keyfile: Path) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return f"--keyfile {keyfile} is not the key of the certificate in {certfile}"
    return (
        f"--keyfile {keyfile}: there is no key in it that can be used. It must be a PEM file, with "
        "a line BEGIN PRIVATE KEY"
    )


def _name(leaf: x509.Certificate) -> str:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ""
    plain = [name for name in names.get_values_for_type(x509.DNSName) if "*" not in name]
    return plain[0] if plain else ""


def _warnings(leaf: x509.Certificate, keyfile: Path, now: dt.datetime) -> list[str]:
    said = []
    if leaf.not_valid_after_utc - now < _SOON:
        said.append(f"The certificate runs out on {leaf.not_valid_after_utc:%Y-%m-%d}.")
    mode = keyfile.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        said.append(
            f"The key in {keyfile} can be read by other accounts of this machine: "
            f"run 'chmod 600 {keyfile}'."
        )
    return said

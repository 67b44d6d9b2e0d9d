"""Fixtures of the server's tests."""

from serving import server, start

__all__ = ["server", "start"]

"""Fixtures of the Hub's tests."""

from browsing import chromium
from hub_running import database, hub

__all__ = ["chromium", "database", "hub"]

"""Fixtures of the browser tests."""

from browsing import chromium, dashboards, open_page, serve, workspace

__all__ = ["chromium", "dashboards", "open_page", "serve", "workspace"]

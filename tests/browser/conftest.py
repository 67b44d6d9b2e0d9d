"""Fixtures of the browser tests."""

import pytest

pytest.register_assert_rewrite("browsing")

from browsing import chromium, dashboards, open_page, serve, workspace  # noqa: E402 -- after that

__all__ = ["chromium", "dashboards", "open_page", "serve", "workspace"]

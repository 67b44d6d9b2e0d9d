"""Fixtures of JupyterLab's tests."""

from browsing import chromium, workspace
from lab_running import lab

__all__ = ["chromium", "lab", "workspace"]

"""The dashboards on a web server: Voila, with a login, and nothing but our own pages."""

from tmjkit.serve.errors import ServeError
from tmjkit.serve.server import serve

__all__ = ["ServeError", "serve"]

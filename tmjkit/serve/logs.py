"""What the server logs: method, path and status of a request; errors by their place."""

import logging
from typing import Any

from tornado import web

from tmjkit.dashboards.trouble import SafeFormatter

_LOG = logging.getLogger("tmjkit.serve.access")


def log_request(handler: web.RequestHandler) -> None:
    """Log a request without its query, where a token or a case's id may stand."""
    status = handler.get_status()
    level = logging.WARNING if status >= 500 else logging.INFO  # noqa: PLR2004
    milliseconds = 1000 * handler.request.request_time()
    request = handler.request
    _LOG.log(level, "%d %s %s %.0f ms", status, request.method, request.path, milliseconds)


def make_safe(*loggers: Any) -> None:
    """Give every handler of the root logger, and of these, the format that writes no values."""
    logging.basicConfig(level=logging.WARNING)
    for logger in (logging.getLogger(), *loggers):
        logger.addFilter(_worth_a_line)
        for handler in logger.handlers:
            handler.setFormatter(SafeFormatter())
    # Tornado writes whole addresses here when it is asked for more than warnings.
    logging.getLogger("tornado.access").propagate = False


def _worth_a_line(record: logging.LogRecord) -> bool:
    # Voila says so at each opening of a page; it runs the notebook either way.
    return not str(record.msg).endswith("is not trusted")

"""The headers of every answer: what a browser may load, run, keep and tell others.

Sources: W3C Content Security Policy Level 3; OWASP HTTP Headers Cheat Sheet.
"""

import re
from typing import Final

# Scripts come from our server only, and none that stands in the page runs: a value that slipped
# through the escaping stays text. 'unsafe-eval' is for the widgets' schema validator, which
# compiles functions; styles in the page are what widgets are laid out with.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")


def policy(host: str) -> str:
    """Return the content security policy of an answer.

    Parameters
    ----------
    host
        Name and port that the browser asked by TLS, or nothing. Some browsers don't take 'self'
        for the encrypted socket of the same host, so it is named. What is no name is left out.
    """
    if not _HOST.fullmatch(host):
        return CONTENT_SECURITY_POLICY
    return CONTENT_SECURITY_POLICY.replace("connect-src 'self'", f"connect-src 'self' wss://{host}")


NO_STORE: Final = "no-store"
"""Cache-Control of whatever is not a static file."""

KEPT_SECONDS: Final = 300
"""How long a browser may keep a static file without asking again."""
